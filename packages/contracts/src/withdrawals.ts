import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  cursorQuery,
  emailSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  quantitySchema,
} from './scalars.ts'
import { withdrawalExceptionSchema } from './withdrawal-exceptions.ts'

/** Why a line cannot be withdrawn from. */
export const withdrawalRefusals = [
  'window_over',
  'in_shop',
  'already',
  'returned',
  'ended',
  'download_given',
  'excepted',
] as const
export type WithdrawalRefusal = (typeof withdrawalRefusals)[number]

/** What became of a line: cancelled at once, awaited back, or to be stopped by hand before it leaves. */
export const withdrawalOutcomes = ['cancelled', 'to_return', 'to_stop'] as const
export type WithdrawalOutcome = (typeof withdrawalOutcomes)[number]

/** Which contract is meant: by what its buyer knows, by the order's link, or as the member it belongs to. */
const contractSchema = z.union([
  z.strictObject({ number: z.string().trim().min(4).max(40), email: emailSchema }),
  z.strictObject({ orderId: idSchema, token: z.string().max(100).default('') }),
])
export type ContractKey = z.infer<typeof contractSchema>

export const withdrawableSchema = z
  .strictObject({
    orderId: idSchema,
    number: z.string(),
    placedAt: instantSchema,
    days: z.int().describe('Days after receipt within which a buyer may withdraw.'),
    /** The end of that time, once everything that left was received. */
    until: instantSchema.nullable(),
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        name: z.string(),
        variantLabel: z.string(),
        sku: z.string(),
        imageUrl: z.string().nullable(),
        quantity: z.int(),
        /** Units that can still be withdrawn from. */
        withdrawable: z.int(),
        /** Why nobody may withdraw from it, or may only while it is sealed (Code de la consommation, L221-28). */
        exception: withdrawalExceptionSchema.nullable(),
        /** Why there are none. */
        refusal: z.enum(withdrawalRefusals).nullable(),
      }),
    ),
  })
  .meta({ id: 'WithdrawableOrder' })
export type WithdrawableOrder = z.infer<typeof withdrawableSchema>

const lineSchema = z.strictObject({
  lineId: idSchema,
  name: z.string(),
  variantLabel: z.string(),
  sku: z.string(),
  quantity: z.int(),
  outcome: z.enum(withdrawalOutcomes),
  /** Units still awaited back, or still to be stopped. */
  open: z.int(),
})

export const withdrawalSchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    accessToken: z.string(),
    orderId: idSchema,
    orderNumber: z.string(),
    declaredAt: instantSchema,
    name: z.string(),
    email: z.string(),
    lines: z.array(lineSchema),
    refund: moneySchema,
    receipt: z.string().describe('The receipt, word for word, in the language it was declared in.'),
  })
  .meta({ id: 'Withdrawal' })
export type Withdrawal = z.infer<typeof withdrawalSchema>

export const withdrawalSummarySchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    orderId: idSchema,
    orderNumber: z.string(),
    declaredAt: instantSchema,
    name: z.string(),
    refund: moneySchema,
    /** The last day money may be given back (Code de la consommation, L221-24). */
    refundDueAt: instantSchema,
    open: z.boolean(),
    lines: z.array(lineSchema),
  })
  .meta({ id: 'WithdrawalSummary' })
export type WithdrawalSummary = z.infer<typeof withdrawalSummarySchema>

export const withdrawalEndpoints = {
  findWithdrawable: endpoint({
    method: 'POST',
    path: '/withdrawals/contract',
    summary: 'What of an order can be withdrawn from; attempts are limited, and what is wrong is not told apart',
    access: 'public',
    body: z.strictObject({ contract: contractSchema, locale: localeSchema }),
    response: withdrawableSchema,
  }),
  declareWithdrawal: endpoint({
    method: 'POST',
    path: '/withdrawals',
    summary:
      'Withdraw from a contract: declared once, with a dated receipt; what has not left is cancelled and refunded',
    access: 'public',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      contract: contractSchema,
      lines: z
        .array(z.strictObject({ lineId: idSchema, quantity: quantitySchema }))
        .min(1)
        .max(200),
      name: z.string().trim().min(1).max(120),
      email: emailSchema.describe('Where the receipt goes.'),
      locale: localeSchema,
    }),
    response: withdrawalSchema,
  }),
  getWithdrawal: endpoint({
    method: 'GET',
    path: '/withdrawals/{withdrawalId}',
    summary: 'A declared withdrawal with its receipt, for the holder of its token',
    access: 'public',
    params: z.strictObject({ withdrawalId: idSchema }),
    query: z.strictObject({ token: z.string().max(100), locale: localeSchema }),
    response: withdrawalSchema,
  }),
  getWithdrawalPdf: endpoint({
    method: 'GET',
    path: '/withdrawals/{withdrawalId}/receipt',
    summary: 'The receipt of a withdrawal as a PDF, for the holder of its token',
    access: 'public',
    params: z.strictObject({ withdrawalId: idSchema }),
    query: z.strictObject({ token: z.string().max(100) }),
    produces: 'application/pdf',
  }),
  listWithdrawals: endpoint({
    method: 'GET',
    path: '/withdrawals',
    summary: 'Declared withdrawals, newest first',
    access: 'orders:read',
    query: z.strictObject({
      ...cursorQuery,
      q: z.string().trim().max(200).optional().describe('Number of the withdrawal or of the order, or the name.'),
      open: z.enum(['true', 'false']).optional().describe('Whether something is still awaited.'),
    }),
    response: pageOf(withdrawalSummarySchema),
  }),
}
