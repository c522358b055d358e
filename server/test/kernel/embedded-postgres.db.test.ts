import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { lockHolder, processStartTicks } from '../../src/kernel/data-lock.ts'
import { openDatabase } from '../../src/kernel/db.ts'
import {
  runningDatabaseAddress,
  serverSettings,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/kernel/embedded-postgres.ts'
import { rootDir } from '../../src/kernel/paths.ts'

/** A folder whose database was made once; most tests start from a copy of it. */
const prepared = newFolder()
let dataDir = ''
let running: EmbeddedPostgres[] = []
let said: string[] = []

beforeAll(async () => {
  await (await start(prepared)).stop()
})
afterAll(() => rmSync(prepared, { recursive: true, force: true }))

beforeEach(() => {
  dataDir = newFolder()
  running = []
  said = []
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-postgres-'))
  chmodSync(folder, 0o755)
  return folder
}

/** Gives the test's folder a database that was stopped in order. */
function copyDatabase(to = dataDir): void {
  cpSync(join(prepared, 'postgres'), join(to, 'postgres'), { recursive: true })
}

afterEach(async () => {
  for (const one of running) await one.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The machine does not lose power in these tests: waiting for its disk would only take their time. */
const quick = { fsync: 'off' }

async function start(folder = dataDir, settings: Record<string, string> = quick): Promise<EmbeddedPostgres> {
  const tell = (message: string) => void said.push(message)
  const embedded = await startEmbeddedPostgres({
    dataDir: folder,
    purpose: 'a test',
    settings,
    logger: { debug: () => undefined, info: tell, warn: tell, error: tell },
    onProgress: (step) => void said.push(step),
  })
  running.push(embedded)
  return embedded
}

async function ask(embedded: { connectionString: string }, text: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: embedded.connectionString })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}

/** A server in a process of its own, to be killed; resolves once its database answers. */
async function startElsewhere(): Promise<{ child: ChildProcess; databasePid: number }> {
  const module = join(rootDir, 'server/src/kernel/embedded-postgres.ts')
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)}
    const quiet = () => undefined
    startEmbeddedPostgres({
      dataDir: ${JSON.stringify(dataDir)}, purpose: 'elsewhere', settings: ${JSON.stringify(quick)}, logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    }).then((embedded) => {
      console.log(embedded.processId())
      setInterval(quiet, 1000)
    })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: rootDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const text = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').once('data', resolve)
    child.once('exit', (status) => reject(new Error(`ended with ${status}`)))
  })
  child.removeAllListeners('exit')
  return { child, databasePid: Number(text) }
}

const killed = (child: ChildProcess) =>
  new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })

const isRunning = (pid: number) => processStartTicks(pid) !== null
const gone = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000, interval: 20 })

test('is a real PostgreSQL 18 with safe settings, French letters, and no TCP', async () => {
  const embedded = await start(dataDir, {})
  expect(said).toEqual(['creating'])
  const found = await ask(
    embedded,
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as synchronous_commit, current_setting('full_page_writes') as full_page_writes,
            current_setting('listen_addresses') as listen, current_setting('data_checksums') as checksums, upper('é') as upper,
            (select encoding from pg_database where datname = current_database()) = pg_char_to_encoding('UTF8') as utf8`,
  )
  expect(found).toEqual({
    major: 18,
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen: '',
    checksums: 'on',
    upper: 'É',
    utf8: true,
  })
  expect(await ask(embedded, `select to_tsvector('french', 'Vélos électriques')::text as words`)).toEqual({
    words: `'vélos':1 'électr':2`,
  })
  await ask(embedded, 'create extension pg_trgm')
  expect(
    await ask(embedded, `select similarity('été', 'ete') < 1 and array_length(show_trgm('été'), 1) = 4 as letters`),
  ).toEqual({ letters: true })
  expect(statSync(embedded.address.host).mode & 0o777).toBe(0o700)
  expect(Object.keys(serverSettings)).not.toContain('port')
})

test('stops in order and starts again with everything', async () => {
  copyDatabase()
  const first = await start()
  await ask(first, 'create table kept as select 42 as answer')
  await first.stop()
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  expect(lockHolder(dataDir)).toBeNull()
  const startedAt = performance.now()
  const second = await start()
  // About 50 ms on an idle machine; a second start of the whole program has 3 s.
  expect(performance.now() - startedAt).toBeLessThan(2000)
  expect(await ask(second, 'select answer from kept')).toEqual({ answer: 42 })
})

test('a second server on the same folder is refused, and is told by whom it is held', async () => {
  copyDatabase()
  await start()
  await expect(start()).rejects.toMatchObject({
    key: 'start.folder_in_use',
    values: { folder: dataDir, pid: process.pid, purpose: 'a test' },
  })
})

test('a database killed under the server is started again, and the pool finds it', async () => {
  copyDatabase()
  const embedded = await start()
  const db = openDatabase({ connectionString: embedded.connectionString, max: 2 })
  await db.query('create table kept as select 42 as answer')
  const held = await db.connect()
  process.kill(embedded.processId() ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(embedded.restarts()).toBe(1), { timeout: 15_000, interval: 20 })
  held.release(true)
  const answer = await vi.waitFor(() => db.query('select answer from kept'), { timeout: 5000, interval: 50 })
  expect(answer.rows).toEqual([{ answer: 42 }])
  expect(said).toContain('the database runs again')
  await db.end()
})

test('a server killed takes its database down with it, and loses nothing', async () => {
  copyDatabase()
  const elsewhere = await startElsewhere()
  const address = runningDatabaseAddress(dataDir)
  const client = new pg.Client({ ...address })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table kept as select 42 as answer')
  await killed(elsewhere.child)
  await gone(elsewhere.databasePid)
  const embedded = await start()
  expect(await ask(embedded, 'select answer from kept')).toEqual({ answer: 42 })
})

test('server and database killed at once: the next start recovers what was answered', async () => {
  copyDatabase()
  const elsewhere = await startElsewhere()
  const client = new pg.Client({ ...runningDatabaseAddress(dataDir) })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table kept as select 42 as answer')
  process.kill(elsewhere.databasePid, 'SIGKILL')
  await killed(elsewhere.child)
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(true)
  expect(existsSync(join(dataDir, 'ecluse.lock'))).toBe(true)
  const embedded = await start()
  expect(said).toContain('recovering')
  expect(await ask(embedded, 'select answer from kept')).toEqual({ answer: 42 })
})

test('a database that outlived its server is stopped and taken over, never doubled', async () => {
  copyDatabase()
  const elsewhere = await startElsewhere()
  const guard = readdirSync('/proc').find(
    (pid) => /^\d+$/.test(pid) && commandOf(pid).includes(`kill -INT ${elsewhere.databasePid}`),
  )
  process.kill(Number(guard), 'SIGKILL')
  await killed(elsewhere.child)
  expect(isRunning(elsewhere.databasePid)).toBe(true)
  const embedded = await start()
  expect(said).toContain('taking_over')
  expect(isRunning(elsewhere.databasePid)).toBe(false)
  expect(embedded.processId()).not.toBe(elsewhere.databasePid)
})

test('a pid file whose number now belongs to another program does not keep the database from starting', async () => {
  copyDatabase()
  const first = await start()
  const folder = join(dataDir, 'postgres')
  const socketDir = first.address.host
  await ask(first, 'create table kept as select 42 as answer')
  const pidFile = readFileSync(join(folder, 'postmaster.pid'), 'utf8')
  await first.stop()
  // This very process stands for the other program: it runs, as the same user, and is no PostgreSQL of this folder.
  writeFileSync(join(folder, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
  writeFileSync(join(socketDir, '.s.PGSQL.5432.lock'), `${process.pid}\n`)
  writeFileSync(join(socketDir, '.s.PGSQL.5432'), '')
  const second = await start()
  expect(await ask(second, 'select answer from kept')).toEqual({ answer: 42 })
})

test('a folder made by half is made anew, and what was no database is kept aside', async () => {
  mkdirSync(join(dataDir, 'postgres.new-999', 'base'), { recursive: true })
  mkdirSync(join(dataDir, 'postgres'))
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
  const embedded = await start()
  expect(await ask(embedded, 'select 1 as one')).toEqual({ one: 1 })
  const names = readdirSync(dataDir)
  expect(names).not.toContain('postgres.new-999')
  expect(names.filter((name) => name.startsWith('postgres.half-made-'))).toHaveLength(1)
})

test('a database of another major version is refused in one line', async () => {
  mkdirSync(join(dataDir, 'postgres', 'global'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n')
  writeFileSync(join(dataDir, 'postgres', 'global', 'pg_control'), '')
  await expect(start()).rejects.toMatchObject({
    key: 'start.database_other_version',
    values: { found: '15', wanted: '18' },
  })
  expect(lockHolder(dataDir)).toBeNull()
})

test('a path too long for a socket is served from a short one', async () => {
  const deep = join(dataDir, 'a-folder-with-a-long-name'.repeat(4))
  mkdirSync(deep)
  copyDatabase(deep)
  const embedded = await start(deep)
  expect(embedded.address.host.startsWith(deep)).toBe(false)
  expect(await ask(embedded, 'select 1 as one')).toEqual({ one: 1 })
  expect(runningDatabaseAddress(deep)).toEqual(embedded.address)
  await embedded.stop()
  expect(existsSync(embedded.address.host)).toBe(false)
})

test('runs as an ordinary user, for root too, even in a home that nobody else may enter', async () => {
  const home = join(dataDir, 'home')
  mkdirSync(home, { mode: 0o700 })
  const folder = join(home, 'data')
  const embedded = await start(folder)
  expect(await ask(embedded, 'create table kept as select 42 as answer')).toEqual({})
  const { uid } = statSync(join(folder, 'postgres'))
  expect(uid).not.toBe(0)
  expect(statSync(`/proc/${embedded.processId()}`).uid).toBe(uid)
  expect(statSync(home).mode & 0o777).toBe(0o700)
  await embedded.stop()
  const again = await start(folder)
  expect(await ask(again, 'select answer from kept')).toEqual({ answer: 42 })
})

test('a database that was copied back runs again, given to its account when root copied it', async () => {
  copyDatabase()
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(process.getuid?.())
  const second = await start()
  expect(await ask(second, 'select 1 as one')).toEqual({ one: 1 })
})

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
