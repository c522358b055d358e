import { cpuMs } from './cpu.ts'
import { prepareFloor, runFloor, type FloorKind } from './floor.ts'
import { buy, purchases, settled, type Measure } from './purchases.ts'
import { median } from './report.ts'
import { analyse, type Stage } from './stage.ts'

const rounds = 3
const seconds = Number(process.env['BENCH_SECONDS'] ?? 6)

/** Purchases and the least they can cost in the same PostgreSQL in the same minutes, as medians of several turns. */
export type BesideFloor = {
  readonly ratio: number
  readonly cpuRatio: number
  readonly perSecond: number
  readonly floorPerSecond: number
  readonly floorBy: string
  readonly cpuPerOrder: number
  /** With what follows from an order: its ledger, preparation, party and message. */
  readonly cpuWithFollowers: number
  readonly floorCpu: number
  readonly p50: number
  readonly p99: number
}

/** Measures in turns, because the machine's speed drifts; what a turn leaves to do is done before the next begins. */
export async function besideFloor(stage: Stage, kind: FloorKind): Promise<BesideFloor> {
  const texts = purchases(kind === 'two articles' ? stage.variantIds : stage.variantIds.slice(0, 1))
  await prepareFloor(stage.database)
  await buy(stage, texts, 3)
  // Plans made while the tables were empty are thrown away, as PostgreSQL does by itself within a minute.
  await analyse(stage)
  await buy(stage, texts, 2)
  await settled(stage)
  const ours: (Measure & { followers: number })[] = []
  const floors: { perSecond: number; cpuPerOrder: number }[] = []
  let floorBy = ''
  for (let round = 0; round < rounds; round++) {
    const pids = [stage.database.processId() ?? 0]
    const before = cpuMs(pids)
    const { ordersPerSecond, by } = await runFloor(stage.database, seconds, kind)
    floors.push({ perSecond: ordersPerSecond, cpuPerOrder: (cpuMs(pids) - before) / (ordersPerSecond * seconds) })
    floorBy = by
    const measure = await buy(stage, texts, seconds)
    ours.push({ ...measure, followers: (await settled(stage)) / measure.orders })
  }
  const beside = (of: (measure: Measure, floor: { perSecond: number; cpuPerOrder: number }) => number): number =>
    median(ours.map((measure, round) => of(measure, floors[round] ?? { perSecond: NaN, cpuPerOrder: NaN })))
  return {
    ratio: beside((measure, floor) => measure.perSecond / floor.perSecond),
    cpuRatio: beside((measure, floor) => measure.cpuPerOrder / floor.cpuPerOrder),
    perSecond: median(ours.map((measure) => measure.perSecond)),
    floorPerSecond: median(floors.map((floor) => floor.perSecond)),
    floorBy,
    cpuPerOrder: median(ours.map((measure) => measure.cpuPerOrder)),
    cpuWithFollowers: median(ours.map((measure) => measure.cpuPerOrder + measure.followers)),
    floorCpu: median(floors.map((floor) => floor.cpuPerOrder)),
    p50: median(ours.map((measure) => measure.p50)),
    p99: median(ours.map((measure) => measure.p99)),
  }
}
