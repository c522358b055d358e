import type { movementKinds } from '@ecluse/contracts/movement-kinds.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish, type DomainEvent } from '../../kernel/outbox.ts'
import { changeCapacity } from '../promises/public.ts'
import { unitsOf, type Chosen } from './domain/choose-lots.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { ensureStockItems } from './ensure-stock-items.ts'
import type { LotMove } from './lots/lot-scene.ts'
import { moveLots } from './lots/move-lots.ts'
import type { TrackedMovement } from './queries/lot-moves.ts'
import { insertMovements, type MovementRow } from './queries/movements.ts'

export type Movement = {
  readonly kind: (typeof movementKinds)[number]
  readonly variantId: string
  readonly placeId: string
  /** Positive in, negative out; never zero. */
  readonly quantity: bigint
  /** Why, of the closed list; null where the kind says it all. */
  readonly reasonCode?: ReasonCode | null
  /** Why, in words. */
  readonly reason?: string | null
  readonly reference?: string | null
  readonly orderId?: string | null
  /** The line of the order it leaves by, or comes back from. */
  readonly lineId?: string | null
  /** Lots of a followed article, by the numbers on their labels. */
  readonly lots?: readonly LotUnits[] | undefined
  /** The same, by their ids. */
  readonly lotIds?: readonly Chosen[]
  /** Of the lots put aside for its line, those it takes; as many as it needs when absent. */
  readonly aside?: readonly Chosen[] | undefined
  /** Of what arrives from another place: which. */
  readonly fromPlaceId?: string
}

/** Which lots a line of an order took, or brought back. */
export type LineLots = { readonly lineId: string; readonly lots: readonly Chosen[] }

/**
 * Writes movements and moves the quantities on hand by them, in one transaction: the only way a quantity on hand changes.
 * The lots of followed articles move along (`lots/move-lots.ts`).
 * @returns the lots that lines of orders took or brought back
 * @throws inventory.not_enough when more would leave than is recorded there, and what `moveLots` throws
 */
export async function recordMovements(ctx: Ctx, tx: Tx, movements: readonly Movement[]): Promise<readonly LineLots[]> {
  if (movements.length === 0) return []
  const rows = movements.map((movement) => ({
    poolId: poolIdOf(movement.variantId, movement.placeId),
    id: ctx.ids.next(),
    variantId: movement.variantId,
    placeId: movement.placeId,
    kind: movement.kind,
    quantity: movement.quantity,
    reasonCode: movement.reasonCode ?? null,
    reason: movement.reason ?? null,
    reference: movement.reference ?? null,
    orderId: movement.orderId ?? null,
  }))
  const incoming = rows.filter((row) => row.quantity > 0n)
  if (incoming.length > 0) await ensureStockItems(tx, incoming)
  const changed = await changeCapacity(
    tx,
    rows.map(({ poolId, quantity }) => ({ poolId, delta: quantity })),
  )
  // A count said there was nothing left of what is now to leave: whoever holds it in hand must count again first.
  if (rows.some((row) => !changed.has(row.poolId))) throw refuse('inventory.not_enough', { available: 0 })
  const tracked = await insertMovements(tx, rows, actorLabel(ctx.actor), ctx.clock.now())
  await announceMoved(ctx, tx, rows)
  return tracked.length > 0 ? moveTracked(ctx, tx, rows, movements, tracked) : []
}

/** Moves the lots of followed articles; what comes in and may not be sold is kept back at once. */
async function moveTracked(
  ctx: Ctx,
  tx: Tx,
  rows: readonly MovementRow[],
  movements: readonly Movement[],
  tracked: readonly TrackedMovement[],
): Promise<readonly LineLots[]> {
  const facts = new Map(tracked.map((one) => [one.movementId, one]))
  const moves = rows.flatMap((row, index): LotMove[] => {
    const fact = facts.get(row.id)
    if (!fact) return []
    const { lots, lotIds, lineId, aside, fromPlaceId } = movements[index] ?? {}
    return [
      {
        ...fact,
        row,
        quantity: Number(row.quantity),
        named: lots ?? null,
        known: lotIds ?? null,
        lineId: lineId ?? null,
        aside: aside ?? null,
        fromPoolId: fromPlaceId ? poolIdOf(row.variantId, fromPlaceId) : null,
      },
    ]
  })
  const { moved, toKeepBack } = await moveLots(ctx, tx, moves)
  await recordMovements(
    ctx,
    tx,
    toKeepBack.map(({ move: { row }, lots }) => ({
      kind: 'quarantine',
      variantId: row.variantId,
      placeId: row.placeId,
      quantity: -BigInt(unitsOf(lots)),
      reference: row.reference,
      lotIds: lots,
    })),
  )
  return moved.flatMap(({ move: { lineId }, lots }) => (lineId === null ? [] : [{ lineId, lots }]))
}

/** An event tells at most so many articles: a long import stays in events of some 40 kB. */
const mostArticles = 1_000

/** Tells of which articles more or less can be promised, once for all together, so that read models look again. */
export async function announceMoved(
  ctx: Ctx,
  tx: Tx,
  rows: readonly { readonly variantId: string; readonly placeId: string }[],
): Promise<void> {
  const variantIds = [...new Set(rows.map((row) => row.variantId))]
  const placeIds = [...new Set(rows.map((row) => row.placeId))]
  const events: DomainEvent[] = []
  for (let start = 0; start < variantIds.length; start += mostArticles)
    events.push({
      type: 'inventory.stock_moved',
      version: 2,
      // The event belongs to this act, not to an article: articles move in parallel and nobody locks them as a whole.
      aggregateId: ctx.ids.next(),
      payload: { variantIds: variantIds.slice(start, start + mostArticles), placeIds },
    })
  await publish(tx, ctx, events)
}
