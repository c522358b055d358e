import { z } from 'zod'
import { idSchema, instantSchema, moneySchema } from './scalars.ts'
import { voucherCodeSchema } from './vouchers.ts'

/** How far the money of an order is; derived from its payments and refunds. */
export const paymentStates = [
  'unpaid',
  'authorised',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
  'due',
  'partially_paid',
] as const

/**
 * How a payment is made. `token` is what a payment page gives; the local test provider knows
 * `tok_accept`, `tok_decline`, `tok_challenge` (3-D Secure) and `tok_timeout`. Cash and terminal card are for tills.
 */
export const paymentInputSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('online_card'),
    token: z.string().min(1).max(200),
    returnUrl: z.string().max(500).optional(),
  }),
  z.strictObject({ method: z.literal('cash'), amountMinor: z.int().min(0), tenderedMinor: z.int().min(0).optional() }),
  z.strictObject({
    method: z.literal('terminal_card'),
    amountMinor: z.int().min(0),
    terminalReference: z.string().max(80).optional(),
  }),
  z.strictObject({
    method: z.literal('voucher'),
    code: voucherCodeSchema,
    amountMinor: z.int().min(1).optional().describe('Without it, as much as the voucher covers.'),
  }),
])
export type PaymentInput = z.infer<typeof paymentInputSchema>

/** How money comes in: the means of a purchase, a transfer for what is owed, and what is owed itself. */
export const paymentMethods = [
  'online_card',
  'cash',
  'terminal_card',
  'on_account',
  'bank_transfer',
  'voucher',
] as const

export const paymentSchema = z
  .strictObject({
    id: idSchema,
    method: z.enum(paymentMethods),
    provider: z.string(),
    state: z.enum(['pending', 'challenge', 'authorised', 'captured', 'declined', 'voided', 'failed', 'due']),
    amount: moneySchema,
    refunded: moneySchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'Payment' })
