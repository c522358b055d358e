import type { PaymentInput } from '@ecluse/contracts/order-payments.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import type { SellingChannel } from '../offers/public.ts'
import { giveBackHold, takeFromVoucher, type PaymentProvider } from '../payments/public.ts'
import type { AskedPayment } from './draft-order.ts'
import { paymentIdOf } from './means-of-payment.ts'

type Desk = { readonly provider: PaymentProvider }
type Amount = { readonly input: AskedPayment['input']; readonly amountMinor: bigint }

/**
 * How much each payment covers: cash and terminal say it, an online card takes what is left.
 * @throws orders.payment_mismatch, payments.method_not_accepted
 */
export function amountsToPay(
  channel: SellingChannel,
  totalMinor: bigint,
  inputs: readonly AskedPayment['input'][],
): Amount[] {
  let left = totalMinor
  const amounts = inputs.map((input): Amount => {
    // Only a company's purchase is given this by us; nobody can ask for it.
    if (input.method === 'on_account') {
      left = 0n
      return { input, amountMinor: totalMinor }
    }
    const atTill = input.method !== 'online_card'
    // A voucher is good everywhere.
    if (input.method !== 'voucher' && atTill !== (channel.medium === 'store'))
      throw refuse('payments.method_not_accepted', { method: input.method })
    const amountMinor = amountOf(input, left)
    left -= amountMinor
    return { input, amountMinor }
  })
  const short = amounts.some(
    ({ input, amountMinor }) =>
      input.method === 'cash' && BigInt(input.tenderedMinor ?? input.amountMinor) < amountMinor,
  )
  const onlineTwice = inputs.filter((input) => input.method === 'online_card').length > 1
  if (left !== 0n || short || onlineTwice) throw refuse('orders.payment_mismatch', { totalMinor: Number(totalMinor) })
  // What a voucher covers whole asks for nothing else.
  return inputs.some(({ method }) => method === 'voucher') ? amounts.filter((one) => one.amountMinor > 0n) : amounts
}

function amountOf(input: PaymentInput, left: bigint): bigint {
  if (input.method === 'online_card') return left
  const asked = BigInt(input.amountMinor ?? 0)
  return input.method === 'voucher' && asked > left ? left : asked
}

/**
 * Asks each means of payment for its part.
 * @throws payments.declined, payments.unknown_token, and what a voucher refuses
 */
export async function askPayments(
  deps: Desk,
  ctx: Ctx,
  amounts: readonly Amount[],
  channel: SellingChannel,
): Promise<AskedPayment[]> {
  const asked: AskedPayment[] = []
  try {
    await askEach(deps, ctx, amounts, channel, asked)
  } catch (error) {
    // Of several means, those that agreed are let go when one refuses.
    await voidPayments(deps, ctx, asked)
    throw error
  }
  return asked
}

async function askEach(
  { provider }: Desk,
  ctx: Ctx,
  amounts: readonly Amount[],
  channel: SellingChannel,
  asked: AskedPayment[],
): Promise<void> {
  for (const [index, { input, amountMinor }] of amounts.entries()) {
    const id = paymentIdOf(ctx, index)
    if (input.method === 'voucher') {
      const reference = await takeFromVoucher(ctx, { code: input.code, amountMinor, paymentId: id })
      asked.push({ id, input, provider: 'voucher', state: 'captured', reference, amountMinor })
      continue
    }
    if (input.method !== 'online_card') {
      const state = input.method === 'on_account' ? ('due' as const) : ('captured' as const)
      asked.push({ id, input, provider: input.method, state, reference: referenceOf(input), amountMinor })
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
}

function referenceOf(input: AskedPayment['input']): string | null {
  return input.method === 'terminal_card' ? (input.terminalReference ?? null) : null
}

/** What was authorised for an order that was not placed is let go. */
export async function voidPayments({ provider }: Desk, ctx: Ctx, payments: readonly AskedPayment[]): Promise<void> {
  for (const payment of payments) {
    const { method } = payment.input
    if (method !== 'online_card' && method !== 'voucher') continue
    await (method === 'voucher' ? giveBackHold(ctx, payment.id) : provider.void(payment.id)).catch((error: unknown) =>
      ctx.log.error({ err: error, payment: payment.id }, 'void failed'),
    )
  }
}
