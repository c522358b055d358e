import autocannon from 'autocannon'
import { cpuMs } from './lib/cpu.ts'
import { prepareFloor, runFloor } from './lib/floor.ts'
import { median, printReport, rounded } from './lib/report.ts'
import { analyse, openStage, type Stage } from './lib/stage.ts'

/**
 * Whole purchases per second through HTTP — a cart of two lines, address, delivery, payment, order in one call of the public
 * API — by 64 customers, beside the least an order can cost in the same PostgreSQL in the same minutes. In turns, because
 * the machine's speed drifts.
 */
const rounds = 3
const seconds = Number(process.env['BENCH_SECONDS'] ?? 6)
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)

type Measure = { perSecond: number; cpuPerOrder: number; p50: number; p99: number; failed: number }

function bodies(variantIds: readonly string[]): string[] {
  let state = seed >>> 0
  const draw = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return variantIds[(state >>> 8) % variantIds.length] ?? ''
  }
  return Array.from({ length: 4_096 }, (_, n) => {
    const first = draw()
    let second = draw()
    while (second === first) second = draw()
    return JSON.stringify({
      channel: 'web',
      lines: [
        { variantId: first, quantity: 1 },
        { variantId: second, quantity: 1 },
      ],
      contact: { name: `Client ${n}`, email: `client-${n}@exemple.fr` },
      delivery: {
        method: 'delivery',
        address: { name: `Client ${n}`, street: '3 rue des Lilas', postalCode: '44000', locality: 'Nantes' },
      },
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    })
  })
}

async function buy(stage: Stage, texts: readonly string[], duration: number, connections = 64): Promise<Measure> {
  let next = 0
  const pids = [stage.serverPid, stage.database.processId() ?? 0]
  const before = cpuMs(pids)
  const result = await autocannon({
    url: stage.url,
    connections,
    duration,
    requests: [
      {
        method: 'POST',
        path: '/api/v1/orders',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => {
          next = (next + 1) % texts.length
          return { ...request, body: texts[next] ?? '' }
        },
      },
    ],
  })
  const orders = result['2xx']
  return {
    perSecond: orders / result.duration,
    cpuPerOrder: (cpuMs(pids) - before) / orders,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  }
}

const stage = await openStage({ products: 200, unitsPerPlace: 10_000_000 })
try {
  const texts = bodies(stage.variantIds)
  await prepareFloor(stage.database)
  await buy(stage, texts, 3)
  // Plans made while the tables were empty are thrown away, as PostgreSQL does by itself within a minute.
  await analyse(stage)
  await buy(stage, texts, 2)
  const ours: Measure[] = []
  const floors: { perSecond: number; cpuPerOrder: number }[] = []
  let by = ''
  for (let round = 0; round < rounds; round++) {
    const databasePid = stage.database.processId() ?? 0
    const before = cpuMs([databasePid])
    const floor = await runFloor(stage.database, seconds)
    floors.push({
      perSecond: floor.ordersPerSecond,
      cpuPerOrder: (cpuMs([databasePid]) - before) / (floor.ordersPerSecond * seconds),
    })
    by = floor.by
    ours.push(await buy(stage, texts, seconds))
  }
  const half = await buy(stage, texts, seconds, 4)
  const failed = ours.reduce((sum, measure) => sum + measure.failed, 0)
  if (failed > 0) throw new Error(`${failed} purchases failed: the figures mean nothing`)
  const ordersRatio = median(ours.map((measure, index) => measure.perSecond / (floors[index]?.perSecond ?? NaN)))
  const cpuRatio = median(ours.map((measure, index) => measure.cpuPerOrder / (floors[index]?.cpuPerOrder ?? NaN)))
  printReport({
    bench: 'orders',
    ratios: { orders: rounded(ordersRatio), cpu: rounded(cpuRatio) },
    figures: {
      orders_per_s: Math.round(median(ours.map((measure) => measure.perSecond))),
      floor_per_s: Math.round(median(floors.map((floor) => floor.perSecond))),
      floor_by: by,
      cpu_ms_per_order: rounded(median(ours.map((measure) => measure.cpuPerOrder))),
      floor_cpu_ms: rounded(median(floors.map((floor) => floor.cpuPerOrder))),
      p50_ms: median(ours.map((measure) => measure.p50)),
      p99_ms_full_load: median(ours.map((measure) => measure.p99)),
      p99_ms: half.p99,
    },
    seed,
  })
} finally {
  await stage.close()
}
process.exit(0)
