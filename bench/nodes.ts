import { brokenAtRest } from '../server/simulation/invariants.ts'
import { openDatabase } from '../server/src/kernel/db.ts'
import { buy, purchases, seed, settled } from './lib/purchases.ts'
import { median, printReport, rounded } from './lib/report.ts'
import { analyse, databaseUrl, openStage, type Stage } from './lib/stage.ts'

/** Two servers on one PostgreSQL beside one: as many purchases? And is everything as true as with one? */
const stage = await openStage({ products: 200, unitsPerPlace: 10_000_000, servers: 2 })
try {
  const texts = purchases(stage.variantIds)
  const alone: Stage = { ...stage, servers: stage.servers.slice(0, 1) }
  await buy(stage, texts, 3)
  await analyse(stage)
  const pairs: { one: number; two: number }[] = []
  for (let round = 0; round < 3; round++) {
    const one = (await buy(alone, texts, 6)).perSecond
    await settled(stage)
    const two = (await buy(stage, texts, 6)).perSecond
    await settled(stage)
    pairs.push({ one, two })
  }
  const db = openDatabase({ connectionString: databaseUrl(stage.database, 'bench'), max: 2 })
  const broken = await brokenAtRest(db)
  await db.end()
  if (broken.length > 0) throw new Error(`not true any more: ${broken.join('; ')}`)
  printReport({
    bench: 'nodes',
    ratios: { orders: rounded(median(pairs.map(({ one, two }) => two / one))) },
    figures: {
      one_per_s: Math.round(median(pairs.map(({ one }) => one))),
      two_per_s: Math.round(median(pairs.map(({ two }) => two))),
      broken_invariants: broken.length,
    },
    seed,
  })
} finally {
  await stage.close()
}
process.exit(0)
