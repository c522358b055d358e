import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import {
  codeSchema,
  cursorQuery,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  postalAddressSchema,
  quantitySchema,
} from './scalars.ts'
import { voucherSchema } from './vouchers.ts'
import { withdrawalExceptionSchema } from './withdrawal-exceptions.ts'

export const returnReasons = [
  'changed_mind',
  'wrong_size',
  'defective',
  'damaged',
  'not_as_described',
  'other',
] as const
export type ReturnReason = (typeof returnReasons)[number]

const changesOfMind: ReadonlySet<string> = new Set(['changed_mind', 'wrong_size', 'other'])

/** What is wrong with an article is put right whenever it shows (legal guarantee): only a change of mind has its time. */
export function isChangeOfMind(reason: string): boolean {
  return changesOfMind.has(reason)
}

/** What becomes of what comes back. `inspect`: put aside, its money given back already. */
export const returnDispositions = ['restock', 'inspect', 'refurbish', 'supplier', 'scrap'] as const
export type ReturnDisposition = (typeof returnDispositions)[number]

/** In which state an article came back. */
export const returnConditions = ['as_new', 'opened', 'damaged', 'incomplete', 'wrong_article'] as const
export type ReturnCondition = (typeof returnConditions)[number]

/** What an inspection decides; `send_back`: the return is refused, and the customer keeps the article. */
export const inspectionDispositions = ['restock', 'refurbish', 'supplier', 'scrap', 'send_back'] as const
export type InspectionDisposition = (typeof inspectionDispositions)[number]

/** Asked for and on its way; in the house and to be inspected; decided; or given up. */
export const returnStates = ['asked', 'received', 'closed', 'cancelled'] as const
export type ReturnState = (typeof returnStates)[number]

/** Less given back for what lost value by being used (Code de la consommation, L221-23), with its reason in words. */
const deduction = {
  deductionMinor: z.int().min(1).optional().describe('Kept for diminished value, in minor units; needs its reason.'),
  deductionReason: z.string().trim().min(3).max(300).optional(),
}

const immediateLine = z.strictObject({
  lineId: idSchema,
  quantity: quantitySchema,
  reason: z.enum(returnReasons),
  disposition: z.enum(returnDispositions),
  condition: z.enum(returnConditions).optional(),
  lots: lotsSchema.optional().describe('Which of the lots or serial numbers it left with.'),
  ...deduction,
})

/** What is taken back in one step. */
export const immediateReturnBody = z.strictObject({
  siteId: idSchema,
  lines: z.array(immediateLine).min(1).max(200),
  /** The return that had been asked for and is settled by this one. */
  requestId: idSchema.optional(),
  lateReason: z
    .string()
    .trim()
    .min(3)
    .max(300)
    .optional()
    .describe('Why articles are taken back after the time to change one’s mind; kept in the order’s timeline.'),
})

const inspectedLine = z.strictObject({
  lineId: idSchema,
  quantity: quantitySchema,
  condition: z.enum(returnConditions),
  disposition: z.enum(inspectionDispositions),
  note: z.string().trim().max(500).optional().describe('What was seen; to the customer when it is sent back.'),
  lots: lotsSchema.optional().describe('Which of the lots or serial numbers it left with.'),
  ...deduction,
})

const returnLineSchema = z.strictObject({
  lineId: idSchema,
  variantId: idSchema,
  sku: z.string(),
  name: z.string(),
  variantLabel: z.string(),
  imageUrl: z.string().nullable(),
  unitPrice: moneySchema,
  quantity: z.int(),
  reason: z.enum(returnReasons),
  comment: z.string().nullable(),
  condition: z.enum(returnConditions).nullable(),
  disposition: z.enum(inspectionDispositions).nullable(),
  deduction: moneySchema.nullable(),
  deductionReason: z.string().nullable(),
  note: z.string().nullable(),
})

/** A return that was asked for, from the asking to the decision. */
export const returnRequestSchema = z
  .strictObject({
    id: idSchema,
    number: z.string().describe('On the slip in the parcel, as text and QR code.'),
    orderId: idSchema,
    orderNumber: z.string(),
    customerName: z.string().nullable(),
    state: z.enum(returnStates),
    askedBy: z.enum(['customer', 'staff']),
    askedAt: instantSchema,
    /** Until when it is waited for. */
    expiresAt: instantSchema,
    /** The last day money may be given back, when the buyer changed their mind (Code de la consommation, L221-24). */
    refundDueAt: instantSchema.nullable(),
    receivedAt: instantSchema.nullable(),
    siteId: idSchema.nullable(),
    siteName: z.string().nullable(),
    closedAt: instantSchema.nullable(),
    endReason: z.string().nullable().describe('Why it was given up: `expired`, `superseded`, or by whom.'),
    refund: moneySchema.nullable().describe('What was given back, once decided.'),
    lines: z.array(returnLineSchema),
  })
  .meta({ id: 'ReturnRequest' })
export type ReturnRequest = z.infer<typeof returnRequestSchema>

/** Where a return goes, and how: what a slip says beside its code. */
export const returnSlipSchema = returnRequestSchema
  .extend({
    sendTo: postalAddressSchema.describe('Where it is sent; any shop takes it as well.'),
    /** A label paid by the shop; null when the buyer chooses the carrier and pays (Code de la consommation, L221-23). */
    label: z.strictObject({ carrier: z.string(), trackingNumber: z.string(), url: z.string() }).nullable(),
    canCancel: z.boolean(),
    /** What is wanted for it instead of money; null for most. */
    exchange: z
      .strictObject({
        /** Put aside until the return arrives; given for it, or to be once the difference is paid; or free again. */
        state: z.enum(['held', 'given', 'released']),
        total: moneySchema,
        lines: z.array(
          z.strictObject({
            variantId: idSchema,
            name: z.string(),
            variantLabel: z.string(),
            imageUrl: z.string().nullable(),
            quantity: z.int(),
            unitPrice: moneySchema,
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'ReturnSlip' })
export type ReturnSlip = z.infer<typeof returnSlipSchema>

/** A line of an order, as somebody who thinks of sending it back sees it. */
export const returnableSchema = z
  .strictObject({
    orderId: idSchema,
    number: z.string(),
    /** When a change of mind is too late; null while nothing was received. */
    until: instantSchema.nullable(),
    late: z.boolean(),
    /** Whether something else can be sent for it. */
    canExchange: z.boolean(),
    channelCode: codeSchema,
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        variantId: idSchema,
        handle: z.string().nullable().describe('Of its product, where that is still sold.'),
        name: z.string(),
        variantLabel: z.string(),
        imageUrl: z.string().nullable(),
        unitPrice: moneySchema,
        returnable: z.int(),
        exception: withdrawalExceptionSchema
          .nullable()
          .describe('Why a change of mind is not taken; what is wrong with it is, always.'),
      }),
    ),
  })
  .meta({ id: 'ReturnableOrder' })
export type ReturnableOrder = z.infer<typeof returnableSchema>

const orderParams = z.strictObject({ orderId: idSchema })
const returnParams = z.strictObject({ returnId: idSchema })
const token = z.string().max(100).optional().describe('The access token of the order, for who is not signed in.')

export const returnEndpoints = {
  createReturn: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/returns',
    summary: 'Take articles back in a shop, whichever channel sold them, and refund the means of payment',
    access: 'returns:write',
    status: 201,
    idempotent: true,
    params: orderParams,
    body: immediateReturnBody.extend({
      refundTo: z
        .enum(['means', 'voucher'])
        .default('means')
        .describe('A voucher is for who did not pay: whoever received it as a present.'),
    }),
    response: z.strictObject({
      returnId: idSchema,
      number: z.string(),
      refund: moneySchema,
      refundState: z.enum(['pending', 'refunded', 'failed']),
      voucher: voucherSchema.nullable(),
    }),
  }),
  getReturnable: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/returnable',
    summary: 'What of an order can be sent back now',
    access: 'public',
    params: orderParams,
    query: z.strictObject({ token, locale: localeSchema }),
    response: returnableSchema,
  }),
  askReturn: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/return-requests',
    summary: 'Ask to send articles back: gives a slip with a code; money follows when they have been looked at',
    access: 'public',
    status: 201,
    idempotent: true,
    params: orderParams,
    body: z.strictObject({
      token,
      lines: z
        .array(
          z.strictObject({
            lineId: idSchema,
            quantity: quantitySchema,
            reason: z.enum(returnReasons),
            comment: z.string().trim().max(500).optional(),
          }),
        )
        .min(1)
        .max(200),
      exchange: z
        .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
        .max(50)
        .default([])
        .describe('What is wanted instead of money: put aside, and sent when the return was looked at.'),
      locale: localeSchema,
    }),
    response: returnSlipSchema,
  }),
  getReturn: endpoint({
    method: 'GET',
    path: '/returns/{returnId}',
    summary: 'A return that was asked for, for staff, its buyer, or the holder of the order’s access token',
    access: 'public',
    params: returnParams,
    query: z.strictObject({ token, locale: localeSchema }),
    response: returnSlipSchema,
  }),
  getReturnQr: endpoint({
    method: 'GET',
    path: '/returns/{returnId}/qr',
    summary: 'The QR code of a return’s slip, as SVG',
    access: 'public',
    params: returnParams,
    query: z.strictObject({ token }),
    produces: 'image/svg+xml',
  }),
  listReturns: endpoint({
    method: 'GET',
    path: '/returns',
    summary: 'Returns that were asked for, newest first',
    access: 'orders:read',
    query: z.strictObject({
      ...cursorQuery,
      q: z.string().trim().max(200).optional().describe('Number of the return or of the order, or the name.'),
      state: z.enum([...returnStates, 'open']).optional(),
      orderId: idSchema.optional(),
    }),
    response: pageOf(returnRequestSchema),
  }),
  receiveReturn: endpoint({
    method: 'POST',
    path: '/returns/{returnId}/reception',
    summary: 'Articles sent back have arrived here, and are to be inspected',
    access: 'returns:write',
    idempotent: true,
    params: returnParams,
    body: z.strictObject({ siteId: idSchema }),
    response: returnSlipSchema,
  }),
  inspectReturn: endpoint({
    method: 'POST',
    path: '/returns/{returnId}/inspection',
    summary: 'Decide line by line: what becomes of it, and what is given back',
    access: 'returns:write',
    idempotent: true,
    params: returnParams,
    body: z.strictObject({ siteId: idSchema, lines: z.array(inspectedLine).min(1).max(400) }),
    response: returnSlipSchema,
  }),
  cancelReturn: endpoint({
    method: 'POST',
    path: '/returns/{returnId}/cancellation',
    summary: 'Give up a return that has not arrived',
    access: 'public',
    idempotent: true,
    params: returnParams,
    body: z.strictObject({ token, locale: localeSchema }),
    response: returnSlipSchema,
  }),
}
