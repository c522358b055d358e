import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { dateSchema, idSchema, instantSchema, moneySchema } from './scalars.ts'

/**
 * When an order on account is to be paid: so many days after it (Code de commerce, L441-10, allows sixty), at the end of its month,
 * or at the end of the month that so many days lead to (forty-five at the most).
 */
export const paymentTerms = [
  'net_30',
  'net_45',
  'net_60',
  'end_of_month',
  'net_30_end_of_month',
  'net_45_end_of_month',
] as const
export type PaymentTerms = (typeof paymentTerms)[number]

const creditInputSchema = z
  .strictObject({
    terms: z.enum(paymentTerms),
    limitMinor: z.int().min(0).max(2_000_000_000).nullable().describe('VAT included; null: no limit.'),
    overLimit: z
      .enum(['refuse', 'ask'])
      .describe('What becomes of an order over it: refused, or put before our staff.'),
    blockAfterDays: z
      .int()
      .min(0)
      .max(365)
      .nullable()
      .describe('Days late from which nothing more is sold on account.'),
    blocked: z.boolean().describe('By hand: nothing more is sold on account.'),
  })
  .meta({ id: 'CreditGrant' })

export const creditSchema = z
  .strictObject({
    /** Null when the company pays as it orders. */
    account: creditInputSchema.nullable(),
    /** Owed, from the ledger: the receivable of the company’s orders. */
    outstanding: moneySchema,
    /** What may still be ordered on account; null when there is no limit. */
    available: moneySchema.nullable(),
    overdue: moneySchema,
    /** Why nothing is sold on account now. */
    blockedBy: z.enum(['hand', 'late']).nullable(),
  })
  .meta({ id: 'Credit' })
export type Credit = z.infer<typeof creditSchema>

/** How old what is owed is, by days after it was due. */
export const agedBuckets = ['notDue', 'days1to30', 'days31to60', 'days61to90', 'daysOver90'] as const

const agedRowSchema = z
  .strictObject({
    companyId: idSchema,
    companyName: z.string(),
    notDue: moneySchema,
    days1to30: moneySchema,
    days31to60: moneySchema,
    days61to90: moneySchema,
    daysOver90: moneySchema,
    total: moneySchema,
    oldestDueOn: dateSchema,
    blockedBy: z.enum(['hand', 'late']).nullable(),
  })
  .meta({ id: 'AgedBalance' })
export type AgedRow = z.infer<typeof agedRowSchema>

export const owedOrderSchema = z.strictObject({
  orderId: idSchema,
  number: z.string(),
  placedAt: instantSchema,
  purchaseReference: z.string().nullable(),
  dueOn: dateSchema,
  total: moneySchema,
  owed: moneySchema,
  daysLate: z.int(),
})

const companyParams = z.strictObject({ companyId: idSchema })

export const creditEndpoints = {
  getCompanyCredit: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/credit',
    summary:
      'What a company may buy on account and what it owes, for staff, its approvers and administrators, and its keys',
    access: 'company',
    params: companyParams,
    response: creditSchema,
  }),
  putCompanyCredit: endpoint({
    method: 'PUT',
    path: '/companies/{companyId}/credit',
    summary: 'Agree upon credit with a company, or end it',
    access: 'credit:write',
    params: companyParams,
    body: z.strictObject({ account: creditInputSchema.nullable() }),
    response: creditSchema,
  }),
  listOwedOrders: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/owed-orders',
    summary: 'The orders a company has not paid, the first due first',
    access: 'company',
    params: companyParams,
    response: z.strictObject({ items: z.array(owedOrderSchema) }),
  }),
  recordTransfer: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/transfers',
    summary: 'Record money a company transferred, against orders of its own',
    access: 'credit:write',
    status: 201,
    idempotent: true,
    params: companyParams,
    body: z.strictObject({
      reference: z.string().trim().min(1).max(80).describe('What the bank’s statement says.'),
      receivedOn: dateSchema,
      orders: z
        .array(z.strictObject({ orderId: idSchema, amountMinor: z.int().min(1).max(2_000_000_000) }))
        .min(1)
        .max(100),
    }),
    response: creditSchema,
  }),
  listAgedBalances: endpoint({
    method: 'GET',
    path: '/aged-balances',
    summary: 'What each company owes, by how late it is; the oldest first',
    access: 'credit:write',
    response: z.strictObject({ asOf: dateSchema, items: z.array(agedRowSchema), total: moneySchema }),
  }),
}
