import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { companyDay, datedArrivals, serveInTurn } from '../../inventory/public.ts'
import { readPools } from '../../promises/public.ts'
import { markAllocated, selectWaiting, updateShipsOn, variantsWaitedFor, type WaitingLine } from '../queries/ahead.ts'
import { lockOrder } from '../queries/locks.ts'
import { channelCodeOf } from '../queries/list.ts'
import { postponePromise, selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'

/**
 * Looks again at promises made before their goods were there: what has come goes to the oldest of them, and those that will
 * be kept later than was said are told. Doing it twice does nothing more.
 * @param variantIds articles of which something changed; null: all
 */
export async function serveAhead(ctx: Ctx, tx: Tx, variantIds: readonly string[] | null): Promise<void> {
  const waitedFor = await variantsWaitedFor(tx, variantIds)
  if (waitedFor.length === 0) return
  const byPool = new Map<string, WaitingLine[]>()
  for (const line of await selectWaiting(tx, waitedFor)) {
    const others = byPool.get(line.pool_id)
    if (others) others.push(line)
    else byPool.set(line.pool_id, [line])
  }
  for (const [poolId, waiting] of byPool) await servePool(ctx, tx, poolId, waiting)
}

async function servePool(ctx: Ctx, tx: Tx, poolId: string, waiting: readonly WaitingLine[]): Promise<void> {
  const [first] = waiting
  assert(first, 'a pool is looked at for lines that wait')
  const today = companyDay(ctx.clock.now())
  const arrivals = (await datedArrivals(tx, first.variant_id)).filter((one) => one.place_id === first.place_id)
  const answers = serveInTurn(
    waiting.map((line) => ({ units: line.quantity, shipsOn: line.ships_on, releasedOn: line.released_on })),
    await thereFor(tx, poolId, waiting),
    arrivals,
    today,
  )
  for (const [index, line] of waiting.entries()) {
    const answer = answers[index] ?? null
    if (answer === 'now') await allocate(ctx, tx, line)
    else if (isLater(line, answer, today)) await postpone(ctx, tx, line, answer)
  }
}

/** Units of a pool that are there for those who wait; what is kept back does not stand against what was promised. */
export async function thereFor(db: Queryable, poolId: string, waiting: readonly WaitingLine[]): Promise<number> {
  const [pool] = await readPools(db, [poolId])
  const promised = waiting.reduce((sum, line) => sum + line.quantity, 0)
  // Promised to these, and to others.
  return Math.max(0, Number((pool?.capacity ?? 0n) - (pool?.held ?? 0n) - (pool?.committed ?? 0n)) + promised)
}

/** Whether a line will be kept later than its buyer was told; a stated day holds until it has passed. */
function isLater({ ships_on, is_stated }: WaitingLine, known: string | null, today: string): boolean {
  if (known !== null) return ships_on === null || known > ships_on
  return ships_on !== null && (!is_stated || ships_on < today)
}

async function allocate(ctx: Ctx, tx: Tx, waiting: WaitingLine): Promise<void> {
  const found = await lockWaiting(tx, waiting)
  if (!found) return
  await markAllocated(tx, waiting.order_id, waiting.line_id, ctx.clock.now())
  await tell(ctx, tx, 'orders.line_allocated', found, { placeId: found.line.place_id })
}

async function postpone(ctx: Ctx, tx: Tx, waiting: WaitingLine, to: string | null): Promise<void> {
  const found = await lockWaiting(tx, waiting)
  if (!found) return
  await updateShipsOn(tx, waiting.order_id, waiting.line_id, to)
  const { latest_at: latest } = found.order
  // Nothing of the order leaves before: it arrives as many days later.
  if (found.isAllAhead && latest && to !== null && waiting.ships_on !== null)
    await postponePromise(
      tx,
      waiting.order_id,
      new Date(latest.getTime() + Date.parse(to) - Date.parse(waiting.ships_on)),
    )
  await tell(ctx, tx, 'orders.promise_postponed', found, { from: waiting.ships_on, to })
}

type Found = { readonly order: OrderRow; readonly line: OrderLineRow; readonly isAllAhead: boolean }

/** The line under its order's lock, if it still waits. */
async function lockWaiting(tx: Tx, waiting: WaitingLine): Promise<Found | undefined> {
  const order = await lockOrder(tx, waiting.order_id)
  if (order?.document_state !== 'confirmed') return undefined
  const lines = await selectOrderLines(tx, [order.id])
  const line = lines.find(({ id }) => id === waiting.line_id)
  if (!line || line.exception !== null || line.allocated_at) return undefined
  return { order, line, isAllAhead: lines.every(({ ahead }) => ahead) }
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  type: 'orders.line_allocated' | 'orders.promise_postponed',
  { order, line }: Found,
  details: Readonly<Record<string, string | null>>,
): Promise<void> {
  await publish(tx, ctx, [
    {
      type,
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        lineId: line.id,
        name: line.name,
        ahead: line.ahead,
        ...details,
        lines: [{ lineId: line.id, variantId: line.variant_id, quantity: line.quantity }],
      },
    },
  ])
}
