import type { WaitingOrderChange } from '@ecluse/contracts/order-changes.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { toMoney } from '../../../kernel/money.ts'
import { paymentsOf } from '../../payments/public.ts'
import type { OrderChangeRow } from '../queries/order-changes.ts'

/** A change that waits to be paid, with what its payment is at. */
export async function viewWaiting(db: Queryable, row: OrderChangeRow, currency: string): Promise<WaitingOrderChange> {
  const payment = (await paymentsOf(db, [row.order_id])).find(({ id }) => id === row.payment_id)
  const asked = payment?.state === 'pending' || payment?.state === 'challenge' ? payment.state : 'none'
  return {
    id: row.id,
    askedBy: row.asked_by,
    changes: [...row.plan.told],
    due: toMoney(row.due_minor, currency),
    expiresAt: row.expires_at.toISOString(),
    payment: asked,
    challengeUrl: asked === 'challenge' ? (payment?.provider_reference ?? null) : null,
  }
}
