import type { z } from 'zod'
import type { ExchangeSums, exchangeEndpoints } from '@ecluse/contracts/exchanges.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney, vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { whereAt } from '../../channels/public.ts'
import { issueStock, poolIdOf, sourceLines } from '../../inventory/public.ts'
import type { ReadModel, Sellable } from '../../offers/public.ts'
import { insertPayments, publishCaptured, type PaymentRow } from '../../payments/public.ts'
import { takePromises } from '../../promises/public.ts'
import { soldToAll } from '../early-access.ts'
import { creditLines, creditOrder } from '../queries/exchanges.ts'
import { insertOrderLines, type OrderLineRow } from '../queries/orders.ts'
import { shelvesOf } from '../source-purchase.ts'
import { readyToTake, takeBack, type Taken } from './return-articles.ts'
import { returnValueOf, type DecidedLine } from './settle-return.ts'

type PriceInput = z.output<typeof exchangeEndpoints.priceExchange.body>
type Input = z.output<typeof exchangeEndpoints.exchangeArticles.body>
type Made = z.output<typeof exchangeEndpoints.exchangeArticles.response>

type Given = {
  readonly sellable: Sellable
  readonly quantity: number
  readonly unitMinor: bigint
  readonly kept: boolean
}
type Sums = { readonly creditMinor: bigint; readonly totalMinor: bigint; readonly given: readonly Given[] }

/**
 * What an exchange would come to; nothing changes.
 * @throws as `returnArticles`; orders.not_sold
 */
export async function priceExchange(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  orderId: string,
  input: PriceInput,
): Promise<ExchangeSums> {
  const taken = await readyToTake(ctx, tx, model, orderId, input)
  return viewSums(taken, await sumsOf(ctx, tx, model, taken, input.replacements))
}

/**
 * Exchanges articles over the counter, in one transaction: what comes back is settled as any return, the others leave the shop at
 * once as lines of the same order, and only the difference is money. It stays one document, so that whatever comes back later is
 * refunded to the means the order was paid with.
 * @throws as `returnArticles`; orders.not_sold, orders.out_of_stock, orders.price_changed, orders.payment_mismatch,
 *   orders.gift_without_money
 */
export async function exchangeArticles(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  orderId: string,
  input: Input,
): Promise<Made> {
  const taken = await readyToTake(ctx, tx, model, orderId, input)
  const sums = await sumsOf(ctx, tx, model, taken, input.replacements)
  const { creditMinor, totalMinor } = sums
  const differenceMinor = totalMinor - creditMinor
  if (BigInt(input.expectedDifferenceMinor) !== differenceMinor)
    throw refuse('orders.price_changed', { totalMinor: Number(differenceMinor) })
  // Without who paid, nothing goes back to their means: something of the same value is chosen, or more.
  if (input.gift && differenceMinor < 0n) throw refuse('orders.gift_without_money')
  const paidMinor = input.payments.reduce((sum, payment) => sum + BigInt(payment.amountMinor), 0n)
  if (paidMinor !== (differenceMinor > 0n ? differenceMinor : 0n))
    throw refuse('orders.payment_mismatch', { totalMinor: Number(differenceMinor > 0n ? differenceMinor : 0n) })
  const settled = await takeBack(ctx, tx, taken, { exchangedForMinor: totalMinor })
  const lines = await handOver(ctx, tx, model, taken, sums, settled.returnId, input.replacements)
  await creditLines(tx, orderId, creditsOf(taken.decided))
  await creditOrder(tx, orderId, {
    creditedMinor: creditMinor,
    addedMinor: totalMinor,
    items: lines.reduce((sum, line) => sum + line.quantity, 0),
  })
  await tell(ctx, tx, taken, { ...settled, creditMinor, totalMinor, lines, gift: input.gift })
  await takeMoney(ctx, tx, taken, input)
  const { returnId, number, refundState } = settled
  return { ...viewSums(taken, sums), returnId, number, refundState }
}

/** What is given, at its price: what was paid for the same product, or else what it costs here now. */
async function sumsOf(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  { lines, decided, siteId }: Taken,
  replacements: PriceInput['replacements'],
): Promise<Sums> {
  const { channelCode } = await whereAt(tx, siteId)
  const now = ctx.clock.now()
  const productOf = (variantId: string) =>
    channelCode === null ? undefined : model.sellable(channelCode, variantId, now)?.productId
  const paidFor = new Map(decided.map(({ line }) => [productOf(line.variant_id), line.unit_price_minor]))
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of replacements)
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  const given = [...quantities].map(([variantId, quantity]): Given => {
    if (channelCode === null) throw refuse('orders.not_sold', { variantId })
    const sellable = soldToAll(model, channelCode, variantId, now)
    const paid = paidFor.get(sellable.productId)
    return { sellable, quantity, unitMinor: paid ?? sellable.unitPriceMinor, kept: paid !== undefined }
  })
  // The carriage stays paid: the order goes on.
  const { lineMinor } = returnValueOf(lines, decided)
  const totalMinor = given.reduce((sum, { unitMinor, quantity }) => sum + unitMinor * BigInt(quantity), 0n)
  return { creditMinor: lineMinor, totalMinor, given }
}

/** The articles leave the shop: promised, fulfilled and moved in one go, as lines of the order. */
async function handOver(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  { order, lines, siteId }: Taken,
  { given }: Sums,
  returnId: string,
  replacements: Input['replacements'],
): Promise<OrderLineRow[]> {
  const shelves = shelvesOf(model, siteId)
  const asked = given.map(({ sellable, quantity }) => ({ variantId: sellable.variantId, quantity }))
  const sourced = sourceLines(asked, shelves, (variantId, placeId) => model.available(variantId, placeId))
  const first = Math.max(-1, ...lines.map(({ position }) => position)) + 1
  const rows = given.map((one, index): OrderLineRow => {
    // The read model may be a second late: the guarded take has the last word, on the shop's first shelf.
    const placeId = 'placeIds' in sourced ? sourced.placeIds[index] : shelves[0]?.id
    assert(placeId !== undefined, 'a shop has a shelf')
    return lineOf(ctx, order.id, order.locale, one, { placeId, position: first + index, returnId })
  })
  const { refusals } = await takePromises(ctx, tx, [
    {
      referenceId: order.id,
      as: 'committed',
      expiresAt: null,
      lines: rows.map((row) => ({ promiseId: row.promise_id, poolId: row.pool_id, quantity: BigInt(row.quantity) })),
    },
  ])
  const short = refusals[0]
  if (short) {
    const variantId = rows.find(({ pool_id: poolId }) => poolId === short.poolId)?.variant_id ?? ''
    throw refuse('orders.out_of_stock', { variantId, available: Number(short.available) })
  }
  await insertOrderLines(tx, rows)
  await issueStock(
    ctx,
    tx,
    rows.map((row) => ({
      poolId: row.pool_id,
      promiseId: row.promise_id,
      variantId: row.variant_id,
      placeId: row.place_id,
      quantity: row.quantity,
      orderId: order.id,
      orderNumber: order.number,
      lineId: row.id,
      lots: replacements.flatMap(({ variantId, lots = [] }) => (variantId === row.variant_id ? lots : [])),
    })),
  )
  return rows
}

function lineOf(
  ctx: Ctx,
  orderId: string,
  locale: Locale,
  { sellable, quantity, unitMinor, kept }: Given,
  at: { placeId: string; position: number; returnId: string },
): OrderLineRow {
  const totalMinor = unitMinor * BigInt(quantity)
  return {
    order_id: orderId,
    id: ctx.ids.next(),
    position: at.position,
    variant_id: sellable.variantId,
    sku: sellable.sku,
    name: sellable.name[locale] || sellable.name.fr,
    variant_label: sellable.label[locale],
    image_url: sellable.imageUrl,
    quantity,
    unit_price_minor: unitMinor,
    line_total_minor: totalMinor,
    vat_basis_points: sellable.vatBasisPoints,
    vat_minor: vatIncludedIn(totalMinor, sellable.vatBasisPoints),
    price_rule: kept ? 'exchange' : sellable.priceRule,
    place_id: at.placeId,
    pool_id: poolIdOf(sellable.variantId, at.placeId),
    promise_id: ctx.ids.next(),
    fulfilled_quantity: quantity,
    returned_quantity: 0,
    exception: null,
    given_for: at.returnId,
  }
}

/** What each line that came back is credited with. */
export function creditsOf(decided: readonly DecidedLine[]) {
  const credits = new Map<string, { quantity: number; creditedMinor: bigint }>()
  for (const { line, quantity, deductionMinor } of decided) {
    const before = credits.get(line.id) ?? { quantity: 0, creditedMinor: 0n }
    credits.set(line.id, {
      quantity: before.quantity + quantity,
      creditedMinor: before.creditedMinor + line.unit_price_minor * BigInt(quantity) - deductionMinor,
    })
  }
  return [...credits].map(([lineId, credit]) => ({ lineId, ...credit }))
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  { order, siteId }: Taken,
  exchange: {
    returnId: string
    number: string
    creditMinor: bigint
    totalMinor: bigint
    lines: readonly OrderLineRow[]
    gift: boolean
  },
): Promise<void> {
  const { channelCode, siteName } = await whereAt(tx, siteId)
  const { returnId, number, creditMinor, totalMinor, lines, gift } = exchange
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
        vatMinor: Number(lines.reduce((sum, line) => sum + line.vat_minor, 0n)),
        differenceMinor: Number(totalMinor - creditMinor),
        currency: order.currency,
        gift,
        name: lines.map((line) => [line.name, line.variant_label].filter(Boolean).join(', ')).join(' · '),
        lines: lines.map((line) => ({ lineId: line.id, variantId: line.variant_id, quantity: line.quantity })),
      },
    },
  ])
}

async function takeMoney(ctx: Ctx, tx: Tx, { order, siteId }: Taken, { payments }: Input): Promise<void> {
  if (payments.length === 0) return
  const now = ctx.clock.now()
  const { channelCode } = await whereAt(tx, siteId)
  const rows = payments.map((payment): PaymentRow => ({
    order_id: order.id,
    id: ctx.ids.next(),
    method: payment.method,
    provider: payment.method,
    provider_reference: payment.terminalReference ?? null,
    state: 'captured',
    amount_minor: BigInt(payment.amountMinor),
    currency: order.currency,
    attempts: 1,
    created_at: now,
    settled_at: now,
  }))
  await insertPayments(tx, rows)
  await publishCaptured(
    ctx,
    tx,
    rows.map((row) => ({ ...row, channelCode })),
  )
}

function viewSums({ order }: Taken, { creditMinor, totalMinor, given }: Sums): ExchangeSums {
  const money = (minor: bigint) => toMoney(minor, order.currency)
  return {
    credit: money(creditMinor),
    lines: given.map(({ sellable, quantity, unitMinor, kept }) => ({
      variantId: sellable.variantId,
      sku: sellable.sku,
      name: sellable.name[order.locale] || sellable.name.fr,
      variantLabel: sellable.label[order.locale],
      imageUrl: sellable.imageUrl,
      quantity,
      unitPrice: money(unitMinor),
      lineTotal: money(unitMinor * BigInt(quantity)),
      priceKept: kept,
    })),
    total: money(totalMinor),
    difference: money(totalMinor - creditMinor),
  }
}
