import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { processStartTicks } from '../../src/kernel/data-lock.ts'
import { rootDir } from '../../src/kernel/paths.ts'
import { freePort } from '../../simulation/free-port.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-start-'))
chmodSync(dataDir, 0o755)
const started: ChildProcess[] = []
afterAll(async () => {
  for (const child of started) await ended(child, 'SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
})

/** `npm start` without npm: builds what is stale, then serves, with an empty shop. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(rootDir, 'tools/start.mjs')], {
    cwd: rootDir,
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LANG: 'en_GB.UTF-8',
      ECLUSE_DATA: dataDir,
      ECLUSE_DEMO: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text))
  const exited = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)))
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (said.out.includes('Ctrl-C to stop.')) resolve()
    })
    child.once('close', () => reject(new Error(said.error || said.out)))
  })
  ready.catch(() => undefined)
  return { child, said, exited, ready }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise((resolve) => {
    child.once('close', resolve)
    child.kill(signal)
  })
}

const status = async (port: string, path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
const databasePid = () => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

test('starts, answers, refuses a second one, and stops everything on Ctrl-C', { timeout: 240_000 }, async () => {
  const port = String(await freePort())
  const first = start({ PORT: port })
  await first.ready
  expect(first.said.out).toContain(`http://localhost:${port}/admin`)
  expect(await status(port, '/healthz')).toBe(200)
  expect(await status(port, '/readyz')).toBe(200)

  const second = start({ PORT: String(await freePort()) })
  expect(await second.exited).toBe(1)
  expect(second.said.error).toBe(
    `The data folder ${dataDir} is already in use by "ecluse serve" (process ${first.child.pid}).\n`,
  )

  const database = databasePid()
  // Twice at once, as npm passes on the signal that the terminal has sent already.
  first.child.kill('SIGINT')
  first.child.kill('SIGINT')
  expect(await first.exited).toBe(0)
  expect(first.said.out).toMatch(/Stopping…\nStopped\.\n$/)
  expect(first.said.error).toBe('')
  expect(processStartTicks(database)).toBeNull()
  expect(existsSync(join(dataDir, 'ecluse.lock'))).toBe(false)
})

test('killed, it starts again by itself', { timeout: 120_000 }, async () => {
  const port = String(await freePort())
  const first = start({ PORT: port })
  await first.ready
  await ended(first.child, 'SIGKILL')
  const again = start({ PORT: port })
  await again.ready
  expect(await status(port, '/healthz')).toBe(200)
  await ended(again.child, 'SIGTERM')
})

test('what cannot be used is told in one line, and the status says so', { timeout: 60_000 }, async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: 'abc' }, /^PORT: a whole number from 1 to 65535 is expected; got "abc"\.\n$/],
    [
      { PORT: String(port) },
      new RegExp(`^Port ${port} is already taken on 127\\.0\\.0\\.1; choose another with PORT\\.\\n$`),
    ],
    [{ ECLUSE_DATA: '/proc/ecluse' }, /^Cannot write to the folder \/proc\/ecluse: .+\n$/],
    [
      { PORT: String(await freePort()), DATABASE_URL: 'postgresql://127.0.0.1:1/none' },
      /^The database 127\.0\.0\.1:1\/none does not answer: .+\n$/,
    ],
  ]
  for (const [environment, line] of cases) {
    const refused = start(environment)
    expect(await refused.exited).toBe(1)
    expect(refused.said.error).toMatch(line)
  }
  taken.close()
})
