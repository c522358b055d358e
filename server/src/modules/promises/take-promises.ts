import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { giveBack, takeFromPools, type Bounds, type Kept, type PoolTake } from './queries/pools.ts'
import { insertPromises, type NewPromise } from './queries/promises.ts'

/** What one asker wants: all of it, or nothing. */
export type Demand = {
  /** Who asks; the promises are made to it. */
  readonly referenceId: string
  readonly lines: readonly {
    readonly promiseId: string
    readonly poolId: string
    readonly quantity: bigint
    /** What this asker must leave in the pool for others. */
    readonly kept?: Kept | undefined
    /** How many units beyond what is there it may be promised: those to come by its date. */
    readonly ahead?: bigint | undefined
  }[]
  /** `held` until `expiresAt`, or `committed` at once. */
  readonly as: 'held' | 'committed'
  readonly expiresAt: Date | null
}

/** Which pool could not serve a demand: what it can still promise, and how much of that is for this asker. */
export type Shortage = { readonly poolId: string; readonly available: bigint; readonly forAsker: bigint }

export type Taken = {
  /** For each demand, in order: undefined when it got everything, else the first line that could not be served. */
  readonly refusals: readonly (Shortage | undefined)[]
  /** What each pool asked can still promise. */
  readonly available: ReadonlyMap<string, bigint>
}

/**
 * Makes the promises of many demands if everything asked is there, by statements that wait for no answer: sent along with
 * what else a transaction writes, and last, so that the pools are locked for as short as can be.
 *
 * @returns what each pool asked can still promise, or null when something is missing: then the transaction must be rolled back,
 *   and each demand decided on its own (`takePromises`)
 */
export async function takeAll(ctx: Ctx, tx: Tx, demands: readonly Demand[]): Promise<Map<string, bigint> | null> {
  const inserted = insertPromises(tx, demands.flatMap(promisesOf), ctx.clock.now())
  const kinds = (['committed', 'held'] as const).flatMap((as) => {
    const asked = demands.filter((demand) => demand.as === as)
    const wanted = wantedBy(asked)
    // If all can be served within the strictest bounds of any of them, each can: else each is decided on its own.
    return wanted.size === 0 ? [] : [{ wanted, taken: takeFromPools(tx, wanted, as, boundsOf(asked, 'strictest')) }]
  })
  await Promise.all([inserted, ...kinds.map(({ taken }) => taken)])
  const available = new Map<string, bigint>()
  for (const { wanted, taken } of kinds)
    for (const [poolId, quantity] of wanted) {
      const take = (await taken).get(poolId)
      if (take?.granted !== quantity) return null
      available.set(poolId, take.available)
    }
  return available
}

/**
 * Makes the promises of many demands at once: each is served whole or refused whole, in their order, and nothing is
 * promised that is not there. One statement takes the sum from each pool, the demands are decided in memory, and what the
 * refused ones had been given goes back before the transaction ends.
 */
export async function takePromises(ctx: Ctx, tx: Tx, demands: readonly Demand[]): Promise<Taken> {
  const refusals: (Shortage | undefined)[] = demands.map(() => undefined)
  const available = new Map<string, bigint>()
  const made: NewPromise[] = []
  for (const as of ['committed', 'held'] as const) {
    const indexes = demands.flatMap((demand, index) => (demand.as === as ? [index] : []))
    if (indexes.length === 0) continue
    const asked = indexes.map((index) => demands[index] as Demand)
    const takes = await takeFromPools(tx, wantedBy(asked), as, boundsOf(asked, 'loosest'))
    const left = new Map([...takes].map(([poolId, take]) => [poolId, take.granted]))
    for (const index of indexes) {
      const demand = demands[index] as Demand
      refusals[index] = serve(demand, left, takes)
      if (refusals[index] === undefined) made.push(...promisesOf(demand))
    }
    const remains = [...left].flatMap(([poolId, quantity]) => (quantity > 0n ? [{ poolId, quantity }] : []))
    if (remains.length > 0) await giveBack(tx, remains, as)
    for (const [poolId, take] of takes) available.set(poolId, take.available + (left.get(poolId) ?? 0n))
  }
  if (made.length > 0) await insertPromises(tx, made, ctx.clock.now())
  return { refusals, available }
}

/** The sum asked of each pool. */
function wantedBy(demands: readonly Demand[]): Map<string, bigint> {
  const wanted = new Map<string, bigint>()
  for (const { lines } of demands)
    for (const { poolId, quantity } of lines) {
      assert(quantity > 0n, 'a positive quantity is asked')
      wanted.set(poolId, (wanted.get(poolId) ?? 0n) + quantity)
    }
  return wanted
}

function promisesOf({ lines, as, referenceId, expiresAt }: Demand): NewPromise[] {
  return lines.map(({ promiseId, poolId, quantity }) => ({
    id: promiseId,
    poolId,
    quantity,
    referenceId,
    state: as,
    expiresAt,
  }))
}

/** The strictest, or the loosest, bounds at each pool of all who ask. Undefined when nobody has any. */
function boundsOf(demands: readonly Demand[], which: 'strictest' | 'loosest'): Map<string, Bounds> | undefined {
  if (!demands.some(({ lines }) => lines.some(({ kept, ahead }) => kept !== undefined || ahead !== undefined)))
    return undefined
  const strict = which === 'strictest'
  const known = new Map<string, Bounds>()
  for (const { lines } of demands)
    for (const { poolId, kept = nothingKept, ahead = 0n } of lines) {
      const before = known.get(poolId) ?? { ...kept, ahead }
      known.set(poolId, {
        units: one(before.units, kept.units, strict),
        shareBasisPoints: one(before.shareBasisPoints, kept.shareBasisPoints, strict),
        ahead: one(before.ahead, ahead, !strict),
      })
    }
  return known
}

/** The greater or the lesser of two. */
function one<T extends bigint | number>(a: T, b: T, greater: boolean): T {
  return a > b === greater ? a : b
}

const nothingKept: Kept = { units: 0n, shareBasisPoints: 0 }

/** Serves one demand from what is left, or says which line it fails on and leaves everything. */
function serve(demand: Demand, left: Map<string, bigint>, takes: ReadonlyMap<string, PoolTake>): Shortage | undefined {
  const needed = new Map<string, bigint>()
  for (const line of demand.lines) needed.set(line.poolId, (needed.get(line.poolId) ?? 0n) + line.quantity)
  for (const { poolId, kept, ahead = 0n } of demand.lines) {
    const take = takes.get(poolId)
    const there = left.get(poolId) ?? 0n
    const available = there + (take?.available ?? 0n)
    const toCome = one(ahead, take?.advance ?? 0n, false)
    const forAsker = available + toCome - (kept ? keptUnits(kept, take?.capacity ?? 0n) : 0n)
    const quantity = needed.get(poolId) ?? 0n
    if (there < quantity || forAsker < quantity) return { poolId, available, forAsker: forAsker > 0n ? forAsker : 0n }
  }
  for (const [poolId, quantity] of needed) left.set(poolId, (left.get(poolId) ?? 0n) - quantity)
  return undefined
}

/** The units kept of a pool that holds so many. */
function keptUnits({ units, shareBasisPoints }: Kept, capacity: bigint): bigint {
  return units + (capacity * BigInt(shareBasisPoints) + 9_999n) / 10_000n
}
