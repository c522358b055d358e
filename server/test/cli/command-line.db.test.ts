import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockHolder } from '../../src/kernel/data-lock.ts'
import { bundled } from '../../simulation/bundled.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/kernel/embedded-postgres.ts'
import { rootDir } from '../../src/kernel/paths.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-cli-'))
const quiet = () => undefined

beforeAll(async () => {
  chmodSync(dataDir, 0o755)
  await (await startDatabase()).stop()
}, 60_000)
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function startDatabase(): Promise<EmbeddedPostgres> {
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  return startEmbeddedPostgres({ dataDir, purpose: 'ecluse serve', logger, settings: { fsync: 'off' } })
}

/** Runs the command line as `npx ecluse` runs it. */
async function ecluse(args: string[], environment: Record<string, string> = {}) {
  const module = JSON.stringify(await bundled(new URL('../../src/cli/main.ts', import.meta.url)))
  const program = `import { runCommandLine } from ${module}
    runCommandLine(${JSON.stringify(args)}).then((status) => { process.exitCode = status })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: rootDir,
    env: { PATH: '/usr/bin:/bin', LANG: 'en_GB.UTF-8', ECLUSE_DATA: dataDir, ...environment },
  })
  return new Promise<{ status: number | null; out: string[]; error: string }>((resolve) => {
    let out = ''
    let error = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text))
    child.on('close', (status) => resolve({ status, out: out.trimEnd().split('\n'), error }))
  })
}

const lastObject = (out: string[]) => JSON.parse(out.at(-1) ?? '') as Record<string, unknown>

test('without a server it starts the database, works, and stops it again', async () => {
  const first = await ecluse(['migrate', '--json'])
  expect(first).toMatchObject({ status: 0 })
  expect(lastObject(first.out)).toMatchObject({ ok: true })
  expect(lastObject(first.out)['applied']).toBe(lastObject(first.out)['total'])
  expect(lockHolder(dataDir)).toBeNull()
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('beside a server it uses the database that runs, and leaves it running', async () => {
  const server = await startDatabase()
  try {
    const pid = server.processId()
    const [doctor, again] = [await ecluse(['doctor', '--json']), await ecluse(['migrate'])]
    expect(lastObject(doctor.out)['checks']).toContainEqual(
      expect.objectContaining({ name: 'database', ok: true, kind: 'running' }),
    )
    expect(again).toMatchObject({ status: 0, out: [expect.stringMatching(/^0 migrations applied, \d+ in all\.$/)] })
    expect(server.processId()).toBe(pid)
    expect(server.restarts()).toBe(0)
  } finally {
    await server.stop()
  }
})

test('the doctor finds an unsafe database and says so with its status', async () => {
  const server = await startDatabase()
  try {
    const { status, out } = await ecluse(['doctor', '--json'])
    expect(status).toBe(1)
    expect(lastObject(out)).toMatchObject({ ok: false, failed: 1 })
    expect(lastObject(out)['checks']).toContainEqual(
      expect.objectContaining({ name: 'database_safety', ok: false, fsync: 'off' }),
    )
  } finally {
    await server.stop()
  }
})

test('help, unknown commands and wrong calls', async () => {
  const help = await ecluse(['--help'])
  expect(help).toMatchObject({ status: 0, error: '' })
  expect(help.out.join('\n')).toMatch(/migrate +applies the pending migrations/)
  const one = await ecluse(['doctor', '--help'])
  expect(one.out[0]).toBe('ecluse doctor [options]')
  const unknown = await ecluse(['fly', '--json'])
  expect(unknown.status).toBe(2)
  expect(lastObject(unknown.out)).toMatchObject({ ok: false, error: { code: 'cli.unknown_command' } })
  expect((await ecluse(['migrate', '--fast'])).error).toBe(
    'The option "--fast" is not understood. See "ecluse migrate --help".\n',
  )
  expect((await ecluse(['migrate', 'now'])).status).toBe(2)
})

test('a bad setting is one line and a failure, and JSON all the same', async () => {
  const { status, out, error } = await ecluse(['migrate', '--json'], { PORT: 'abc' })
  expect(status).toBe(1)
  expect(error).toBe('PORT: a whole number from 1 to 65535 is expected; got "abc".\n')
  expect(lastObject(out)).toMatchObject({ ok: false, error: { code: 'config.invalid' } })
})

test('a database that cannot be reached is one line, without the password', async () => {
  const { status, error } = await ecluse(['migrate'], { DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/none' })
  expect(status).toBe(1)
  expect(error).toMatch(/^The database 127\.0\.0\.1:1\/none does not answer: .*ECONNREFUSED.*\n$/)
  expect(error).not.toContain('hunter2')
})
