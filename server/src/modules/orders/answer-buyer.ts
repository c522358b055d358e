import type { PlacedOrder, PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { toMoney } from '../../kernel/money.ts'
import type { DraftOrder } from './draft-order.ts'

/** What whoever buys is told once their order is written: its number, what the bank still asks, and the change of what they handed over. */
export function answerOf(draft: DraftOrder, body: PlaceOrderBody): PlacedOrder {
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
