import { Temporal } from 'temporal-polyfill'
import type { Withdrawal, WithdrawalSummary } from '@ecluse/contracts/withdrawals.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { ReadWithdrawal } from '../queries/withdrawals.ts'

/** Days within which a seller gives the money back, from the day they learnt of the withdrawal (L221-24). */
const refundDays = 14

/** A withdrawal for who declared it. */
export function viewWithdrawal(row: ReadWithdrawal): Withdrawal {
  return {
    id: row.id,
    number: row.number,
    accessToken: row.access_token,
    orderId: row.order_id,
    orderNumber: row.order_number,
    declaredAt: row.declared_at.toISOString(),
    name: row.name,
    email: row.email,
    lines: row.lines,
    refund: toMoney(row.refund_minor, row.currency),
    receipt: row.receipt,
  }
}

/** A withdrawal for who deals with it. */
export function withdrawalSummaryOf(row: ReadWithdrawal): WithdrawalSummary {
  const due = Temporal.Instant.fromEpochMilliseconds(row.declared_at.getTime())
    .toZonedDateTimeISO('Europe/Paris')
    .add({ days: refundDays })
  return {
    id: row.id,
    number: row.number,
    orderId: row.order_id,
    orderNumber: row.order_number,
    declaredAt: row.declared_at.toISOString(),
    name: row.name,
    refund: toMoney(row.refund_minor, row.currency),
    refundDueAt: new Date(due.epochMilliseconds).toISOString(),
    open: row.lines.some((line) => line.open > 0),
    lines: row.lines,
  }
}
