import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { giveBack, takeFromPools } from './queries/pools.ts'
import { insertPromises, type NewPromise } from './queries/promises.ts'

/** What one asker wants: all of it, or nothing. */
export type Demand = {
  /** Who asks; the promises are made to it. */
  readonly referenceId: string
  readonly lines: readonly { readonly promiseId: string; readonly poolId: string; readonly quantity: bigint }[]
  /** `held` until `expiresAt`, or `committed` at once. */
  readonly as: 'held' | 'committed'
  readonly expiresAt: Date | null
}

export type Taken = {
  /** For each demand, in order: undefined when it got everything, else the first line that could not be served. */
  readonly refusals: readonly ({ readonly poolId: string; readonly available: bigint } | undefined)[]
  /** What each pool asked can still promise. */
  readonly available: ReadonlyMap<string, bigint>
}

/**
 * Makes the promises of many demands at once: each is served whole or refused whole, in their order, and nothing is
 * promised that is not there. One statement takes the sum from each pool, the demands are decided in memory, and what the
 * refused ones had been given goes back before the transaction ends.
 */
export async function takePromises(ctx: Ctx, tx: Tx, demands: readonly Demand[]): Promise<Taken> {
  const refusals: ({ poolId: string; available: bigint } | undefined)[] = demands.map(() => undefined)
  const available = new Map<string, bigint>()
  const made: NewPromise[] = []
  for (const as of ['committed', 'held'] as const) {
    const indexes = demands.flatMap((demand, index) => (demand.as === as ? [index] : []))
    if (indexes.length === 0) continue
    const wanted = new Map<string, bigint>()
    for (const index of indexes)
      for (const line of demands[index]?.lines ?? []) {
        assert(line.quantity > 0n, 'a positive quantity is asked')
        wanted.set(line.poolId, (wanted.get(line.poolId) ?? 0n) + line.quantity)
      }
    const takes = await takeFromPools(
      tx,
      [...wanted].map(([poolId, quantity]) => ({ poolId, quantity })),
      as,
    )
    const left = new Map([...takes].map(([poolId, take]) => [poolId, take.granted]))
    for (const index of indexes) {
      const demand = demands[index] as Demand
      refusals[index] = serve(demand, left, takes)
      if (refusals[index] === undefined)
        for (const line of demand.lines)
          made.push({
            id: line.promiseId,
            poolId: line.poolId,
            quantity: line.quantity,
            referenceId: demand.referenceId,
            state: as,
            expiresAt: demand.expiresAt,
          })
    }
    const remains = [...left].flatMap(([poolId, quantity]) => (quantity > 0n ? [{ poolId, quantity }] : []))
    if (remains.length > 0) await giveBack(tx, remains, as)
    for (const [poolId, take] of takes) available.set(poolId, take.available + (left.get(poolId) ?? 0n))
  }
  if (made.length > 0) await insertPromises(tx, made, ctx.clock.now())
  return { refusals, available }
}

/** Serves one demand from what is left, or says which line it fails on and leaves everything. */
function serve(
  demand: Demand,
  left: Map<string, bigint>,
  takes: ReadonlyMap<string, { available: bigint }>,
): { poolId: string; available: bigint } | undefined {
  const needed = new Map<string, bigint>()
  for (const line of demand.lines) needed.set(line.poolId, (needed.get(line.poolId) ?? 0n) + line.quantity)
  for (const [poolId, quantity] of needed) {
    const there = left.get(poolId) ?? 0n
    if (there < quantity) return { poolId, available: there + (takes.get(poolId)?.available ?? 0n) }
  }
  for (const [poolId, quantity] of needed) left.set(poolId, (left.get(poolId) ?? 0n) - quantity)
  return undefined
}
