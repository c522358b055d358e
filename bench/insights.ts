import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { systemClock } from '../server/src/kernel/clock.ts'
import { readConfig } from '../server/src/kernel/config.ts'
import { systemContext } from '../server/src/kernel/context.ts'
import { startEmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'
import { followFigures, recountFigures } from '../server/src/modules/insights/count-days.ts'
import { countPaths } from '../server/src/modules/insights/count-paths.ts'
import { readMonthlyFigures } from '../server/src/modules/insights/public.ts'
import { readFigures } from '../server/src/modules/insights/read-figures.ts'
import { readCohorts, readPaths } from '../server/src/modules/insights/read-paths.ts'
import { wire } from '../server/src/wiring.ts'
import { makeSmallShop } from '../server/simulation/small-shop.ts'
import { migratedDatabase } from './lib/migrated-database.ts'
import { median, printReport, rounded } from './lib/report.ts'
import { cancelSome, makeYearsOfFigures } from './lib/years-of-figures.ts'

/**
 * The desk over three years of a firm: how long what its page asks takes, how long an order takes to be in the figures, and whether
 * counting everything anew finds what was counted as it came.
 */
const size = {
  interactions: Number(process.env['BENCH_INTERACTIONS'] ?? 10_000_000),
  orders: Number(process.env['BENCH_ORDERS'] ?? 1_000_000),
  customers: Number(process.env['BENCH_CUSTOMERS'] ?? 300_000),
}
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_123)
const rounds = 9
const bars = { answerMs: 300 }

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const folder = mkdtempSync(join(tmpdir(), 'ecluse-bench-insights-'))
const database = await startEmbeddedPostgres({ dataDir: folder, logger: silent })
const { db, connectionString } = await migratedDatabase(database)
try {
  const config = readConfig({ ECLUSE_DATA: join(folder, 'server') })
  const { services } = wire({ config, db, connectionString, log: pino({ level: 'silent' }), clock: systemClock })
  const ctx = systemContext(services, 'bench')
  const now = ctx.clock.now()
  const figures: Record<string, number> = { ...size }
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    const answer = await work()
    figures[`${name}_seconds`] = rounded((performance.now() - from) / 1000)
    console.error(name, figures[`${name}_seconds`])
    return answer
  }
  await makeSmallShop(ctx, { products: 1_000, unitsPerPlace: 1_000 })
  // Nobody runs here who would tell them: they count as told.
  await db.query('delete from kernel.event_waiting')
  await timed('prepare', () => makeYearsOfFigures(connectionString, size, now, seed))
  await timed('first_count', () => followFigures(ctx, { hurry: true }))
  await timed('paths_whole', () => countPaths(ctx, { whole: true }))
  await timed('paths_hour', () => countPaths(ctx))
  await db.query('analyze')

  // Some of the last orders are cancelled, and followed as events tell.
  figures['changed'] = await cancelSome(connectionString, 200, new Date())
  await timed('follow', () => followFigures(ctx, { hurry: true }))
  const { different, days } = await timed('recount', () => recountFigures(ctx))
  figures['days'] = days
  figures['days_different'] = different

  const day = (daysAgo: number): string => new Date(now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  const periods = { month: { from: day(29), until: day(0) }, year: { from: day(364), until: day(0) } }
  const asked: Record<string, () => Promise<unknown>> = {}
  for (const [name, period] of Object.entries(periods)) {
    for (const by of ['channel', 'site', 'product', 'category'] as const)
      asked[`${name}_by_${by}`] = () => readFigures(ctx, { ...period, by })
    asked[`${name}_paths`] = () => readPaths(ctx, period)
    asked[`${name}_cohorts`] = () => readCohorts(ctx, period)
    asked[`${name}_months`] = () => readMonthlyFigures(ctx, period)
  }
  let slowest = 0
  for (const [name, ask] of Object.entries(asked)) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const from = performance.now()
      await ask()
      times.push(performance.now() - from)
    }
    figures[`${name}_ms`] = rounded(median(times))
    slowest = Math.max(slowest, median(times))
  }
  printReport({
    bench: 'insights',
    ratios: { answer: rounded(bars.answerMs / slowest), same: different === 0 ? 1 : 0 },
    figures: { ...figures, slowest_ms: rounded(slowest) },
    seed,
  })
} finally {
  await db.end()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
