import { z } from 'zod'
import { askedRequestSchema } from './company-orders.ts'
import { endpoint } from './endpoint.ts'
import { placedOrderSchema } from './orders.ts'
import { quickOrderLineSchema } from './quick-orders.ts'
import { codeSchema, idSchema, instantSchema, localeSchema, moneySchema } from './scalars.ts'

/** What is wrong with a document as a whole. */
export const ublProblems = ['other_company', 'currency', 'no_site', 'nothing_ready'] as const

const ublLineSchema = quickOrderLineSchema
  .extend({
    /** The buyer's own number of the line. */
    lineId: z.string(),
    /** The price the buyer expects, without VAT; null when they named none. */
    expectedNet: moneySchema.nullable(),
    priceDiffers: z.boolean(),
  })
  .meta({ id: 'UblOrderLine' })

export const ublOrderSchema = z
  .strictObject({
    id: idSchema,
    documentId: z.string(),
    issueDate: z.string(),
    buyerReference: z.string().nullable(),
    companySiteId: idSchema.nullable().describe('The site its delivery was matched with.'),
    problems: z.array(z.enum(ublProblems)),
    lines: z.array(ublLineSchema),
    net: moneySchema.describe('Of what can be ordered as it is.'),
    receivedAt: instantSchema,
    orderId: idSchema.nullable(),
    requestId: idSchema.nullable(),
  })
  .meta({ id: 'UblOrder' })
export type UblOrder = z.infer<typeof ublOrderSchema>

const companyParams = z.strictObject({ companyId: idSchema })
const ublParams = companyParams.extend({ ublOrderId: idSchema })

export const ublOrderEndpoints = {
  receiveUblOrder: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/ubl-orders',
    summary:
      'Receive a UBL 2.1 Order (Peppol BIS Ordering 3): a draft, with what each line matched; nothing is ordered yet',
    access: 'company',
    status: 201,
    idempotent: true,
    bodyLimit: 2_000_000,
    params: companyParams,
    body: z.strictObject({ channel: codeSchema, locale: localeSchema, xml: z.string().min(1).max(1_900_000) }),
    response: ublOrderSchema,
  }),
  getUblOrder: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/ubl-orders/{ublOrderId}',
    summary: 'A received UBL Order, matched with what is sold now',
    access: 'company',
    params: ublParams,
    query: z.strictObject({ locale: localeSchema }),
    response: ublOrderSchema,
  }),
  confirmUblOrder: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/ubl-orders/{ublOrderId}/order',
    summary:
      'Order on account what a received document asks for; lines that matched nothing are left out only when said so',
    access: 'company',
    status: 201,
    idempotent: true,
    params: ublParams,
    body: z.strictObject({
      locale: localeSchema,
      companySiteId: idSchema,
      /** Order what matched, though other lines did not, or prices differ. */
      acceptChanges: z.boolean().default(false),
    }),
    response: z.union([placedOrderSchema, askedRequestSchema]),
  }),
  getUblOrderResponse: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/ubl-orders/{ublOrderId}/response',
    summary: 'The UBL OrderResponse to a received Order: accepted, accepted in part, refused, or acknowledged',
    access: 'company',
    params: ublParams,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'application/xml',
  }),
  getOrderAsUbl: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/orders/{orderId}/ubl',
    summary: 'An order of a company as a UBL 2.1 Order',
    access: 'company',
    params: companyParams.extend({ orderId: idSchema }),
    produces: 'application/xml',
  }),
}
