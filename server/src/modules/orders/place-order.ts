import type { DeliveryFavour } from '@ecluse/contracts/carts.ts'
import type { PlacedOrder, PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { Replay, replayIfAnswered } from '../../kernel/command.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import { refuse, type Refusal } from '../../kernel/errors.ts'
import { readAvailability } from '../inventory/public.ts'
import type { ReadModel, SellingChannel } from '../offers/public.ts'
import type { PaymentProvider } from '../payments/public.ts'
import { draftOrder, type AskedPayment, type Continued, type DraftOrder } from './draft-order.ts'
import { pricePurchase, type PricedPurchase, type WantedLine } from './price-purchase.ts'
import type { LineToSource, SourcedPurchase } from './source-purchase.ts'
import { sourceNowOrAhead, withAhead } from './advance/draft-ahead.ts'
import { requireTold } from './advance/source-ahead.ts'
import type { CompanySale } from './companies/company-sale.ts'
import type { ChoosePlaces, DownloadSale } from './downloads/download-sale.ts'
import { driveOf, inParts } from './groups/in-parts.ts'
import type { MixedSale } from './groups/mixed-sale.ts'
import { sellInSlot, type SlotDesk } from './sell-in-slot.ts'
import { sellInWindow, type WindowSale } from './sell-in-window.ts'
import { sellWithAppointment, type AppointmentDesk, type AppointmentSale } from './sell-with-appointment.ts'
import type { WindowDesk } from './window-desk.ts'
import type { PlacementQueue } from './placement-queue.ts'
import { readVouchers } from './means-of-payment.ts'
import { amountsToPay, askPayments, voidPayments } from './ask-payments.ts'
import { authoriseChannel } from './authorise-channel.ts'
import { requireOpen } from './early-access.ts'
import { answerOf } from './answer-buyer.ts'
import { keptFor, withAgreedHours } from './hours/asked-hours.ts'
import { favoured, type Buyer, type FavourDesk, type GivenDelivery } from './favours.ts'
import { continuedOf, keptTermsOf, requireOpenQuote } from './continue-document.ts'
import type { Placement } from './place-orders.ts'
import { cartForOrder, type CartForOrder } from './queries/carts.ts'

export type PlacementDeps = {
  readonly model: ReadModel
  readonly provider: PaymentProvider
  readonly queue: PlacementQueue
  readonly windows: WindowDesk
  readonly slots: SlotDesk
  readonly appointments: AppointmentDesk
  readonly favours: FavourDesk
}

/** The same for one purchase: what is different about it when it is delivered in a window, or bought for a company. */
type Placing = PlacementDeps & {
  /** The cart it comes from, as it was read first. */
  readonly cart: CartForOrder | null
  readonly sale?: WindowSale | undefined
  /** Times of drives for parts of it, by shop. */
  readonly drives?: ReadonlyMap<string, WindowSale>
  readonly mixed?: MixedSale
  readonly company?: CompanySale | undefined
  readonly downloads?: DownloadSale
  readonly appointment?: AppointmentSale
}

/** How often another place is tried after the chosen one turned out empty. */
const mostAttempts = 12

/**
 * Buys: validates, prices, asks the payment, takes the stock and writes the order. The money is only authorised here; it is
 * taken once the order exists. When the bank is not certain (a challenge, no answer), the stock is held and the order awaits it.
 *
 * @throws channels.not_found, orders.*, loyalty.card_unknown, customers.not_found, payments.declined, payments.unknown_token, payments.method_not_accepted, access.*
 */
export async function placeOrder(
  deps: PlacementDeps,
  ctx: Ctx,
  asked: PlaceOrderBody,
  company?: CompanySale,
): Promise<PlacedOrder> {
  const cart = asked.lines || !asked.cartId ? null : await cartOf(ctx, asked.cartId)
  // What was agreed upon in a quote, or waited for approval, has its hours: whoever pays need not say them.
  return placeIn({ ...deps, company, cart }, ctx, cart ? withAgreedHours(asked, cart.hours) : asked)
}

/** Sells the part that is handed into a car in its slot, when there is one. */
async function placeIn(selling: Placing, ctx: Ctx, asked: PlaceOrderBody): Promise<PlacedOrder> {
  const drive = asked.pickups && driveOf(asked)
  if (drive) {
    const { siteId, slotId } = drive
    return sellInSlot(selling.slots, ctx, { method: 'pickup', siteId, slotId }, (sale) =>
      placeMain({ ...selling, drives: new Map([[siteId, sale]]) }, ctx, asked),
    )
  }
  return placeMain(selling, ctx, asked)
}

/** Sells at the time its main way is promised at, when it is promised at one. */
async function placeMain(placing: Placing, ctx: Ctx, asked: PlaceOrderBody): Promise<PlacedOrder> {
  const { delivery } = asked
  const hours = placing.cart?.hours ?? []
  if (delivery.method === 'pickup' && delivery.slotId !== undefined) {
    const chosen = { ...delivery, slotId: delivery.slotId }
    const kept = keptFor(hours, 'bay', asked)
    return sellInSlot(placing.slots, ctx, chosen, (sale) => buy({ ...placing, sale }, ctx, asked), kept)
  }
  if (delivery.method !== 'delivery' || delivery.windowId === undefined) return buy(placing, ctx, asked)
  const chosen = { ...delivery, windowId: delivery.windowId }
  const kept = keptFor(hours, 'window', asked)
  return sellInWindow(placing.windows, ctx, chosen, (sale) => buy({ ...placing, sale }, ctx, asked), kept)
}

async function buy(given: Placing, ctx: Ctx, asked: PlaceOrderBody): Promise<PlacedOrder> {
  const selling = given.model.channel(asked.channel)
  if (!selling) throw refuse('channels.not_found', { code: asked.channel })
  const buyer: Buyer = { cardNumber: asked.cardNumber, customerId: asked.customerId }
  // A company is delivered as agreed with it. Whoever is not favoured is answered without waiting.
  const asking = given.company || asked.delivery.method !== 'delivery' ? null : given.favours.freeDelivery(ctx, buyer)
  const favour = asking ? await asking : null
  const channel = favoured(selling, favour)
  if (!given.company) authoriseChannel(ctx, channel)
  if (channel.medium === 'store' && asked.delivery.method === 'carry_out') requireSite(ctx.actor, asked.delivery.siteId)
  const { placing, bought } = inParts(ctx, given, boughtOf(given.cart, asked))
  const { body } = bought
  if (bought.cart) requireOpenQuote(ctx, channel, bought.cart, placing.company)
  // What was agreed upon in a quote goes the way it was agreed upon; its files are a part of their own.
  if (placing.mixed && body.pickups && bought.cart?.quote) throw refuse('orders.quote_fixed')
  const usual = favour && price(placing, ctx, selling, { ...bought, body: { ...body, expectedTotalMinor: undefined } })
  const priced = price(placing, ctx, channel, bought)
  const early = requireOpen(given.favours, ctx, priced.lines, buyer)
  if (early) await early
  const appointment = body.appointment
    ? await sellWithAppointment(
        placing.appointments,
        placing.model,
        ctx,
        body,
        priced,
        keptFor(bought.cart?.hours ?? [], 'appointment', body),
      )
    : undefined
  const deps: Placing = appointment ? { ...placing, appointment } : placing
  const means = deps.company?.payments ?? body.payments
  const withVouchers = means.some(({ method }) => method === 'voucher')
  const amounts = amountsToPay(channel, priced.totalMinor, withVouchers ? await readVouchers(ctx, means) : means)
  // Sourcing comes before the bank is asked: nobody's card is touched for what is plainly sold out.
  const sourced = await source(deps, ctx, body, priced, bought.cart)
  if (deps.sale || deps.mixed) await (deps.sale ?? deps.mixed)?.reserve(priced)
  const payments = await askPayments(deps, ctx, amounts, channel)
  try {
    // What was agreed upon in a quote was not given.
    const given = favour && !bought.cart?.fee ? spared(favour, usual, priced) : null
    return await take(deps, ctx, { ...bought, priced, sourced, given }, payments)
  } catch (error) {
    // A replayed request was authorised under the first one's payment, which stands.
    if (!(error instanceof Replay)) await voidPayments(deps, ctx, payments)
    throw error
  }
}

/** What a favour spares, beside what everybody else would pay for the same. */
const spared = (favour: DeliveryFavour, usual: PricedPurchase | null, { feeMinor }: PricedPurchase): GivenDelivery => ({
  ...favour,
  sparedMinor: Math.max(0, Number((usual?.feeMinor ?? feeMinor) - feeMinor)),
})

/** What is bought: lines, and the cart they lie in when they do. */
type Bought = {
  readonly lines: readonly WantedLine[]
  readonly cart: CartForOrder | null
  readonly body: PlaceOrderBody
}

async function cartOf(ctx: Ctx, cartId: string): Promise<CartForOrder> {
  const cart = await cartForOrder(ctx.db, cartId)
  if (cart) return cart
  await replayIfAnswered(ctx)
  throw refuse('orders.cart_not_found')
}

function boughtOf(cart: CartForOrder | null, body: PlaceOrderBody): Bought {
  if (body.lines) return { lines: body.lines, cart: null, body }
  if (!cart) throw refuse('orders.empty')
  // Whoever pays a quote at a till need not be asked again who it is for.
  const contact = body.contact ?? cart.quote?.contact ?? null
  return { lines: cart.lines, cart, body: contact === body.contact ? body : { ...body, contact } }
}

function price(
  { model, sale, company, mixed }: Placing,
  ctx: Ctx,
  channel: SellingChannel,
  { lines, cart, body }: Bought,
): PricedPurchase {
  const now = ctx.clock.now()
  const kept = cart ? keptTermsOf(cart, now) : undefined
  const agreed = sale ? sale.terms(kept) : kept
  const terms = company ? company.terms(agreed) : agreed
  if (!mixed) return pricePurchase(model, channel, body, lines, now, terms)
  const whole = pricePurchase(model, channel, { ...body, expectedTotalMinor: undefined }, lines, now, terms)
  return pricePurchase(model, channel, body, lines, now, mixed.terms(whole, terms))
}

/** Places for all lines: those the cart keeps its goods in, and others for the rest. */
type Sourced = SourcedPurchase & { readonly continued: Continued | null }

/** Writes the order from the places chosen, or from others as long as stock is found somewhere. */
async function take(
  deps: Placing,
  ctx: Ctx,
  bought: Bought & {
    readonly priced: PricedPurchase
    readonly sourced: Sourced
    readonly given: GivenDelivery | null
  },
  payments: readonly AskedPayment[],
): Promise<PlacedOrder> {
  let { cart, priced, sourced } = bought
  const { body, given } = bought
  for (let attempt = 1; ; attempt++) {
    const whole = withFavour(draftOrder(ctx, deps.model, body, priced, sourced, payments, sourced.continued), given)
    const drawn = withAhead(whole, sourced.ahead, deps.model, priced)
    const sold = deps.sale ? deps.sale.promised(drawn) : drawn
    const split = deps.mixed ? deps.mixed.completed(sold, priced) : sold
    const filed = deps.downloads ? deps.downloads.completed(split) : split
    const served = deps.appointment ? deps.appointment.completed(filed) : filed
    const draft = deps.company ? deps.company.completed(served) : served
    const answer = answerOf(draft, body)
    const placement = await deps.queue.place({ ctx, draft, answer, cart })
    if (placement.outcome === 'answered') throw placement.with
    if (placement.outcome === 'placed') {
      deps.model.setAvailable(placement.available)
      if (sourced.recorded) deps.model.sourcing().took(sourced.placeIds)
      return answer
    }
    if (placement.outcome === 'full') {
      // Somebody else may be free at that hour.
      if (placement.kind === 'appointment' && deps.appointment?.another()) continue
      throw refuse('orders.promise_full', { kind: placement.kind })
    }
    if (placement.outcome === 'short') deps.model.setAvailable([placement])
    if (attempt === mostAttempts) throw refusalOf(placement)
    if (placement.outcome === 'stale') {
      const again = boughtOf(cart && (await cartOf(ctx, cart.id)), body)
      if (again.cart) {
        requireOpenQuote(ctx, priced.channel, again.cart, deps.company)
        // An hour that was agreed upon and is not kept any more is for the buyer to look at.
        if (!sameHours(cart, again.cart)) throw refuse('orders.cart_changed')
      }
      cart = again.cart
      const before = priced.totalMinor
      priced = price(deps, ctx, priced.channel, again)
      // The money was asked for what was seen: other terms are for the buyer to look at.
      if (priced.totalMinor !== before) throw refuse('orders.cart_changed')
    }
    sourced = await source(deps, ctx, body, priced, cart)
  }
}

function sameHours(before: CartForOrder | null, { hours }: CartForOrder): boolean {
  const idsOf = (some: CartForOrder['hours']) =>
    some
      .flatMap(({ promiseIds }) => promiseIds)
      .toSorted()
      .join()
  return idsOf(before?.hours ?? []) === idsOf(hours)
}

/** Writes down what its buyer was given. */
const withFavour = (draft: DraftOrder, given: GivenDelivery | null): DraftOrder =>
  given ? { ...draft, order: { ...draft.order, delivery_favour: given } } : draft

function refusalOf(placement: Extract<Placement, { outcome: 'short' | 'stale' }>): Refusal {
  if (placement.outcome === 'stale') return refuse('orders.cart_changed')
  return refuse('orders.out_of_stock', { variantId: placement.variantId, available: placement.forBuyer })
}

/** Chooses places from the read model; when it knows of none, the database is asked before the buyer is refused. */
async function source(
  deps: Placing,
  ctx: Ctx,
  body: PlaceOrderBody,
  priced: PricedPurchase,
  cart: CartForOrder | null,
): Promise<Sourced> {
  const continued = cart ? continuedOf(deps.model, cart, body) : null
  const lines = priced.lines.map(
    ({ sellable: { variantId, unitPriceMinor, vatBasisPoints }, quantity }): LineToSource => ({
      variantId,
      quantity,
      unitPriceMinor,
      vatBasisPoints,
    }),
  )
  if (deps.mixed) {
    const places = await sourceOpen(deps, ctx, body, priced.channel, lines)
    // Each part goes its own way: what was put aside for one way is given up, and taken where it is needed, at once.
    const freed = continued && { ...continued, used: [], released: [...continued.used, ...continued.released] }
    return { ...places, continued: freed }
  }
  if (continued && continued.used.length > 0) {
    const keptAt = new Map(continued.used.map((hold) => [hold.variantId, hold.placeId]))
    const open = lines.filter(({ variantId }) => !keptAt.has(variantId))
    const chosen = open.length === 0 ? undefined : await sourceOpen(deps, ctx, body, priced.channel, open)
    const others = chosen?.placeIds ?? []
    const placeOf = new Map([
      ...keptAt,
      ...open.map(({ variantId }, index) => [variantId, others[index] ?? ''] as const),
    ])
    const placeIds = lines.map(({ variantId }) => placeOf.get(variantId) ?? '')
    return { placeIds, recorded: null, ahead: chosen?.ahead, continued }
  }
  return { ...(await sourceOpen(deps, ctx, body, priced.channel, lines)), continued }
}

/** Places, and days no later than its buyer was told. @throws orders.out_of_stock, orders.ships_later, orders.goods_come_later */
async function sourceOpen(
  deps: Placing,
  ctx: Ctx,
  body: PlaceOrderBody,
  channel: SellingChannel,
  lines: readonly LineToSource[],
): Promise<SourcedPurchase> {
  const chooseFor: ChoosePlaces = (way, some) => sourceNowOrAhead(deps.model, channel, way, some, ctx.clock.now())
  const choose = (): SourcedPurchase => {
    const sourced = deps.sale
      ? deps.sale.source(deps.model, channel, lines)
      : deps.mixed
        ? deps.mixed.source(deps.model, channel, lines, ctx.clock.now())
        : (deps.downloads?.atTill?.(chooseFor, lines) ?? chooseFor(body.delivery, lines))
    requireTold(sourced.ahead, body.shipsBy)
    return sourced
  }
  try {
    return choose()
  } catch {
    deps.model.setAvailable(
      await readAvailability(
        ctx.db,
        lines.map((line) => line.variantId),
      ),
    )
    return choose()
  }
}
