import type { PickupRules } from '@ecluse/contracts/fulfillment.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Queryable, type Tx } from '../../kernel/db.ts'
import { readSetting, writeSetting } from '../../kernel/settings.ts'
import { cancelLine, cancelOrder, lockOrder, selectOrderLines, type OrderRow } from '../orders/public.ts'
import type { PaymentProvider } from '../payments/public.ts'
import { settlePromises } from '../promises/public.ts'
import { announce } from './announce.ts'
import { dropLines } from './drop-lines.ts'
import { selectFulfillment, type FulfillmentRow } from './queries/fulfillments.ts'
import { markReminded, pickupsToExpire, pickupsToRemind } from './queries/uncollected.ts'

const dayMs = 86_400_000
const rulesName = 'pickup-rules'
const usualRules: PickupRules = { remindAfterDays: 3, keepDays: 10 }
/** Why an order that nobody fetched ended; its buyer is told in other words than for a cancelled one. */
const uncollected = 'uncollected'
const batch = 100

/** How long what is ready waits for whoever fetches it. */
export async function readPickupRules(db: Queryable): Promise<PickupRules> {
  return (await readSetting<PickupRules>(db, rulesName)) ?? usualRules
}

export async function writePickupRules(tx: Tx, rules: PickupRules): Promise<PickupRules> {
  await writeSetting(tx, rulesName, rules)
  return rules
}

/** A pick-up that still waits, under its order's lock; undefined when it was fetched or undone meanwhile. */
async function stillReady(
  tx: Tx,
  orderId: string,
  id: string,
): Promise<{ order: OrderRow; row: FulfillmentRow } | undefined> {
  const order = await lockOrder(tx, orderId)
  const row = order && (await selectFulfillment(tx, orderId, id))
  return order?.document_state === 'confirmed' && row?.state === 'ready' ? { order, row } : undefined
}

const linesOf = ({ lines }: FulfillmentRow) =>
  lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity }))

/** Reminds buyers, once, of what lies ready for them, and says until when. @returns how many */
export async function remindOfPickups(ctx: Ctx): Promise<number> {
  const rules = await readPickupRules(ctx.db)
  const now = ctx.clock.now()
  let told = 0
  for (const { order_id: orderId, id } of await pickupsToRemind(
    ctx.db,
    new Date(now.getTime() - rules.remindAfterDays * dayMs),
    batch,
  ))
    await inTransaction(ctx.db, async (tx) => {
      const found = await stillReady(tx, orderId, id)
      if (!found || !(await markReminded(tx, orderId, id, now))) return
      // Whoever is told late is given a day at least.
      const keptUntil = Math.max((found.row.ready_at ?? now).getTime() + rules.keepDays * dayMs, now.getTime() + dayMs)
      const expiresAt = new Date(keptUntil).toISOString()
      await announce(ctx, tx, found.order, found.row, 'fulfillment.pickup_waiting', {
        expiresAt,
        lines: linesOf(found.row),
      })
      told += 1
    })
  if (told > 0) ctx.wakeRelay()
  return told
}

/**
 * Ends what nobody fetched, a day after its buyer was reminded at the earliest: articles go back to stock, and what was paid for them
 * is refunded. Of an order that has other parts, only this one ends.
 * @returns how many ended
 */
export async function expirePickups(ctx: Ctx, provider: Pick<PaymentProvider, 'void'>): Promise<number> {
  const rules = await readPickupRules(ctx.db)
  const now = ctx.clock.now().getTime()
  let ended = 0
  const due = await pickupsToExpire(ctx.db, new Date(now - rules.keepDays * dayMs), new Date(now - dayMs), batch)
  for (const { order_id: orderId, id } of due) {
    const voids: string[] = []
    await inTransaction(ctx.db, async (tx) => {
      voids.length = 0
      const found = await stillReady(tx, orderId, id)
      if (!found) return
      voids.push(...(await endPickup(ctx, tx, found.order, found.row)))
      ended += 1
    })
    for (const paymentId of voids) await provider.void(paymentId)
  }
  if (ended > 0) ctx.wakeRelay()
  return ended
}

async function endPickup(ctx: Ctx, tx: Tx, order: OrderRow, row: FulfillmentRow): Promise<string[]> {
  const lines = await selectOrderLines(tx, [order.id])
  const mine = new Set(row.lines.map(({ lineId }) => lineId))
  const alone = lines.every((line) => mine.has(line.id) || line.exception === 'cancelled')
  if (alone && lines.every((line) => line.fulfilled_quantity === 0))
    return (await cancelOrder(ctx, tx, order.id, uncollected)).voidPaymentIds
  const voids: string[] = []
  for (const line of lines.filter(({ id, exception }) => mine.has(id) && exception !== 'cancelled')) {
    await settlePromises(ctx, tx, 'cancel', [{ poolId: line.pool_id, id: line.promise_id }])
    const now = await selectOrderLines(tx, [order.id])
    const current = now.find(({ id }) => id === line.id) ?? line
    voids.push(...(await cancelLine(ctx, tx, order, now, current, uncollected)).voidPaymentIds)
  }
  await dropLines(ctx, tx, order, [...mine])
  return voids
}
