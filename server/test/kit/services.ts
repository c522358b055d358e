import { tmpdir } from 'node:os'
import { pino } from 'pino'
import type { Clock } from '../../src/kernel/clock.ts'
import type { Config } from '../../src/kernel/config.ts'
import type { Services } from '../../src/kernel/context.ts'
import type { Db } from '../../src/kernel/db.ts'
import { createIds } from '../../src/kernel/ids.ts'
import { createTestClock } from './clock.ts'
import { createTestRng } from './rng.ts'

/** Settings for tests: nothing leaves the machine, nothing is limited. */
export function testConfig(changes: Partial<Config> = {}): Config {
  const port = changes.port ?? 4100
  return {
    port,
    host: '127.0.0.1',
    publicUrl: `http://127.0.0.1:${port}`,
    trustedOrigins: [`http://127.0.0.1:${port}`],
    trustProxy: false,
    dataDir: tmpdir(),
    databaseUrl: null,
    databaseReplicaUrl: null,
    dbPoolSize: 10,
    demo: 'off',
    smtpUrl: null,
    mailFrom: 'Alizé <boutique@alize.example>',
    imapUrl: null,
    smsUrl: null,
    smsSecret: null,
    smsFrom: 'ALIZE',
    smsPrices: '+33:52000',
    socialUrl: null,
    socialSecret: null,
    socialAccount: 'alize',
    push: 'send',
    sessionSecret: 'a secret of the tests, long enough to be one',
    webhookPrivateAddresses: 'refuse',
    webhookKeptDays: 30,
    returnDays: 14,
    voucherMonths: 24,
    rateLimitPerMinute: 1_000_000,
    logLevel: 'silent',
    otlpEndpoint: null,
    environment: 'test',
    ...changes,
  }
}

/** What a process shares, for tests: the given database, a clock that stands still, the run's seed, no log. */
export function createTestServices(db: Db, changes: { clock?: Clock; config?: Partial<Config> } = {}): Services {
  const clock = changes.clock ?? createTestClock()
  return {
    db,
    clock,
    ids: createIds(clock, createTestRng()),
    log: pino({ level: 'silent' }),
    config: testConfig(changes.config),
    wakeRelay: () => undefined,
  }
}
