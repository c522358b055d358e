import { z } from 'zod'
import { identifierSchema } from './companies.ts'
import { isSiren, isSiret, isVatNumber } from './company-identifiers.ts'
import { endpoint } from './endpoint.ts'
import { lotsSchema, lotUnitsSchema, movedLotSchema } from './lots.ts'
import { reasonCodeSchema } from './reason-codes.ts'
import {
  cursorQuery,
  dateSchema,
  emailSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  postalAddressSchema,
} from './scalars.ts'
import { documentUnits, eachArticleOnce, stockArticle } from './stock-articles.ts'

export const supplierOrderStates = ['draft', 'ordered', 'received', 'cancelled'] as const
export type SupplierOrderState = (typeof supplierOrderStates)[number]

const head = {
  id: idSchema,
  number: z.string(),
  supplierName: z.string(),
  placeId: idSchema,
  placeName: z.string(),
  state: z.enum(supplierOrderStates),
  createdAt: instantSchema,
  orderedAt: instantSchema.nullable(),
  receivedAt: instantSchema.nullable().describe('When nothing more was expected.'),
}

export const supplierOrderSummarySchema = z
  .strictObject({
    ...head,
    orderedUnits: z.int(),
    receivedUnits: z.int(),
    expectedUnits: z.int().describe('What is still to come; nothing of a draft, or of an order that is over.'),
    expectedOn: dateSchema.nullable().describe('The earliest day on which units still to come are expected.'),
    late: z.boolean().describe('Units that were expected before today have not come.'),
    cost: moneySchema.nullable().describe('Without VAT; null while the cost of a line is not known.'),
  })
  .meta({ id: 'SupplierOrderSummary' })
export type SupplierOrderSummary = z.infer<typeof supplierOrderSummarySchema>

const lineSchema = z.strictObject({
  ...stockArticle,
  orderedUnits: z.int(),
  receivedUnits: z.int(),
  expectedUnits: z.int(),
  expectedOn: dateSchema.nullable(),
  unitCost: moneySchema.nullable(),
  lots: z.array(movedLotSchema).describe('What a customer was sent, of an order the supplier sends there directly.'),
})
export type SupplierOrderLine = z.infer<typeof lineSchema>

const receiptSchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    at: instantSchema,
    by: z.string().nullable(),
    note: z.string().nullable(),
    undoneAt: instantSchema.nullable(),
    undoneBy: z.string().nullable(),
    lines: z.array(
      z.strictObject({
        variantId: idSchema,
        units: z.int(),
        reasonCode: reasonCodeSchema.nullable(),
        lots: z.array(movedLotSchema).describe('Lots and serial numbers that came, of a followed article.'),
      }),
    ),
  })
  .meta({ id: 'StockReceipt' })
export type StockReceipt = z.infer<typeof receiptSchema>

const supplierSchema = z
  .strictObject({
    siren: z.string().nullable(),
    siret: z.string().nullable(),
    vatNumber: z.string().nullable(),
    email: z.string().nullable(),
  })
  .meta({ id: 'Supplier' })
export type Supplier = z.infer<typeof supplierSchema>

/**
 * What of an answer about goods that go to a customer is left to do by hand: naming lots or serial numbers that the supplier did not
 * name, making the parcel, or refusing the line.
 */
export const leftToStaff = ['lots', 'parcel', 'refusal'] as const
export type LeftToStaff = (typeof leftToStaff)[number]

/** What a supplier answered to an order, as a UBL document, and what it changed. */
const supplierDocumentSchema = z
  .strictObject({
    kind: z.enum(['order_response', 'despatch_advice']),
    documentId: z.string(),
    issuedOn: dateSchema.nullable(),
    code: z
      .string()
      .nullable()
      .describe('Of a response (UNCL 4343): AB acknowledged, AP accepted, CA with changes, RE refused.'),
    trackingId: z.string().nullable(),
    carrier: z.string().nullable(),
    note: z.string().nullable().describe('What the supplier writes of the whole, in its own words.'),
    leftToStaff: z
      .enum(leftToStaff)
      .nullable()
      .describe(
        'What of it could not be done by itself, of an order that goes to a customer: naming lots, the parcel, a refusal.',
      ),
    lines: z.array(
      z.strictObject({
        variantId: idSchema.nullable(),
        sku: z.string(),
        outcome: z.enum(['confirmed', 'fewer', 'refused', 'announced', 'unknown']),
        units: z.int().nullable(),
        expectedOn: dateSchema.nullable(),
        note: z.string().nullable().describe('Why, in the supplier’s own words.'),
        lots: z.array(lotUnitsSchema).describe('Lots and serial numbers of what was sent, when it names them.'),
      }),
    ),
    receivedAt: instantSchema,
    receivedBy: z.string().nullable(),
  })
  .meta({ id: 'SupplierDocument' })
export type SupplierDocument = z.infer<typeof supplierDocumentSchema>

export const supplierOrderSchema = z
  .strictObject({
    ...head,
    supplier: supplierSchema.nullable().describe('What identifies the supplier on documents; null while nobody said.'),
    direct: z
      .strictObject({
        orderId: idSchema,
        fulfillmentId: idSchema.describe('The preparation at the supplier’s place.'),
        shipTo: postalAddressSchema,
      })
      .nullable()
      .describe('The customer’s order it is for, when the supplier sends the goods there: nothing comes to us.'),
    supplierReference: z.string().nullable().describe('How the supplier calls it.'),
    documents: z.array(supplierDocumentSchema),
    note: z.string().nullable(),
    createdBy: z.string().nullable(),
    lines: z.array(lineSchema),
    receipts: z.array(receiptSchema),
  })
  .meta({ id: 'SupplierOrder' })
export type SupplierOrder = z.infer<typeof supplierOrderSchema>

export const supplierOrderInputSchema = z.strictObject({
  supplierName: z.string().trim().min(1).max(120),
  placeId: idSchema,
  note: z.string().trim().max(500).nullable(),
  lines: z
    .array(
      z.strictObject({
        variantId: idSchema,
        orderedUnits: documentUnits,
        expectedOn: dateSchema.nullable(),
        unitCostMinor: z.int().min(0).max(100_000_000).nullable(),
      }),
    )
    .min(1)
    .max(500)
    .refine(eachArticleOnce, { error: 'lines.same_article_twice' }),
})
export type SupplierOrderInput = z.infer<typeof supplierOrderInputSchema>

const params = z.strictObject({ supplierOrderId: idSchema })
const receiptParams = z.strictObject({ receiptId: idSchema })

export const supplierOrderEndpoints = {
  listSupplierOrders: endpoint({
    method: 'GET',
    path: '/supplier-orders',
    summary: 'What was ordered of suppliers, newest first',
    access: 'stock:read',
    query: z.strictObject({
      ...cursorQuery,
      q: z.string().trim().max(200).optional().describe('Part of a number or of a supplier’s name, or an SKU.'),
      state: z.enum(supplierOrderStates).optional(),
      placeId: idSchema.optional(),
    }),
    response: pageOf(supplierOrderSummarySchema),
  }),
  getSupplierOrder: endpoint({
    method: 'GET',
    path: '/supplier-orders/{supplierOrderId}',
    summary: 'An order to a supplier, and what was received of it',
    access: 'stock:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    response: supplierOrderSchema,
  }),
  createSupplierOrder: endpoint({
    method: 'POST',
    path: '/supplier-orders',
    summary: 'Write an order to a supplier; it is a draft until it is sent',
    access: 'stock:write',
    status: 201,
    idempotent: true,
    body: supplierOrderInputSchema,
    response: supplierOrderSchema,
  }),
  updateSupplierOrder: endpoint({
    method: 'PUT',
    path: '/supplier-orders/{supplierOrderId}',
    summary: 'Change a draft',
    access: 'stock:write',
    params,
    body: supplierOrderInputSchema,
    response: supplierOrderSchema,
  }),
  sendSupplierOrder: endpoint({
    method: 'POST',
    path: '/supplier-orders/{supplierOrderId}/send',
    summary: 'Order: from now on its units are expected',
    access: 'stock:write',
    idempotent: true,
    params,
    body: z.strictObject({}),
    response: supplierOrderSchema,
  }),
  putSupplier: endpoint({
    method: 'PUT',
    path: '/supplier-orders/{supplierOrderId}/supplier',
    summary: 'Say what identifies the supplier of an order, on this and on its other orders; keys are checked',
    access: 'stock:write',
    params,
    body: z.strictObject({
      siren: identifierSchema(isSiren, 'company.siren'),
      siret: identifierSchema(isSiret, 'company.siret'),
      vatNumber: identifierSchema(isVatNumber, 'company.vat'),
      email: emailSchema.nullable().default(null),
    }),
    response: supplierOrderSchema,
  }),
  getSupplierOrderAsUbl: endpoint({
    method: 'GET',
    path: '/supplier-orders/{supplierOrderId}/ubl',
    summary: 'An order to a supplier as a UBL 2.1 Order (Peppol BIS Ordering 3)',
    access: 'stock:read',
    params,
    produces: 'application/xml',
  }),
  receiveSupplierAnswer: endpoint({
    method: 'POST',
    path: '/supplier-orders/{supplierOrderId}/answers',
    summary:
      'Take in a UBL OrderResponse or DespatchAdvice: units and days are confirmed, and count as what is to come; once for each document',
    access: 'stock:write',
    idempotent: true,
    bodyLimit: 2_000_000,
    params,
    body: z.strictObject({ xml: z.string().min(1).max(1_900_000) }),
    response: supplierOrderSchema,
  }),
  cancelSupplierOrder: endpoint({
    method: 'POST',
    path: '/supplier-orders/{supplierOrderId}/cancel',
    summary: 'Cancel an order of which nothing has come',
    access: 'stock:write',
    idempotent: true,
    params,
    body: z.strictObject({}),
    response: supplierOrderSchema,
  }),
  receiveSupplierOrder: endpoint({
    method: 'POST',
    path: '/supplier-orders/{supplierOrderId}/receipts',
    summary: 'Receive a delivery, in full or in part',
    access: 'stock:receive',
    status: 201,
    idempotent: true,
    params,
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            variantId: idSchema,
            units: z.int().min(0).max(1_000_000),
            lots: lotsSchema
              .optional()
              .describe('Needed of an article whose lots or serial numbers are followed; they add up to the units.'),
            receivedBefore: z
              .int()
              .min(0)
              .describe(
                'What had been received when the delivery was counted: a delivery counted twice is received once.',
              ),
            reasonCode: reasonCodeSchema
              .nullable()
              .describe('Needed for more than is expected, and for less when nothing more will come.'),
          }),
        )
        .min(1)
        .max(500)
        .refine(eachArticleOnce, { error: 'lines.same_article_twice' }),
      closes: z.boolean().describe('Nothing more will come of this order.'),
      note: z.string().trim().max(500).nullable(),
    }),
    response: supplierOrderSchema,
  }),
  undoReceipt: endpoint({
    method: 'POST',
    path: '/stock-receipts/{receiptId}/undo',
    summary: 'Take a receipt back: counter-movements take its units out again',
    access: 'stock:receive',
    idempotent: true,
    params: receiptParams,
    body: z.strictObject({}),
    response: supplierOrderSchema,
  }),
}
