import type { HourKind } from '@ecluse/contracts/kept-hours.ts'
import type { PaymentInput } from '@ecluse/contracts/order-payments.ts'
import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import { poolIdOf } from '../inventory/public.ts'
import type { Kept } from '../promises/public.ts'
import type { ReadModel, Sellable, SellingChannel } from '../offers/public.ts'
import type { PaymentRow } from '../payments/public.ts'
import { orderNumberOf } from './domain/order-number.ts'
import type { PricedPurchase } from './price-purchase.ts'
import { letGoAt, promiseDates } from './promise-dates.ts'
import type { OrderAppointmentRow } from './queries/appointments.ts'
import type { ConsentRow } from './queries/downloads.ts'
import type { GiftRow } from './queries/gifts.ts'
import type { CompanyOrderRow } from './queries/company-orders.ts'
import type { OrderGroupRow } from './queries/order-groups.ts'
import type { OrderPromiseRow } from './queries/order-promises.ts'
import type { OrderLineRow, OrderRow } from './queries/orders.ts'
import type { SourcedPurchase } from './source-purchase.ts'

/** How long unpaid stock is kept for its buyer. */
const holdMs = 15 * 60_000

/** A hold of the cart an order comes from. */
export type CartHold = {
  readonly variantId: string
  readonly poolId: string
  readonly placeId: string
  readonly promiseId: string
  readonly quantity: bigint
}

/** An hour kept for the document an order comes from: one of the promises it is made of. */
export type HourHold = { readonly poolId: string; readonly promiseId: string; readonly kind: HourKind }

/** What an order takes over from the document it continues: a cart another channel opened, goods put aside, a quote. */
export type Continued = {
  readonly cartId: string
  readonly originChannelCode: string | null
  readonly quote: { readonly number: string; readonly revision: number } | null
  /** Holds that become the order's own promises: these lines take nothing anew. */
  readonly used: readonly CartHold[]
  /** Holds that do not serve this delivery. */
  readonly released: readonly CartHold[]
  /** The same of hours that were kept. */
  readonly hours: { readonly used: readonly HourHold[]; readonly released: readonly HourHold[] }
}

/** An order ready to be written: only the stock is still to be taken. */
export type DraftOrder = {
  readonly order: OrderRow
  readonly lines: readonly OrderLineRow[]
  /** What the channel leaves to others, by pool of its lines; null for most orders. */
  readonly kept: ReadonlyMap<string, Kept> | null
  /** Units beyond what is there that may be promised, by pool of its lines; undefined for most orders. */
  readonly ahead?: ReadonlyMap<string, bigint>
  /** What is promised beside the goods. */
  readonly promises: readonly OrderPromiseRow[]
  /** Null for an ordinary purchase. */
  readonly continued: Continued | null
  readonly payments: readonly PaymentRow[]
  /** How its parts reach their buyer; undefined for most orders, which go one way. */
  readonly groups?: readonly OrderGroupRow[]
  /** The company it is for; undefined for most orders. */
  readonly company?: CompanyOrderRow
  /** What its buyer agreed to so that files are given at once; undefined for most orders. */
  readonly consent?: ConsentRow
  /** Set when it is given to somebody; undefined for most orders. */
  readonly gift?: GiftRow
  /** The appointment it is bought with; undefined for most orders. */
  readonly appointment?: OrderAppointmentRow
  /** Lots its buyer carries away, as they were scanned; undefined for most orders. */
  readonly lots?: PlaceOrderBody['lots']
  readonly channelCode: string
  readonly vatMinor: bigint
}

/** The outcome of the payments asked before the order is written. */
export type AskedPayment = {
  readonly id: string
  readonly input: PaymentInput | { readonly method: 'on_account' }
  readonly provider: string
  readonly state: PaymentRow['state']
  readonly reference: string | null
  readonly amountMinor: bigint
}

/** Puts priced lines, chosen places and asked payments together into the rows of an order. */
export function draftOrder(
  ctx: Ctx,
  model: ReadModel,
  body: PlaceOrderBody,
  priced: PricedPurchase,
  { placeIds, recorded }: SourcedPurchase,
  payments: readonly AskedPayment[],
  continued: Continued | null = null,
): DraftOrder {
  const now = ctx.clock.now()
  const orderId = ctx.ids.next()
  const { delivery, contact } = body
  const siteId = 'siteId' in delivery ? delivery.siteId : null
  const settled = payments.every((payment) => payment.state !== 'pending' && payment.state !== 'challenge')
  const dates = promiseDates(model, priced.terms, delivery, letGoAt(model, placeIds, now))
  const { channel } = priced
  return {
    kept: channel.buffers ? keptFrom(model, channel, priced, placeIds) : null,
    channelCode: priced.channel.code,
    vatMinor: priced.lines.reduce((sum, line) => sum + line.vatMinor, priced.feeVatMinor),
    order: {
      id: orderId,
      number: orderNumberOf(orderId),
      channel_id: priced.channel.id,
      party_id: null,
      account_id: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
      access_token: ctx.ids.secret(),
      document_state: settled ? 'confirmed' : 'awaiting_payment',
      locale: body.locale,
      contact_name: contact?.name ?? null,
      contact_email: contact?.email ?? null,
      contact_phone: contact?.phone ?? null,
      delivery_method: delivery.method,
      site_id: siteId,
      address: delivery.method === 'delivery' ? delivery.address : null,
      pickup_code: delivery.method === 'pickup' ? ctx.ids.code(6) : null,
      promised_at: dates.promisedAt,
      latest_at: dates.latestAt,
      currency: priced.channel.currency,
      subtotal_minor: priced.subtotalMinor,
      delivery_fee_minor: priced.feeMinor,
      delivery_vat_basis_points: priced.feeVatBasisPoints,
      total_minor: priced.totalMinor,
      item_count: priced.itemCount,
      expires_at: settled ? null : new Date(now.getTime() + holdMs),
      prepared_at: null,
      cancel_reason: null,
      // Who buys without an account is known by the name they gave.
      actor: actorLabel(ctx.actor) ?? contact?.name ?? null,
      placed_at: now,
      sourcing: recorded,
      substitutions: body.substitutions,
    },
    lines: priced.lines.map((line, index) =>
      draftLine(ctx, orderId, body.locale, delivery.method, line, index, placeIds[index] ?? '', continued),
    ),
    promises: [],
    continued,
    gift: body.gift && { order_id: orderId, message: body.gift.message },
    lots: body.lots,
    payments: payments.map((payment) => paymentRowOf(payment, orderId, priced.channel.currency, now)),
  }
}

function paymentRowOf(payment: AskedPayment, orderId: string, currency: string, now: Date): PaymentRow {
  return {
    order_id: orderId,
    id: payment.id,
    method: payment.input.method,
    provider: payment.provider,
    provider_reference: payment.reference,
    state: payment.state,
    amount_minor: payment.amountMinor,
    currency,
    attempts: 1,
    created_at: now,
    settled_at: payment.state === 'captured' ? now : null,
  }
}

/** What the channel leaves to others of what is bought. */
function keptFrom(
  model: ReadModel,
  channel: SellingChannel,
  { lines }: PricedPurchase,
  placeIds: readonly string[],
): Map<string, Kept> | null {
  const kept = lines.flatMap(({ sellable: { variantId } }, index) => {
    const term = keptOf(model, channel, variantId)
    return term ? [[poolIdOf(variantId, placeIds[index] ?? ''), term] as const] : []
  })
  return kept.length > 0 ? new Map(kept) : null
}

/** What a channel leaves to others of an article at each place, as the promise engine is told. */
export function keptOf(model: ReadModel, channel: SellingChannel, variantId: string): Kept | undefined {
  const rule = channel.buffers && model.bufferOf(channel, variantId)
  return rule ? { units: BigInt(rule.units), shareBasisPoints: rule.shareBasisPoints } : undefined
}

function draftLine(
  ctx: Ctx,
  orderId: string,
  locale: Locale,
  method: PlaceOrderBody['delivery']['method'],
  { sellable, quantity, lineTotalMinor, vatMinor }: PricedPurchase['lines'][number],
  position: number,
  placeId: string,
  continued: Continued | null,
): OrderLineRow {
  const hold = continued?.used.find((used) => used.variantId === sellable.variantId)
  return {
    order_id: orderId,
    id: ctx.ids.next(),
    position,
    variant_id: sellable.variantId,
    sku: sellable.sku,
    name: sellable.name[locale] || sellable.name.fr,
    variant_label: sellable.label[locale],
    image_url: sellable.imageUrl,
    quantity,
    unit_price_minor: sellable.unitPriceMinor,
    line_total_minor: lineTotalMinor,
    vat_basis_points: sellable.vatBasisPoints,
    vat_minor: vatMinor,
    price_rule: sellable.priceRule,
    place_id: placeId,
    pool_id: hold?.poolId ?? poolIdOf(sellable.variantId, placeId),
    promise_id: hold?.promiseId ?? ctx.ids.next(),
    // What is carried out of a shop is handed over in the same moment.
    fulfilled_quantity: method === 'carry_out' ? quantity : 0,
    returned_quantity: 0,
    exception: null,
    ...regularOf(sellable),
    ...(sellable.withdrawalException ? { withdrawal_exception: sellable.withdrawalException } : {}),
  }
}

/** What a unit would have been asked for, where something was taken off. */
function regularOf({ compareAtMinor, unitPriceMinor }: Sellable): Pick<OrderLineRow, 'regular_minor'> {
  return compareAtMinor !== null && compareAtMinor > unitPriceMinor ? { regular_minor: compareAtMinor } : {}
}
