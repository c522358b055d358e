import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { readConfig } from '../src/kernel/config.ts'
import { openDatabase } from '../src/kernel/db.ts'
import { connectionStringOf, startEmbeddedPostgres } from '../src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../src/kernel/jobs.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { simulate } from './simulate.ts'

/** `npm run simulate -- [--seeds 100] [--from 1] [--steps 60] [--json]`: one seed after the other, each in a database of its own. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
})
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-simulation-'))
const database = await startEmbeddedPostgres({ dataDir, logger: silent, settings: { fsync: 'off' } })
const totals = new Map<string, number>()
const startedAt = performance.now()
const from = Number(values.from)
const seeds = Number(values.seeds)
let failure: unknown
try {
  const admin = new pg.Client({ connectionString: connectionStringOf({ ...database.address, database: 'postgres' }) })
  admin.on('error', () => undefined)
  await admin.connect()
  await admin.query('create database simulation_template')
  const templateUrl = connectionStringOf({ ...database.address, database: 'simulation_template' })
  await migrate(templateUrl)
  const template = openDatabase({ connectionString: templateUrl, max: 2 })
  await migrateJobs(template)
  await template.end()
  const config = readConfig({
    ECLUSE_DATA: join(dataDir, 'server'),
    ECLUSE_DEMO: 'off',
    NODE_ENV: 'test',
    RATE_LIMIT_PER_MINUTE: '100000000',
  })
  for (let seed = from; seed < from + seeds; seed++) {
    await admin.query('drop database if exists simulation with (force)')
    await admin.query('create database simulation template simulation_template strategy file_copy')
    const connectionString = connectionStringOf({ ...database.address, database: 'simulation' })
    const db = openDatabase({ connectionString, max: 20 })
    const result = await simulate({ config, db, connectionString }, seed, Number(values.steps))
    await db.end()
    for (const [name, count] of [...Object.entries(result.done), ...Object.entries(result.refused)])
      totals.set(name, (totals.get(name) ?? 0) + count)
    process.stderr.write(`\rseed ${seed} holds`)
  }
  await admin.end()
} catch (error) {
  failure = error
} finally {
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
const seconds = Math.round((performance.now() - startedAt) / 1000)
process.stderr.write('\n')
for (const [name, count] of [...totals].sort(([a], [b]) => a.localeCompare(b)))
  process.stderr.write(`  ${name.padEnd(36)} ${count}\n`)
if (failure !== undefined) {
  console.error(failure instanceof Error ? (failure.stack ?? failure.message) : failure)
  process.exit(1)
}
if (values.json)
  console.log(
    JSON.stringify({
      simulation: 'shop',
      seeds,
      from,
      steps: Number(values.steps),
      seconds,
      acts: Object.fromEntries(totals),
    }),
  )
else console.log(`${seeds} seeds held, from ${from}, in ${seconds} s`)
process.exit(0)
