import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { lockDataFolder, processExists, type DataLock } from './data-lock.ts'
import { blockingFolder, postgresAccount, type Account } from './postgres/account.ts'
import { findBinaries, type PostgresBinaries } from './postgres/binaries.ts'
import {
  databaseFolder,
  embeddedDatabase,
  embeddedUser,
  grantFolder,
  prepareCluster,
  programOptions,
} from './postgres/cluster.ts'
import {
  makeSocketFolder,
  removeLeftovers,
  removeSocketFolder,
  runningPostmaster,
  socketPort,
} from './postgres/postmaster.ts'
import { errorCode, StartError } from './start-error.ts'

/** The part of a logger the database needs; pino has it. */
export interface DatabaseLogger {
  debug(message: string): void
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** Where to connect: a Unix socket, no password, closed to other users by the rights of its folder. */
export interface DatabaseAddress {
  host: string
  port: number
  user: string
  database: string
}

/** A PostgreSQL that runs as a child of this process. */
export interface EmbeddedPostgres {
  address: DatabaseAddress
  connectionString: string
  /** The number of the database's main process, or null while it is being started again. */
  processId(): number | null
  /** How often it died and was started again. */
  restarts(): number
  /**
   * Stops it in order: everything is on disk and the data folder is free. `now` cuts the connections still open;
   * `when_unused` waits until the other programs connected to it have done.
   */
  stop(how?: 'now' | 'when_unused'): Promise<void>
}

/** What to start, and whom to tell. */
export interface EmbeddedPostgresOptions {
  dataDir: string
  logger: DatabaseLogger
  /** What this process is, told to a second one that is refused. */
  purpose?: string
  /** Told what is being done when a start takes longer than a moment. */
  onProgress?: (step: 'creating' | 'recovering' | 'taking_over') => void
  /** Settings over `serverSettings`; the test kit alone turns safety off with it. */
  settings?: Record<string, string>
}

/**
 * The settings of the embedded database. Nothing answered is ever lost (`fsync`, `synchronous_commit`, `full_page_writes`,
 * and data checksums by default); memory is small, because it shares a machine with the server; there is no TCP.
 */
export const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  // Reads are of cached pages: helper processes for them would only take memory.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '',
  // A refused statement is the caller's business, and its text may hold personal data.
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/** How long a killed database's last processes may take to leave its shared memory. */
const leavingTimeMs = 15_000

/**
 * Starts the PostgreSQL shipped inside npm in a data folder, on a Unix socket, and keeps it running: when it dies it is
 * started again, waiting a little longer each time. What an earlier process left behind is put right first: a database still
 * running is stopped in order, stale sockets and pid files go, a half-made folder is made anew.
 *
 * @throws StartError in one line: folder in use, folder not writable, database of another version or user, cannot start
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, logger } = options
  const lock = lockDataFolder(dataDir, options.purpose ?? 'ecluse')
  try {
    const account = postgresAccount(databaseFolder(dataDir))
    const binaries = findBinaries(account)
    await stopOrphan(dataDir, options)
    await prepareCluster(dataDir, binaries, account, {
      sync: options.settings?.['fsync'] !== 'off',
      creating: () => options.onProgress?.('creating'),
      rescued: (aside) => logger.warn(`the database folder held no database; kept as ${aside}`),
    })
    const reachable = account === null || blockingFolder(dataDir, account) === null
    const socketDir = makeSocketFolder(dataDir, account, reachable)
    removeLeftovers(databaseFolder(dataDir), socketDir)
    return await supervise({ ...options, account, binaries, socketDir, lock })
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The address of the embedded database when some process runs it on this data folder, or null. */
export function runningDatabaseAddress(dataDir: string): DatabaseAddress | null {
  const running = runningPostmaster(databaseFolder(dataDir))
  return running === null ? null : addressOf(running.socketDir)
}

/** The same address as text, for libraries that take nothing else. */
export function connectionStringOf(address: DatabaseAddress): string {
  const { user, database, host, port } = address
  return `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}

interface Supervision extends EmbeddedPostgresOptions {
  account: Account | null
  binaries: PostgresBinaries
  socketDir: string
  lock: DataLock
}

/** Starts the child and starts it again whenever it ends without having been asked to. */
async function supervise(supervision: Supervision): Promise<EmbeddedPostgres> {
  const { dataDir, logger, socketDir } = supervision
  let running: RunningServer | null = await startPatiently(supervision)
  let restarting: Promise<void> | null = null
  let restarts = 0
  const stopping = new AbortController()

  const watch = (server: RunningServer) => {
    void server.ended.then((how) => {
      running = null
      server.guard.kill('SIGKILL')
      if (stopping.signal.aborted) return
      logger.error(`the database ended unexpectedly (${how}); starting it again`)
      restarting = restart()
    })
  }
  const restart = async () => {
    for (let pauseMs = 50; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, 5000)) {
      try {
        removeLeftovers(databaseFolder(dataDir), socketDir)
        running = await startPatiently(supervision)
        restarts += 1
        watch(running)
        logger.warn('the database runs again')
        return
      } catch (error) {
        logger.error(`the database does not start: ${error instanceof Error ? error.message : String(error)}`)
        await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }
  watch(running)
  const address = addressOf(socketDir)
  let stopped: Promise<void> | null = null
  return {
    address,
    connectionString: connectionStringOf(address),
    processId: () => running?.child.pid ?? null,
    restarts: () => restarts,
    stop: (how = 'now') =>
      (stopped ??= (async () => {
        stopping.abort()
        await restarting
        if (running !== null) await stopServer(running, how)
        removeSocketFolder(socketDir, dataDir)
        supervision.lock.release()
      })()),
  }
}

interface RunningServer {
  child: ChildProcess
  /** Resolves when the process has ended, with its status or signal. */
  ended: Promise<string>
  /** Ends the database when this process dies without stopping it. */
  guard: ChildProcess
}

/** Starts the server; while the last processes of a killed one still hold shared memory, tries again. */
async function startPatiently(supervision: Supervision): Promise<RunningServer> {
  for (let triedMs = 0, pauseMs = 50; ; triedMs += pauseMs, pauseMs *= 2) {
    const attempt = await startServer(supervision)
    if (!('refusal' in attempt)) {
      try {
        await ensureDatabase(addressOf(supervision.socketDir))
        return attempt
      } catch (error) {
        await stopServer(attempt, 'now')
        throw error
      }
    }
    if (!/already exists|still in use/.test(attempt.refusal) || triedMs > leavingTimeMs) {
      throw new StartError('start.database_not_started', { reason: attempt.refusal })
    }
    await wait(pauseMs)
  }
}

/** One try: resolves once connections are accepted, or with the last words of a server that ended instead. */
async function startServer(supervision: Supervision): Promise<RunningServer | { refusal: string }> {
  const { account, binaries, socketDir, logger } = supervision
  const grant = grantFolder(databaseFolder(supervision.dataDir), account)
  const settings = {
    ...serverSettings,
    ...supervision.settings,
    port: String(socketPort),
    unix_socket_directories: socketDir,
  }
  const args = ['-D', grant.path, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const child = spawn(binaries.postgres, args, programOptions(account, grant))
  grant.close()
  child.stdout?.resume()
  let lastWords = ''
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve((lastWords = error.message)))
    child.on('exit', (code, signal) => resolve(signal ?? `status ${code}`))
  })
  const ready = new Promise<void>((resolve) => {
    let rest = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (/^(FATAL|PANIC):/.test(line)) lastWords = line.replace(/^\w+:\s*/, '')
        if (line.includes('redo starts at')) supervision.onProgress?.('recovering')
        // A standby accepts those that only read.
        if (/ready to accept (?:read-only )?connections/.test(line)) resolve()
        relayLine(line, logger)
      }
    })
  })
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()).on('error', () => resolve()))
  const outcome = await Promise.race([ready, ended])
  if (outcome === undefined) return { child, ended, guard: guardAgainstOrphans(child.pid ?? 0, account) }
  await closed
  return { refusal: lastWords || outcome }
}

/**
 * A shell that waits for the end of its input, which comes when this process ends however it ends, and then stops the
 * database in order. It keeps a killed server from leaving a database behind.
 */
function guardAgainstOrphans(pid: number, account: Account | null): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', `read -r _; kill -INT ${pid}`], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  })
  guard.on('error', () => undefined)
  guard.stdin?.on('error', () => undefined)
  return guard
}

/** PostgreSQL's own ways to stop: SIGINT rolls open transactions back and lets clients go, SIGTERM waits for them. */
async function stopServer(server: RunningServer, how: 'now' | 'when_unused'): Promise<void> {
  server.child.kill(how === 'now' ? 'SIGINT' : 'SIGTERM')
  await server.ended
  // The guard must not outlive the number it would signal.
  server.guard.kill('SIGKILL')
}

/** Stops a database that outlived its server, so that the new one is always our own child with the settings of today. */
async function stopOrphan(dataDir: string, options: EmbeddedPostgresOptions): Promise<void> {
  const folder = databaseFolder(dataDir)
  const orphan = runningPostmaster(folder)
  if (orphan === null) return
  options.onProgress?.('taking_over')
  options.logger.warn(`a database of an earlier server still runs (process ${orphan.pid}); stopping it`)
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    signalIfThere(orphan.pid, signal)
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 20) {
      if (runningPostmaster(folder)?.pid !== orphan.pid || !processExists(orphan.pid)) return
      await wait(20)
    }
  }
  throw new StartError('start.database_still_running', { pid: orphan.pid })
}

function signalIfThere(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

/** Connects once, which is the proof that it answers, and makes our database the first time. */
async function ensureDatabase(address: DatabaseAddress): Promise<void> {
  try {
    await withClient(address, async () => undefined)
  } catch (error) {
    if (errorCode(error) !== '3D000') throw error
    await withClient({ ...address, database: 'postgres' }, (client) =>
      client.query(`create database ${address.database}`),
    )
  }
}

async function withClient(address: DatabaseAddress, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(address)
  // A database killed at this very moment ends the connection; the query or the connect call says so already.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function addressOf(socketDir: string): DatabaseAddress {
  return { host: socketDir, port: socketPort, user: embeddedUser, database: embeddedDatabase }
}

/** The database's own log, at the level it deserves in ours. */
function relayLine(line: string, logger: DatabaseLogger): void {
  const text = `postgres: ${line}`
  // An orderly end is fatal to each connection still open, and so is the first look for a database not made yet.
  if (/^FATAL:.*(administrator command|is shutting down|is starting up|database "ecluse" does not exist)/.test(line))
    logger.debug(text)
  else if (/^(FATAL|PANIC):/.test(line)) logger.error(text)
  else if (line.startsWith('WARNING:')) logger.warn(text)
  else if (line !== '') logger.debug(text)
}
