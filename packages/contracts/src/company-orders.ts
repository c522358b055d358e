import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { giftSchema } from './gifts.ts'
import { agreedHourSchema } from './kept-hours.ts'
import { chosenHourSchema, contactSchema, orderSummarySchema, placedOrderSchema } from './orders.ts'
import {
  codeSchema,
  cursorQuery,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  quantitySchema,
} from './scalars.ts'

const referenceSchema = z.string().trim().max(100).nullable().default(null)

/** What a company buys, before it is said how it is paid. */
const purchaseShape = {
  channel: codeSchema,
  locale: localeSchema,
  /** Lines of a cart, or the lines themselves: one of the two. */
  cartId: idSchema.optional(),
  lines: z
    .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
    .min(1)
    .max(500)
    .optional(),
  companySiteId: idSchema.describe('The site of the company it is for.'),
  delivery: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('delivery'), windowId: idSchema.optional() }),
    z.strictObject({ method: z.literal('pickup'), siteId: idSchema }),
  ]),
}

const paymentSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('on_account') }),
  z.strictObject({
    method: z.literal('online_card'),
    token: z.string().min(1).max(200),
    returnUrl: z.string().max(500).optional(),
  }),
])

export const companyPurchaseSchema = z
  .strictObject({
    ...purchaseShape,
    purchaseReference: referenceSchema.describe('The buyer’s own order (EN 16931, BT-13).'),
    buyerReference: referenceSchema.describe('What routes the invoice at the buyer’s (BT-10).'),
    costCentre: referenceSchema.describe('Whom the buyer’s books charge (BT-19).'),
    contact: contactSchema.nullable().default(null).describe('Who is told; the buyer themself unless given.'),
    gift: giftSchema.optional().describe('It is given to somebody: no price goes into the parcel.'),
    appointment: chosenHourSchema.optional(),
    payment: paymentSchema,
    /** Total the buyer saw, VAT included, in minor units; refused when the real total differs. */
    expectedTotalMinor: z.int().min(0).optional(),
  })
  .meta({ id: 'CompanyPurchase' })
export type CompanyPurchase = z.output<typeof companyPurchaseSchema>

/** Why a purchase needs approval. */
export const approvalCauses = ['order_limit', 'member_month', 'site_month', 'credit_limit'] as const
export type ApprovalCause = (typeof approvalCauses)[number]

export const requestStates = ['waiting', 'approved', 'refused', 'withdrawn', 'expired', 'ordered'] as const

const approvalStepSchema = z.strictObject({
  position: z.int(),
  /** Null: any approver of the company, or our staff. */
  memberName: z.string().nullable(),
  byStaff: z.boolean(),
  state: z.enum(['waiting', 'approved', 'refused']),
  decidedBy: z.string().nullable(),
  decidedAt: instantSchema.nullable(),
  reason: z.string().nullable(),
})

const pricedLineSchema = z.strictObject({
  variantId: idSchema,
  sku: z.string(),
  name: z.string(),
  variantLabel: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  /** Without VAT, as companies reckon. */
  unitNet: moneySchema,
  lineNet: moneySchema,
  vatRateBasisPoints: z.int(),
})

const sumsShape = {
  net: moneySchema,
  vat: moneySchema,
  fee: moneySchema.describe('Carriage, without VAT.'),
  total: moneySchema.describe('VAT included.'),
}

export const purchaseRequestSchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    companyId: idSchema,
    companyName: z.string(),
    siteName: z.string().nullable(),
    requesterName: z.string(),
    state: z.enum(requestStates),
    causes: z.array(z.enum(approvalCauses)),
    payment: z.enum(['on_account', 'online_card']),
    purchaseReference: z.string().nullable(),
    lines: z.array(pricedLineSchema),
    ...sumsShape,
    steps: z.array(approvalStepSchema),
    reason: z.string().nullable(),
    createdAt: instantSchema,
    /** Until then its goods and its hours are kept: seven days, or less where an hour cannot be kept for so long. */
    expiresAt: instantSchema,
    /** Hours it is to be brought or served at. */
    hours: z.array(agreedHourSchema),
    order: z.strictObject({ id: idSchema, number: z.string(), accessToken: z.string() }).nullable(),
    /** What whoever asks may do now. */
    may: z.strictObject({ decide: z.boolean(), order: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: 'PurchaseRequest' })
export type PurchaseRequest = z.infer<typeof purchaseRequestSchema>

export const requestSummarySchema = purchaseRequestSchema
  .pick({
    id: true,
    number: true,
    companyId: true,
    companyName: true,
    siteName: true,
    requesterName: true,
    state: true,
    causes: true,
    total: true,
    createdAt: true,
    expiresAt: true,
  })
  .meta({ id: 'PurchaseRequestSummary' })
export type RequestSummary = z.infer<typeof requestSummarySchema>

/** A purchase that was put before approvers instead of being placed. */
export const askedRequestSchema = z
  .strictObject({
    requestId: idSchema,
    requestNumber: z.string(),
    causes: z.array(z.enum(approvalCauses)),
    total: moneySchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'AskedRequest' })
export type AskedRequest = z.infer<typeof askedRequestSchema>

export const companyPreviewSchema = z
  .strictObject({
    lines: z.array(pricedLineSchema),
    ...sumsShape,
    /** What would ask for approval. */
    causes: z.array(z.enum(approvalCauses)),
    /** Null when nothing is sold to the company on account; when it would be paid. */
    onAccount: z
      .strictObject({ dueOn: z.string(), available: moneySchema.nullable(), blocked: z.boolean() })
      .nullable(),
    /** What is left of limits, VAT included; null where there is none. */
    left: z.strictObject({ member: moneySchema.nullable(), site: moneySchema.nullable() }),
    promisedAt: instantSchema.nullable(),
    latestAt: instantSchema.nullable(),
  })
  .meta({ id: 'CompanyPreview' })
export type CompanyPreview = z.infer<typeof companyPreviewSchema>

const companyParams = z.strictObject({ companyId: idSchema })
const requestParams = companyParams.extend({ requestId: idSchema })

const companyPriceSchema = z
  .strictObject({
    variantId: idSchema,
    productId: idSchema,
    quantity: z.int(),
    /** What everybody pays, without VAT. */
    publicNet: moneySchema,
    unitNet: moneySchema.describe('What the company pays for one of so many, without VAT.'),
    unitPrice: moneySchema.describe('The same, VAT included.'),
    lineNet: moneySchema,
    lineTotal: moneySchema.describe('VAT included.'),
    vatRateBasisPoints: z.int(),
    breaks: z
      .array(z.strictObject({ fromQuantity: z.int(), unitNet: moneySchema }))
      .describe('From which quantity on which price counts; one when it is always the same.'),
    listName: z.string().nullable().describe('The list the price is of; null: the channel’s own price.'),
  })
  .meta({ id: 'CompanyPrice' })
export type CompanyPrice = z.infer<typeof companyPriceSchema>

export const companyOrderEndpoints = {
  getCompanyPrices: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/prices',
    summary: 'What a company pays for articles, without VAT, with quantity breaks; of whole products when asked',
    access: 'company',
    reads: true,
    params: companyParams,
    body: z.strictObject({
      channel: codeSchema,
      locale: localeSchema,
      lines: z
        .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
        .max(500)
        .default([]),
      productIds: z.array(idSchema).max(200).default([]).describe('All articles of these products, for one of each.'),
    }),
    response: z.strictObject({ items: z.array(companyPriceSchema) }),
  }),
  previewCompanyOrder: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/order-previews',
    summary: 'What a purchase for a company would come to, without VAT, and whether it would need approval',
    access: 'company',
    reads: true,
    params: companyParams,
    body: z.strictObject(purchaseShape),
    response: companyPreviewSchema,
  }),
  placeCompanyOrder: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/orders',
    summary: 'Buy for a company: placed at once, or put before its approvers with its goods kept',
    access: 'company',
    status: 201,
    idempotent: true,
    params: companyParams,
    body: companyPurchaseSchema,
    response: z.union([placedOrderSchema, askedRequestSchema]),
  }),
  listCompanyOrders: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/orders',
    summary: 'Orders of a company, newest first; buyers see their own',
    access: 'company',
    params: companyParams,
    query: z.strictObject(cursorQuery),
    response: pageOf(
      orderSummarySchema.extend({
        siteId: idSchema.nullable(),
        buyerName: z.string(),
        companySiteName: z.string().nullable(),
        purchaseReference: z.string().nullable(),
        dueOn: z.string().nullable(),
        accessToken: z.string(),
      }),
    ),
  }),
  listPurchaseRequests: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/requests',
    summary: 'Purchases put before approvers, newest first; buyers see their own',
    access: 'company',
    params: companyParams,
    query: z.strictObject({ ...cursorQuery, state: z.enum(requestStates).optional() }),
    response: pageOf(requestSummarySchema),
  }),
  listRequestsForStaff: endpoint({
    method: 'GET',
    path: '/purchase-requests',
    summary: 'Purchases of all companies that wait for our own approval: credit over its limit',
    access: 'credit:write',
    response: z.strictObject({ items: z.array(requestSummarySchema) }),
  }),
  getPurchaseRequest: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/requests/{requestId}',
    summary: 'One purchase that waits, or waited, for approval',
    access: 'company',
    params: requestParams,
    response: purchaseRequestSchema,
  }),
  decidePurchaseRequest: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/requests/{requestId}/decision',
    summary: 'Approve or refuse what one is asked; the last approval of a purchase on account places it',
    access: 'company',
    idempotent: true,
    params: requestParams,
    body: z.strictObject({ approved: z.boolean(), reason: z.string().trim().max(500).default('') }),
    response: purchaseRequestSchema,
  }),
  withdrawPurchaseRequest: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/requests/{requestId}/withdrawal',
    summary: 'Take a request back: its goods are freed; for whoever made it and administrators',
    access: 'company',
    idempotent: true,
    params: requestParams,
    response: purchaseRequestSchema,
  }),
  orderPurchaseRequest: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/requests/{requestId}/order',
    summary: 'Place what was approved, with its payment: exactly one order',
    access: 'company',
    status: 201,
    idempotent: true,
    params: requestParams,
    body: z.strictObject({ payment: paymentSchema }),
    response: placedOrderSchema,
  }),
}
