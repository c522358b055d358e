import { assert } from '../../../kernel/assert.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { LedgerAccount, LedgerEntry } from '../queries/ledger.ts'

/** Where the money of each means of payment lies. */
const accountOfMethod: Readonly<Record<string, LedgerAccount>> = {
  online_card: 'provider',
  cash: 'cash',
  terminal_card: 'card_terminal',
  bank_transfer: 'bank',
  // What is owed to whoever holds it.
  voucher: 'voucher',
}

/**
 * The double entry an event of an order books (primitive 8): debits positive, credits negative, each transfer sums to zero.
 * A sale is owed by the buyer when the order is placed; a payment settles it; a return owes it back; a refund settles that.
 */
export function transferOf(event: StoredEvent): LedgerEntry[] {
  const amounts = amountsOf(event)
  const entries = amounts
    .filter(([, amount]) => amount !== 0n)
    .map(([account, amountMinor], position) => ({
      orderId: event.aggregateId,
      transferId: event.id,
      position,
      account,
      amountMinor,
      currency: typeof event.payload['currency'] === 'string' ? event.payload['currency'] : 'EUR',
      cause: event.type,
      holder: account === 'voucher' ? String(event.payload['voucherId']) : null,
    }))
  assert(entries.reduce((sum, entry) => sum + entry.amountMinor, 0n) === 0n, 'a transfer sums to zero')
  return entries
}

function amountsOf(event: StoredEvent): [LedgerAccount, bigint][] {
  const minor = (name: string): bigint => BigInt(Number(event.payload[name] ?? 0))
  const account = accountOfMethod[String(event.payload['method'])] ?? 'provider'
  switch (event.type) {
    case 'orders.order_placed':
    case 'orders.articles_exchanged':
      return sale(minor('totalMinor'), minor('vatMinor'))
    case 'orders.order_cancelled':
      // What was never confirmed was never booked.
      return event.payload['wasConfirmed'] === true ? sale(-minor('totalMinor'), -minor('vatMinor')) : []
    case 'orders.return_received':
    case 'orders.line_cancelled':
    case 'orders.part_cancelled':
    case 'orders.units_refunded':
    case 'orders.line_substituted':
    case 'orders.line_shortened':
      return sale(-minor('refundMinor'), -minor('vatMinor'))
    case 'orders.order_changed':
      return sale(minor('addedMinor') - minor('refundMinor'), minor('addedVatMinor') - minor('vatMinor'))
    case 'payments.payment_captured':
      return [
        [account, minor('amountMinor')],
        ['receivable', -minor('amountMinor')],
      ]
    case 'payments.refund_made':
      return [
        ['receivable', minor('amountMinor')],
        [account, -minor('amountMinor')],
      ]
    default:
      return []
  }
}

function sale(gross: bigint, vat: bigint): [LedgerAccount, bigint][] {
  return [
    ['receivable', gross],
    ['sales', -(gross - vat)],
    ['vat', -vat],
  ]
}

/** The events that book something. */
export const bookedEvents = [
  'orders.order_placed',
  'orders.order_cancelled',
  'orders.return_received',
  'orders.articles_exchanged',
  'orders.line_cancelled',
  'orders.part_cancelled',
  'orders.order_changed',
  'orders.units_refunded',
  'orders.line_substituted',
  'orders.line_shortened',
  'payments.payment_captured',
  'payments.refund_made',
] as const
