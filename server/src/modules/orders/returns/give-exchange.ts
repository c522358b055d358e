import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { whereAt } from '../../channels/public.ts'
import { requestRefund } from '../../payments/public.ts'
import { settlePromises } from '../../promises/public.ts'
import { askForChange } from '../changes/ask-for-change.ts'
import type { ChangeDesk } from '../changes/change-desk.ts'
import { addedLines } from '../changes/make-change.ts'
import { takesOf, type ChangePlan, type PlannedExchange } from '../changes/plan.ts'
import { creditLines, creditOrder } from '../queries/exchanges.ts'
import { waitingChangeOf } from '../queries/order-changes.ts'
import { insertOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import type { RequestRow } from '../queries/returns.ts'
import { revisionOf } from '../queries/revisions.ts'
import { moveWishes, updateReturnRefund, type WishRow } from '../queries/wishes.ts'
import { creditsOf } from './exchange-articles.ts'
import { returnValueOf, type DecidedLine } from './settle-return.ts'

/** How long an exchange that costs more is kept for its buyer to pay. */
const payMs = 7 * 86_400_000

/**
 * What came back was kept: what was put aside for it is sent, and what it was worth more is given back. When it was worth less, the
 * difference is asked for, and the articles leave when it is paid; when it is not, the money of the return is given back.
 */
export async function exchangeForReturn(
  ctx: Ctx,
  tx: Tx,
  desk: Pick<ChangeDesk, 'follow'>,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  of: { request: RequestRow; siteId: string; decided: readonly DecidedLine[] },
): Promise<void> {
  const { request, siteId, decided } = of
  const wishes = await moveWishes(tx, request, 'given')
  const { lineMinor: creditMinor } = returnValueOf(lines, decided)
  const totalMinor = wishes.reduce((sum, row) => sum + row.unit_price_minor * BigInt(row.quantity), 0n)
  const credits = creditsOf(decided).map((one) => ({ ...one, creditedMinor: Number(one.creditedMinor) }))
  const exchange = { returnId: request.id, number: request.number, siteId, creditMinor: Number(creditMinor), credits }
  const plan = planOf(wishes, exchange)
  const busy = await waitingChangeOf(tx, order.id)
  if (totalMinor <= creditMinor) {
    await settlePromises(ctx, tx, 'commit', takesOf(plan))
    return giveExchange(ctx, tx, desk, order, lines, plan)
  }
  if (busy) {
    // Another change waits to be paid: this one is settled in money.
    await settlePromises(ctx, tx, 'release', takesOf(plan))
    return refundInstead(ctx, tx, order, exchange)
  }
  await askForChange(ctx, tx, order, {
    plan,
    revision: await revisionOf(tx, order.id),
    dueMinor: totalMinor - creditMinor,
    changer: { by: 'staff', actor: actorLabel(ctx.actor) },
    expiresAt: new Date(ctx.clock.now().getTime() + payMs),
  })
}

/** Gives back what a return was worth, as nothing was given for it after all. */
export async function refundInstead(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  { returnId, creditMinor }: Pick<PlannedExchange, 'returnId' | 'creditMinor'>,
): Promise<void> {
  if (creditMinor === 0) return
  const amountMinor = BigInt(creditMinor)
  await updateReturnRefund(tx, order.id, returnId, amountMinor)
  await requestRefund(ctx, tx, { orderId: order.id, returnId, amountMinor })
}

/** The articles of an exchange become lines of their order and are prepared; what is left of the credit is given back. */
export async function giveExchange(
  ctx: Ctx,
  tx: Tx,
  desk: Pick<ChangeDesk, 'follow'>,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  plan: ChangePlan,
): Promise<void> {
  const { exchange } = plan
  if (!exchange) return
  const given = addedLines(order.id, lines, plan.added).map((line) => ({ ...line, given_for: exchange.returnId }))
  await insertOrderLines(tx, given)
  await creditLines(
    tx,
    order.id,
    exchange.credits.map((one) => ({ ...one, creditedMinor: BigInt(one.creditedMinor) })),
  )
  const totalMinor = given.reduce((sum, line) => sum + line.line_total_minor, 0n)
  const creditMinor = BigInt(exchange.creditMinor)
  const items = given.reduce((sum, line) => sum + line.quantity, 0)
  await creditOrder(tx, order.id, { creditedMinor: creditMinor, addedMinor: totalMinor, items })
  await desk.follow(
    ctx,
    tx,
    order.id,
    given.map(({ id }) => id),
  )
  if (creditMinor > totalMinor) {
    const amountMinor = creditMinor - totalMinor
    await updateReturnRefund(tx, order.id, exchange.returnId, amountMinor)
    await requestRefund(ctx, tx, { orderId: order.id, returnId: exchange.returnId, amountMinor })
  }
  await tell(ctx, tx, order, exchange, given)
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  { returnId, number, siteId, creditMinor }: PlannedExchange,
  given: readonly OrderLineRow[],
): Promise<void> {
  const { channelCode, siteName } = await whereAt(tx, siteId)
  const totalMinor = given.reduce((sum, line) => sum + line.line_total_minor, 0n)
  await publish(tx, ctx, [
    {
      type: 'orders.articles_exchanged',
      version: 1,
      aggregateId: order.id,
      channelCode,
      payload: {
        orderId: order.id,
        returnId,
        number,
        siteId,
        siteName,
        totalMinor: Number(totalMinor),
        vatMinor: Number(
          given.reduce((sum, line) => sum + vatIncludedIn(line.line_total_minor, line.vat_basis_points), 0n),
        ),
        differenceMinor: Number(totalMinor) - creditMinor,
        currency: order.currency,
        gift: false,
        name: given.map((line) => [line.name, line.variant_label].filter(Boolean).join(', ')).join(' · '),
        lines: given.map((line) => ({ lineId: line.id, variantId: line.variant_id, quantity: line.quantity })),
      },
    },
  ])
}

function planOf(wishes: readonly WishRow[], exchange: PlannedExchange): ChangePlan {
  return {
    lowered: [],
    gone: [],
    moved: [],
    address: null,
    delivery: null,
    exchange,
    added: wishes.map((row) => ({
      id: row.promise_id,
      into: null,
      variantId: row.variant_id,
      sku: row.sku,
      name: row.name,
      variantLabel: row.variant_label,
      imageUrl: row.image_url,
      quantity: row.quantity,
      unitMinor: Number(row.unit_price_minor),
      vatBasisPoints: row.vat_basis_points,
      priceRule: row.price_rule,
      placeId: row.place_id,
      poolId: row.pool_id,
      promiseId: row.promise_id,
    })),
    told: wishes.map((row) => ({
      kind: 'line',
      name: [row.name, row.variant_label].filter(Boolean).join(', '),
      from: 0,
      to: row.quantity,
    })),
  }
}
