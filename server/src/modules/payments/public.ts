/** Providers, payments, refunds and the ledger. */
export { type PaymentProvider, type ProviderAnswer } from './providers/provider.ts'
export {
  insertPayments,
  movePayments,
  paymentsOf,
  refundsOf,
  voidPaymentsOf,
  type PaymentRow,
  type RefundRow,
} from './queries/payments.ts'
export { ledgerBalances, unbalancedTransfers } from './queries/ledger.ts'
export { captureAuthorised, makeRefunds, publishCaptured } from './settle-payments.ts'
export { lockCreditLimit } from './queries/locks.ts'
export { creditAccount, creditAccounts, deleteCredit, owedOf, upsertCredit, type CreditRow } from './queries/credit.ts'
export { daysLate, dueDate } from './domain/due-date.ts'
export {
  giveBackHold,
  issueRewardVoucher,
  issueVoucher,
  takeFromVoucher,
  viewVoucher,
  worthOfVoucher,
} from './vouchers.ts'
export { vouchersByIds, vouchersOfOrder } from './queries/vouchers.ts'
export { requestRefund } from './request-refund.ts'
export { insertTransfers, transferBalances, transfersOf, type Transfer } from './queries/transfers.ts'
export { personalOfPayments } from './queries/personal.ts'
