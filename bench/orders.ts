import { besideFloor } from './lib/beside-floor.ts'
import { buy, purchases, seed } from './lib/purchases.ts'
import { printReport, rounded } from './lib/report.ts'
import { openStage } from './lib/stage.ts'

/**
 * Whole purchases per second through HTTP — a cart of two lines, address, delivery, payment, order in one call of the public
 * API — by 64 customers, beside the least an order can cost in the same PostgreSQL in the same minutes.
 */
const stage = await openStage({ products: 200, unitsPerPlace: 10_000_000 })
try {
  const measured = await besideFloor(stage, 'two articles')
  const half = await buy(stage, purchases(stage.variantIds), 6, 4)
  printReport({
    bench: 'orders',
    ratios: { orders: rounded(measured.ratio), cpu: rounded(measured.cpuRatio) },
    figures: {
      orders_per_s: Math.round(measured.perSecond),
      floor_per_s: Math.round(measured.floorPerSecond),
      floor_by: measured.floorBy,
      cpu_ms_per_order: rounded(measured.cpuPerOrder),
      cpu_ms_with_followers: rounded(measured.cpuWithFollowers),
      floor_cpu_ms: rounded(measured.floorCpu),
      p50_ms: measured.p50,
      p99_ms_full_load: measured.p99,
      p99_ms: half.p99,
      half_load_per_s: Math.round(half.perSecond),
    },
    seed,
  })
} finally {
  await stage.close()
}
process.exit(0)
