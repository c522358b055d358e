import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../server/src/kernel/clock.ts'
import { readConfig } from '../server/src/kernel/config.ts'
import { bundled } from '../server/simulation/bundled.ts'
import { createLog } from '../server/src/kernel/log.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'
import { openCompany } from '../server/src/demo/open-company.ts'
import { createSetClock } from '../server/src/demo/demo-host.ts'
import { wire } from '../server/src/wiring.ts'
import { migratedDatabase } from './lib/migrated-database.ts'
import { writeBigFile } from './lib/big-shopify-file.ts'
import { cpuMs } from './lib/cpu.ts'
import { printReport, rounded } from './lib/report.ts'
import { firstMessage } from './lib/stage.ts'

/**
 * A product file of ten thousand products, imported into the embedded database with its usual, crash-safe settings by a
 * process of its own; then once more, which must change nothing. Bars: 30 seconds and 300 megabytes.
 */
const products = Number(process.env['BENCH_PRODUCTS'] ?? 10_000)
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)
const bars = { seconds: (30 * products) / 10_000, megabytes: 300 }

type Measured = Record<
  'seconds' | 'megabytes' | 'cpuSeconds' | 'created' | 'updated' | 'unchanged' | 'refused' | 'movements' | 'records',
  number
>

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const folder = mkdtempSync(join(tmpdir(), 'ecluse-bench-import-'))
// As `npx ecluse import` runs: a bundle, not source translated while it runs.
const program = await bundled(new URL('lib/import-process.ts', import.meta.url))
const database = await startEmbeddedPostgres({ dataDir: folder, logger: silent })
try {
  const connectionString = await prepare(database)
  const path = join(folder, 'products.csv')
  const records = await writeBigFile(path, products, seed)
  const databaseBefore = cpuMs([database.processId() ?? 0])
  const first = await measure(path, connectionString)
  const databaseSeconds = (cpuMs([database.processId() ?? 0]) - databaseBefore) / 1000
  const second = await measure(path, connectionString)
  if (
    first.created !== products ||
    first.records !== records ||
    second.unchanged !== products ||
    second.movements !== 0
  )
    throw new Error(`the import is not right: ${JSON.stringify({ first, second })}`)
  printReport({
    bench: 'import',
    ratios: { time: rounded(bars.seconds / first.seconds), memory: rounded(bars.megabytes / first.megabytes) },
    figures: {
      products,
      records,
      file_megabytes: rounded(statSync(path).size / 1e6),
      first_seconds: rounded(first.seconds),
      first_megabytes: rounded(first.megabytes),
      first_cpu_seconds: rounded(first.cpuSeconds),
      database_cpu_seconds: rounded(databaseSeconds),
      products_per_second: rounded(products / first.seconds),
      again_seconds: rounded(second.seconds),
      again_megabytes: rounded(second.megabytes),
    },
    seed,
  })
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** A migrated database with the demo company's shops, warehouse and channels, and nothing to sell. */
async function prepare(embedded: EmbeddedPostgres): Promise<string> {
  const { db, connectionString } = await migratedDatabase(embedded)
  const config = readConfig({ ECLUSE_DATA: join(folder, 'server') })
  const clock = createSetClock(systemClock.now())
  const app = wire({ config, db, connectionString, log: createLog(config), clock })
  await openCompany({ app, clock, today: clock.now(), state: { seed, today: '', done: [], accounts: [] } })
  await db.end()
  return connectionString
}

async function measure(path: string, connectionString: string): Promise<Measured> {
  const child = fork(program, [path], {
    execArgv: process.env['BENCH_EXEC_ARGV']?.split(' ') ?? [],
    env: { ...process.env, DATABASE_URL: connectionString, ECLUSE_DATA: join(folder, 'server'), LOG_LEVEL: 'silent' },
  })
  return firstMessage<Measured>(child)
}
