import { createServer } from 'node:net'
import type { Logger } from 'pino'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Config } from './kernel/config.ts'
import { provideDatabase } from './kernel/database.ts'
import { openDatabase, type Db } from './kernel/db.ts'
import { migrateJobs } from './kernel/jobs.ts'
import { text, type MessageKey } from './kernel/messages.ts'
import { migrate } from './kernel/migrate.ts'
import { restWhenIdle } from './kernel/rest.ts'
import { errorCode, reasonOf, StartError } from './kernel/start-error.ts'

/** What a whole application is to the program that runs it. */
export interface ServedApp {
  /** Fills an empty database with the demo company, when the settings want it. */
  loadDemoIfEmpty(onProgress: (step: { name: string; done: number; total: number }) => void): Promise<void>
  /** The accounts to try the program with; none when this is no demo company. */
  demoAccounts(): Promise<readonly { label: string; email: string; password: string }[]>
  /** Starts jobs, relay and read model, then answers requests. */
  listen(address: { host: string; port: number }): Promise<void>
  /** Answers what was asked, then stops everything the application started. */
  close(): Promise<void>
}

/** What an application is made of. */
export interface AppParts {
  config: Config
  db: Db
  replica: Db | undefined
  connectionString: string
  log: Logger
}

/** How to run it. */
export interface ServeOptions {
  config: Config
  locale: Locale
  log: Logger
  /** Called once the settings are good: loading the application takes longer than starting the database. */
  loadApp: () => Promise<(parts: AppParts) => Promise<ServedApp>>
  print: (line: string) => void
  /** Aborted when the program is to stop before it is ready. */
  signal: AbortSignal
}

/** A running server. */
export interface Serving {
  /** Stops requests, jobs, connections and database, in this order. */
  stop(): Promise<void>
}

/** How long requests under way and jobs may take to end before the database is stopped all the same. */
const closingTimeMs = 8_000

/**
 * Starts everything: database, migrations, application, demo company, and the port; prints each step that takes a moment, and
 * at the end the addresses and the accounts.
 *
 * @throws StartError in one line for whatever a person can mend; what was started is stopped first
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { config, locale, print } = options
  const startedAt = performance.now()
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let work = undo.pop(); work !== undefined; work = undo.pop()) await work()
  }
  // Asked to stop while starting: what is up already goes down under the step in progress, which then fails.
  const stopEarly = () => void stop()
  options.signal.addEventListener('abort', stopEarly)
  try {
    await requireFreePort(config)
    const app = await startApp(options, undo)
    if (config.demo === 'auto') await app.loadDemoIfEmpty((step) => print(text(locale, 'progress.demo', step)))
    options.signal.throwIfAborted()
    await listen(app, config)
    const rest = restWhenIdle()
    undo.push(async () => rest.stop())
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    await printWelcome(app, options, locale === 'fr' ? seconds.replace('.', ',') : seconds)
    return { stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    options.signal.removeEventListener('abort', stopEarly)
  }
}

/** Database, migrations and application; `undo` learns how each is stopped as soon as it is up. */
async function startApp({ config, locale, log, print, signal, loadApp }: ServeOptions, undo: (() => Promise<void>)[]) {
  const say = (key: MessageKey, values?: Record<string, string | number>) => print(text(locale, key, values))
  // The application's code loads while the database starts.
  const loading = loadApp()
  loading.catch(() => undefined)
  const database = await provideDatabase({
    config,
    logger: databaseLog(log),
    purpose: 'ecluse serve',
    share: false,
    onProgress: (step) => say(`progress.database_${step}`),
  })
  undo.push(() => database.stop())
  signal.throwIfAborted()
  const db = openDatabase({ connectionString: database.connectionString, max: config.dbPoolSize })
  undo.push(() => within(closingTimeMs, db.end()))
  await migrate(database.connectionString, { onProgress: (step) => say('progress.migrating', step) })
  await migrateJobs(db)
  const build = await loading
  const replica = openReplica(config)
  if (replica) undo.push(() => within(closingTimeMs, replica.end()))
  const app = await build({ config, db, replica, connectionString: database.connectionString, log })
  undo.push(() => within(closingTimeMs, app.close()))
  signal.throwIfAborted()
  return app
}

/** Few connections: what is asked there takes long and is asked by few. */
function openReplica({ databaseReplicaUrl: connectionString, dbPoolSize }: Config): Db | undefined {
  if (connectionString === null) return undefined
  return openDatabase({ connectionString, max: Math.ceil(dbPoolSize / 4) })
}

async function printWelcome(app: ServedApp, { config, locale, print }: ServeOptions, seconds: string): Promise<void> {
  const say = (key: MessageKey, values?: Record<string, string | number>) => text(locale, key, values)
  const addresses: [string, string][] = [
    [say('progress.shop'), `${config.publicUrl}/`],
    [say('progress.backoffice'), `${config.publicUrl}/admin`],
    [say('progress.pos'), `${config.publicUrl}/pos`],
    [say('progress.api_docs'), `${config.publicUrl}/api/docs`],
  ]
  const accounts = await app.demoAccounts()
  const width = Math.max(...addresses.map(([name]) => name.length), ...accounts.map(({ label }) => label.length)) + 2
  const mailWidth = Math.max(0, ...accounts.map(({ email }) => email.length)) + 2
  print(say('progress.ready', { seconds }))
  print('')
  for (const [name, address] of addresses) print(`  ${name.padEnd(width)}${address}`)
  if (accounts.length > 0) {
    print('')
    print(say('progress.accounts'))
    for (const { label, email, password } of accounts) {
      print(`  ${label.padEnd(width)}${email.padEnd(mailWidth)}${password}`)
    }
  }
  print('')
  print(say('progress.how_to_stop'))
}

/** Tells a taken port before the database is started for nothing. */
async function requireFreePort({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(portError(error, host, port)))
    probe.listen({ host, port, exclusive: true }, resolve)
  })
  await new Promise((resolve) => probe.close(resolve))
}

async function listen(app: ServedApp, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw portError(error, host, port)
  }
}

/** The refusals of a port in words; anything else as it is. */
function portError(error: unknown, host: string, port: number): Error {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new StartError('start.port_taken', { host, port }, error)
    case 'EACCES':
    case 'EPERM':
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
      return new StartError('start.port_forbidden', { host, port, reason: reasonOf(error) }, error)
    default:
      return error instanceof Error ? error : new Error(reasonOf(error))
  }
}

/** Waits for work, but no longer than so many milliseconds. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)))
  await Promise.race([work, limit])
  clearTimeout(timer)
}

function databaseLog(log: Logger) {
  const child = log.child({ source: 'database' })
  return {
    debug: (message: string) => child.debug(message),
    info: (message: string) => child.info(message),
    warn: (message: string) => child.warn(message),
    error: (message: string) => child.error(message),
  }
}
