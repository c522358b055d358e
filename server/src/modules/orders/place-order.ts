import type { PaymentInput, PlacedOrder, PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { createHash } from 'node:crypto'
import { Replay, replayIfAnswered } from '../../kernel/command.ts'
import { requirePermission, requireSite, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney } from '../../kernel/money.ts'
import { readAvailability } from '../inventory/public.ts'
import type { ReadModel, SellingChannel } from '../offers/public.ts'
import type { PaymentProvider } from '../payments/public.ts'
import { draftOrder, type AskedPayment, type DraftOrder } from './draft-order.ts'
import { pricePurchase, type PricedPurchase, type WantedLine } from './price-purchase.ts'
import { sourcePurchase, type LineToSource, type SourcedPurchase } from './source-purchase.ts'
import type { PlacementQueue } from './placement-queue.ts'
import { cartForOrder } from './queries/carts.ts'

export type PlacementDeps = {
  readonly model: ReadModel
  readonly provider: PaymentProvider
  readonly queue: PlacementQueue
}

/** How often another place is tried after the chosen one turned out empty. */
const mostAttempts = 12

/**
 * Buys: validates, prices, asks the payment, takes the stock and writes the order. The money is only authorised here; it is
 * taken once the order exists. When the bank is not certain (a challenge, no answer), the stock is held and the order awaits it.
 *
 * @throws channels.not_found, orders.*, payments.declined, payments.unknown_token, payments.method_not_accepted, access.*
 */
export async function placeOrder(deps: PlacementDeps, ctx: Ctx, body: PlaceOrderBody): Promise<PlacedOrder> {
  const channel = deps.model.channel(body.channel)
  if (!channel) throw refuse('channels.not_found', { code: body.channel })
  authoriseSale(ctx, channel, body)
  const wanted = await wantedLines(ctx, body)
  const priced = pricePurchase(deps.model, channel, body, wanted, ctx.clock.now())
  const amounts = amountsToPay(channel, priced.totalMinor, body.payments)
  // Sourcing comes before the bank is asked: nobody's card is touched for what is plainly sold out.
  const sourced = await source(deps, ctx, body, priced)
  const payments = await askPayments(deps, ctx, amounts, channel)
  try {
    return await take(deps, ctx, body, priced, payments, sourced)
  } catch (error) {
    // A replayed request was authorised under the first one's payment, which stands.
    if (!(error instanceof Replay)) await voidPayments(deps, ctx, payments)
    throw error
  }
}

/** Anyone buys on the web and in an app; other channels are for those who work in them. */
function authoriseSale(ctx: Ctx, channel: SellingChannel, body: PlaceOrderBody): void {
  if (channel.medium === 'web' || channel.medium === 'mobile') return
  if (channel.medium !== 'store') return requirePermission(ctx.actor, 'orders:write')
  requirePermission(ctx.actor, 'till:sell')
  for (const siteId of channel.siteIds) requireSite(ctx.actor, siteId)
  if (body.delivery.method === 'carry_out') requireSite(ctx.actor, body.delivery.siteId)
}

async function wantedLines(ctx: Ctx, body: PlaceOrderBody): Promise<readonly WantedLine[]> {
  if (body.lines) return body.lines
  if (!body.cartId) throw refuse('orders.empty')
  const lines = await cartForOrder(ctx.db, body.cartId)
  if (!lines) {
    await replayIfAnswered(ctx)
    throw refuse('orders.cart_not_found')
  }
  return lines
}

type Amount = { readonly input: PaymentInput; readonly amountMinor: bigint }

/**
 * How much each payment covers: cash and terminal say it, an online card takes what is left.
 * @throws orders.payment_mismatch, payments.method_not_accepted
 */
function amountsToPay(channel: SellingChannel, totalMinor: bigint, inputs: readonly PaymentInput[]): Amount[] {
  let left = totalMinor
  const amounts = inputs.map((input): Amount => {
    const atTill = input.method !== 'online_card'
    if (atTill !== (channel.medium === 'store')) throw refuse('payments.method_not_accepted', { method: input.method })
    const amountMinor = input.method === 'online_card' ? left : BigInt(input.amountMinor)
    left -= amountMinor
    return { input, amountMinor }
  })
  const short = amounts.some(
    ({ input, amountMinor }) =>
      input.method === 'cash' && BigInt(input.tenderedMinor ?? input.amountMinor) < amountMinor,
  )
  const onlineTwice = inputs.filter((input) => input.method === 'online_card').length > 1
  if (left !== 0n || short || onlineTwice) throw refuse('orders.payment_mismatch', { totalMinor: Number(totalMinor) })
  return amounts
}

async function askPayments(
  { provider }: PlacementDeps,
  ctx: Ctx,
  amounts: readonly Amount[],
  channel: SellingChannel,
): Promise<AskedPayment[]> {
  const asked: AskedPayment[] = []
  for (const { input, amountMinor } of amounts) {
    const id = paymentIdOf(ctx)
    if (input.method !== 'online_card') {
      asked.push({ id, input, provider: input.method, state: 'captured', reference: referenceOf(input), amountMinor })
      continue
    }
    if (!provider.accepts(input.token)) throw refuse('payments.unknown_token')
    const answer = await provider.authorise({
      paymentId: id,
      orderId: id,
      amountMinor,
      currency: channel.currency,
      token: input.token,
      returnUrl: input.returnUrl ?? '/',
    })
    if (answer.state === 'declined') throw refuse('payments.declined', { reason: answer.reason })
    asked.push({
      id,
      input,
      provider: provider.name,
      state: answer.state,
      reference:
        answer.state === 'authorised' ? answer.reference : answer.state === 'challenge' ? answer.challengeUrl : null,
      amountMinor,
    })
  }
  return asked
}

/** A request repeated under the same key asks the bank under the same payment, so that it authorises once. */
function paymentIdOf(ctx: Ctx): string {
  if (!ctx.idempotency) return ctx.ids.next()
  const digest = createHash('sha256')
    .update(`${ctx.idempotency.scope} ${ctx.idempotency.key}`)
    .update(ctx.idempotency.requestHash)
    .digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}

function referenceOf(input: PaymentInput): string | null {
  return input.method === 'terminal_card' ? (input.terminalReference ?? null) : null
}

/** Writes the order from the places chosen, or from others as long as stock is found somewhere. */
async function take(
  deps: PlacementDeps,
  ctx: Ctx,
  body: PlaceOrderBody,
  priced: PricedPurchase,
  payments: readonly AskedPayment[],
  chosen: SourcedPurchase,
): Promise<PlacedOrder> {
  for (let attempt = 1, sourced = chosen; ; attempt++, sourced = await source(deps, ctx, body, priced)) {
    const draft = draftOrder(ctx, deps.model, body, priced, sourced, payments)
    const answer = answerOf(draft, body)
    const placement = await deps.queue.place({ ctx, draft, answer, cartId: body.cartId ?? null })
    if (placement.outcome === 'answered') throw placement.with
    if (placement.outcome === 'placed') {
      deps.model.setAvailable(placement.available)
      if (sourced.recorded) deps.model.sourcing().took(sourced.placeIds)
      return answer
    }
    if (placement.outcome === 'full') throw refuse('orders.promise_full', { kind: placement.kind })
    deps.model.setAvailable([placement])
    if (attempt === mostAttempts)
      throw refuse('orders.out_of_stock', { variantId: placement.variantId, available: placement.available })
  }
}

/** Chooses places from the read model; when it knows of none, the database is asked before the buyer is refused. */
async function source(
  deps: PlacementDeps,
  ctx: Ctx,
  body: PlaceOrderBody,
  priced: PricedPurchase,
): Promise<SourcedPurchase> {
  const lines = priced.lines.map(
    ({ sellable: { variantId, unitPriceMinor, vatBasisPoints }, quantity }): LineToSource => ({
      variantId,
      quantity,
      unitPriceMinor,
      vatBasisPoints,
    }),
  )
  const choose = () => sourcePurchase(deps.model, priced.channel, body.delivery, lines, ctx.clock.now())
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

/** What was authorised for an order that was not placed is let go. */
async function voidPayments({ provider }: PlacementDeps, ctx: Ctx, payments: readonly AskedPayment[]): Promise<void> {
  for (const payment of payments) {
    if (payment.input.method !== 'online_card') continue
    await provider
      .void(payment.id)
      .catch((error: unknown) => ctx.log.error({ err: error, payment: payment.id }, 'void failed'))
  }
}

function answerOf(draft: DraftOrder, body: PlaceOrderBody): PlacedOrder {
  const { order, payments } = draft
  const challenge = payments.find((payment) => payment.state === 'challenge')
  const cash = body.payments.find((payment) => payment.method === 'cash')
  return {
    orderId: order.id,
    number: order.number,
    accessToken: order.access_token,
    documentState: order.document_state,
    total: toMoney(order.total_minor, order.currency),
    challengeUrl: challenge?.provider_reference ?? null,
    changeDue:
      cash?.tenderedMinor === undefined ? null : toMoney(BigInt(cash.tenderedMinor - cash.amountMinor), order.currency),
  }
}
