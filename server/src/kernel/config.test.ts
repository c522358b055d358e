import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, readConfig, settings, terminalLocale, type Environment } from './config.ts'
import { StartError } from './start-error.ts'

const folder = mkdtempSync(join(tmpdir(), 'ecluse-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (environment: Environment = {}) => readConfig({ ECLUSE_DATA: folder, ...environment })

function refusal(environment: Environment): ConfigError {
  try {
    read(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error(`accepted: ${JSON.stringify(environment)}`)
}

test('an empty environment takes every default', () => {
  expect(read()).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    trustedOrigins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
    dataDir: folder,
    databaseUrl: null,
    demo: 'auto',
    environment: 'production',
    trustProxy: false,
  })
  expect(read({ PORT: '', LOG_LEVEL: '  ' })).toMatchObject({ port: 3000, logLevel: 'warn' })
})

test('every setting is read', () => {
  const config = read({
    PORT: '4100',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://shop.example/',
    TRUST_PROXY: '10.0.0.0/8, ::1',
    DATABASE_URL: 'postgresql://u:p@db.example/ecluse',
    DB_POOL_SIZE: '40',
    SMTP_URL: 'smtp://mail.example:25',
    SESSION_SECRET: 's'.repeat(32),
    ECLUSE_DEMO: 'off',
    RATE_LIMIT_PER_MINUTE: '10',
    LOG_LEVEL: 'debug',
    NODE_ENV: 'test',
  })
  expect(config).toMatchObject({
    port: 4100,
    host: '0.0.0.0',
    publicUrl: 'https://shop.example',
    trustedOrigins: ['https://shop.example'],
    trustProxy: ['10.0.0.0/8', '::1'],
    databaseUrl: 'postgresql://u:p@db.example/ecluse',
    dbPoolSize: 40,
    sessionSecret: 's'.repeat(32),
    demo: 'off',
    rateLimitPerMinute: 10,
  })
})

test.each<[keyof typeof settings, string]>([
  ['PORT', 'abc'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '3000.5'],
  ['PORT', '-1'],
  ['HOST', 'not a host'],
  ['PUBLIC_URL', 'ftp://x'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', 'maybe'],
  ['ECLUSE_DEMO', 'yes'],
  ['DATABASE_URL', 'mysql://x/y'],
  ['DB_POOL_SIZE', '1'],
  ['SMTP_URL', 'mail.example'],
  ['MAIL_FROM', 'nobody'],
  ['SESSION_SECRET', 'short'],
  ['RATE_LIMIT_PER_MINUTE', '0'],
  ['LOG_LEVEL', 'loud'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost'],
  ['NODE_ENV', 'staging'],
])('%s=%s is refused in one line, in both languages', (name, value) => {
  const error = refusal({ [name]: value })
  for (const locale of ['fr', 'en'] as const) {
    const lines = error.lines(locale)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^${name}`))
    expect(lines[0]).not.toContain('\n')
  }
})

test('each bad value has its line, and no secret is repeated', () => {
  const error = refusal({ PORT: 'abc', DATABASE_URL: 'mysql://root:hunter2@x', SESSION_SECRET: 'hunter2' })
  expect(error.lines('en')).toEqual([
    'PORT: a whole number from 1 to 65535 is expected; got "abc".',
    'DATABASE_URL: a postgresql:// address is expected; the value given will not do.',
    'SESSION_SECRET: at least 32 characters are expected; the value given will not do.',
  ])
})

test('any text in any setting is accepted or refused in one line, never a crash', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(settings) as (keyof typeof settings)[])),
      fc.string(),
      (name, value) => {
        // The folder's own path is tried below; a random one would be created.
        fc.pre(name !== 'ECLUSE_DATA')
        try {
          read({ [name]: value })
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError)
          expect((error as ConfigError).lines('fr').join('\n').split('\n')).toHaveLength(1)
        }
      },
    ),
  )
})

test('the session secret is made once, kept, and readable by its owner only', () => {
  const own = join(folder, 'own')
  const first = read({ ECLUSE_DATA: own }).sessionSecret
  expect(first.length).toBeGreaterThanOrEqual(32)
  expect(read({ ECLUSE_DATA: own }).sessionSecret).toBe(first)
  expect(statSync(join(own, 'session-secret')).mode & 0o777).toBe(0o600)
  writeFileSync(join(own, 'session-secret'), 'cut')
  expect(read({ ECLUSE_DATA: own }).sessionSecret.length).toBeGreaterThanOrEqual(32)
  expect(readFileSync(join(own, 'session-secret'), 'utf8')).not.toBe('cut')
})

test('a data folder that cannot be one is refused', () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  expect(() => read({ ECLUSE_DATA: join(file, 'inside') })).toThrow(StartError)
  expect(() => read({ ECLUSE_DATA: '/proc/ecluse' })).toThrow(/cannot write to the folder/i)
})

test('a folder without the right to write is refused to whoever needs it', () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o500)
  const attempt = () => read({ ECLUSE_DATA: closed })
  if (process.getuid?.() === 0) expect(attempt().dataDir).toBe(closed)
  else expect(attempt).toThrow(/cannot write to the folder/i)
})

test('the terminal speaks French unless its locale is English', () => {
  expect(terminalLocale({})).toBe('fr')
  expect(terminalLocale({ LANG: 'C.UTF-8' })).toBe('fr')
  expect(terminalLocale({ LANG: 'en_GB.UTF-8' })).toBe('en')
  expect(terminalLocale({ LANG: 'en_GB.UTF-8', LC_ALL: 'fr_FR.UTF-8' })).toBe('fr')
  expect(terminalLocale({ LANG: 'enochian' })).toBe('fr')
})
