import { besideFloor } from './lib/beside-floor.ts'
import { seed } from './lib/purchases.ts'
import { printReport, rounded } from './lib/report.ts'
import { openStage } from './lib/stage.ts'

/** Purchases by 64 customers who all want the same article, of which there is plenty, beside the floor on one row. */
const stage = await openStage({ products: 20, unitsPerPlace: 10_000_000 })
try {
  const measured = await besideFloor(stage, 'one hot article')
  printReport({
    bench: 'hot',
    ratios: { hot: rounded(measured.ratio), cpu: rounded(measured.cpuRatio) },
    figures: {
      orders_per_s: Math.round(measured.perSecond),
      floor_per_s: Math.round(measured.floorPerSecond),
      floor_by: measured.floorBy,
      cpu_ms_per_order: rounded(measured.cpuPerOrder),
      p50_ms: measured.p50,
      p99_ms_full_load: measured.p99,
    },
    seed,
  })
} finally {
  await stage.close()
}
process.exit(0)
