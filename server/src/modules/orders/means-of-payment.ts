import { createHash } from 'node:crypto'
import { replayIfAnswered } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { worthOfVoucher } from '../payments/public.ts'
import type { AskedPayment } from './draft-order.ts'

/** A request repeated under the same key asks the bank under the same payment, so that it authorises once. */
export function paymentIdOf(ctx: Ctx, index: number): string {
  if (!ctx.idempotency) return ctx.ids.next()
  const digest = createHash('sha256')
    .update(`${ctx.idempotency.scope} ${ctx.idempotency.key}`)
    .update(ctx.idempotency.requestHash)
    .update(index === 0 ? '' : ` ${index}`)
    .digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}

/** Vouchers come first, each with what it is worth when no amount was said; what a lost try of this request took is still its own. */
export async function readVouchers(
  ctx: Ctx,
  means: readonly AskedPayment['input'][],
): Promise<AskedPayment['input'][]> {
  await replayIfAnswered(ctx)
  const vouchers = means.flatMap((input) => (input.method === 'voucher' ? [input] : []))
  const known: AskedPayment['input'][] = []
  for (const [index, input] of vouchers.entries()) {
    const worth = await worthOfVoucher(ctx, input.code, paymentIdOf(ctx, index))
    known.push({ ...input, amountMinor: input.amountMinor ?? Number(worth) })
  }
  return [...known, ...means.filter(({ method }) => method !== 'voucher')]
}
