import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, cursorQuery, dateSchema, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'
import { movementKinds } from './movement-kinds.ts'
import { stockArticle, stockTrackingSchema } from './stock-articles.ts'

/** Where one unit with a serial number is. `away`: written off, lost, or sent back. */
export const serialStates = ['away', 'in_stock', 'kept_back', 'in_transit', 'sold'] as const
export type SerialState = (typeof serialStates)[number]

export const blockReasons = ['recall', 'quality', 'investigation', 'other'] as const

/** The number of a lot or of a unit, as GS1 writes it (AI 10 and 21: up to twenty characters), or as an older label does. */
export const lotNumberSchema = z.string().trim().min(1).max(40)

/** Units of a lot; a serial number is a lot of one unit. */
export const lotUnitsSchema = z.strictObject({
  number: lotNumberSchema,
  units: z.int().min(1).max(1_000_000),
  expiresOn: dateSchema.optional().describe('Needed when a lot with a date is received for the first time.'),
})
export type LotUnits = z.output<typeof lotUnitsSchema>

/** Lots of one movement: each once. */
export const lotsSchema = z
  .array(lotUnitsSchema)
  .max(1_000)
  .refine((lots) => new Set(lots.map(({ number }) => number)).size === lots.length, { error: 'lines.same_lot_twice' })

/** Which lots of which articles a buyer is given, or brings back. */
export const soldLotsSchema = z
  .array(z.strictObject({ variantId: idSchema, lots: lotsSchema }))
  .max(200)
  .refine((all) => new Set(all.map(({ variantId }) => variantId)).size === all.length, {
    error: 'lines.same_article_twice',
  })

const lotHead = {
  id: idSchema,
  number: z.string().nullable().describe('Null for what lay there before its lots were followed.'),
  serial: z.boolean(),
  expiresOn: dateSchema.nullable().describe('The last day on which it is good.'),
  state: z.enum(serialStates).nullable().describe('Of a serial number.'),
  blocked: z
    .strictObject({
      at: instantSchema,
      by: z.string().nullable(),
      reason: z.enum(blockReasons),
      note: z.string().nullable(),
    })
    .nullable(),
}

export const lotSummarySchema = z
  .strictObject({
    ...lotHead,
    article: z.strictObject(stockArticle),
    onHand: z.int().describe('For sale, in all places.'),
    keptBack: z.int().describe('Blocked, or no longer good: out of the quantity on hand.'),
  })
  .meta({ id: 'LotSummary' })
export type LotSummary = z.infer<typeof lotSummarySchema>

export const lotSchema = lotSummarySchema
  .extend({
    places: z.array(z.strictObject({ placeId: idSchema, placeName: z.string(), units: z.int(), keptBack: z.int() })),
    receipts: z
      .array(
        z.strictObject({
          number: z.string().describe('Of the receipt.'),
          at: instantSchema,
          placeName: z.string(),
          units: z.int(),
          supplierOrderId: idSchema,
          supplierOrderNumber: z.string(),
          supplierName: z.string(),
        }),
      )
      .describe('Where it came from; receipts that were undone are left out.'),
    movements: z.array(
      z.strictObject({
        id: idSchema,
        at: instantSchema,
        kind: z.enum(movementKinds),
        placeName: z.string(),
        quantity: z.int(),
        reference: z.string().nullable(),
        orderId: idSchema.nullable(),
        actor: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Lot' })
export type Lot = z.infer<typeof lotSchema>

/** Units of a lot that moved: with a parcel, or by a supplier’s delivery. */
export const movedLotSchema = z.strictObject({
  lotId: idSchema,
  number: z.string(),
  expiresOn: dateSchema.nullable(),
  units: z.int(),
})
export type MovedLot = z.infer<typeof movedLotSchema>

/** A lot on a shelf, as it is proposed: what is good for the shortest time first. */
export const shelfLotSchema = z.strictObject({
  lotId: idSchema,
  number: z.string().nullable(),
  expiresOn: dateSchema.nullable(),
  units: z.int().describe('Those that nobody has put aside.'),
})
export type ShelfLot = z.infer<typeof shelfLotSchema>

/** An order with which units of a lot left. */
export const lotOrderSchema = z
  .strictObject({
    orderId: idSchema,
    number: z.string(),
    channelCode: codeSchema,
    leftAt: instantSchema,
    units: z.int(),
    cameBack: z.int(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
  })
  .meta({ id: 'LotOrder' })
export type LotOrder = z.infer<typeof lotOrderSchema>

const fulfillmentLotsSchema = z
  .strictObject({
    incoming: z
      .boolean()
      .describe('A supplier sends it: lots are named as they come, with the date until which they are good.'),
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        variantId: idSchema,
        sku: z.string(),
        name: z.string(),
        quantity: z.int().describe('Units that are still to leave.'),
        tracking: stockTrackingSchema,
        picked: z.array(z.strictObject({ number: z.string(), units: z.int(), expiresOn: dateSchema.nullable() })),
        shelf: z.array(shelfLotSchema).describe('What can be taken, first expired first.'),
      }),
    ),
  })
  .meta({ id: 'FulfillmentLots' })
export type FulfillmentLots = z.infer<typeof fulfillmentLotsSchema>

const trackedVariantSchema = z.strictObject({
  variantId: idSchema,
  sku: z.string(),
  variantLabel: z.string(),
  tracking: stockTrackingSchema.nullable(),
  onHand: z.int(),
  withoutLot: z.int().describe('Units on hand of which no lot is known.'),
})
export type TrackedVariant = z.infer<typeof trackedVariantSchema>

const lotParams = z.strictObject({ lotId: idSchema })

export const lotEndpoints = {
  listTracking: endpoint({
    method: 'GET',
    path: '/products/{productId}/tracking',
    summary: 'Whether lots or serial numbers of a product’s variants are followed',
    access: 'stock:read',
    params: z.strictObject({ productId: idSchema }),
    query: z.strictObject({ locale: localeSchema }),
    response: z.strictObject({ items: z.array(trackedVariantSchema) }),
  }),
  setTracking: endpoint({
    method: 'PUT',
    path: '/variants/{variantId}/tracking',
    summary: 'Follow the lots or the serial numbers of a variant from now on, or no longer',
    access: 'stock:write',
    params: z.strictObject({ variantId: idSchema }),
    body: z.strictObject({ tracking: stockTrackingSchema.nullable() }),
    response: trackedVariantSchema,
  }),
  listLots: endpoint({
    method: 'GET',
    path: '/stock-lots',
    summary: 'Lots and serial numbers, newest first',
    access: 'stock:read',
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      q: z.string().trim().max(200).optional().describe('A number, a scanned GS1 symbol, an SKU or part of a name.'),
      variantId: idSchema.optional(),
      placeId: idSchema.optional(),
      only: z
        .enum(['on_hand', 'kept_back', 'blocked', 'expiring'])
        .optional()
        .describe('`expiring`: on hand, and to be sold within thirty days or not at all.'),
    }),
    response: pageOf(lotSummarySchema),
  }),
  getLot: endpoint({
    method: 'GET',
    path: '/stock-lots/{lotId}',
    summary: 'Where a lot or a serial number came from, where it lies, and how it moved',
    access: 'stock:read',
    params: lotParams,
    query: z.strictObject({ locale: localeSchema }),
    response: lotSchema,
  }),
  listShelfLots: endpoint({
    method: 'GET',
    path: '/shelf-lots',
    summary: 'Lots of followed articles that a place, or a shop, can sell: first expired, first out',
    access: 'stock:read',
    query: z.strictObject({
      placeId: idSchema.optional(),
      siteId: idSchema.optional(),
      variantIds: z
        .string()
        .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,99}$/)
        .describe('At most a hundred, with commas between.'),
    }),
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          variantId: idSchema,
          tracking: stockTrackingSchema,
          lots: z.array(shelfLotSchema),
        }),
      ),
    }),
  }),
  getFulfillmentLots: endpoint({
    method: 'GET',
    path: '/fulfillments/{fulfillmentId}/lots',
    summary: 'Lines of a preparation whose lots or serial numbers are followed: what was taken, and what should be',
    access: 'orders:read',
    params: z.strictObject({ fulfillmentId: idSchema }),
    response: fulfillmentLotsSchema,
  }),
  pickLots: endpoint({
    method: 'PUT',
    path: '/fulfillments/{fulfillmentId}/lots',
    summary: 'Say which lots or serial numbers were taken from the shelf for a preparation; they leave with it',
    access: 'fulfillment:write',
    params: z.strictObject({ fulfillmentId: idSchema }),
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ lineId: idSchema, lots: lotsSchema }))
        .min(1)
        .max(200),
    }),
    response: fulfillmentLotsSchema,
  }),
  blockLot: endpoint({
    method: 'POST',
    path: '/stock-lots/{lotId}/block',
    summary: 'Recall: units of the lot leave what can be sold, wherever they lie',
    access: 'stock:write',
    idempotent: true,
    params: lotParams,
    body: z.strictObject({ reason: z.enum(blockReasons), note: z.string().trim().max(500).nullable() }),
    response: lotSchema,
  }),
  unblockLot: endpoint({
    method: 'POST',
    path: '/stock-lots/{lotId}/unblock',
    summary: 'The lot may be sold again',
    access: 'stock:write',
    idempotent: true,
    params: lotParams,
    body: z.strictObject({}),
    response: lotSchema,
  }),
  writeOffLot: endpoint({
    method: 'POST',
    path: '/stock-lots/{lotId}/write-off',
    summary: 'Destroy units that were kept back, with the reason',
    access: 'stock:write',
    idempotent: true,
    params: lotParams,
    body: z.strictObject({
      placeId: idSchema,
      units: z.int().min(1).max(1_000_000),
      reasonCode: z.enum(['expired', 'damaged', 'other']),
    }),
    response: lotSchema,
  }),
  listLotOrders: endpoint({
    method: 'GET',
    path: '/stock-lots/{lotId}/orders',
    summary: 'Who has units of a lot: the list of a recall',
    access: 'orders:read',
    params: lotParams,
    response: z.strictObject({ items: z.array(lotOrderSchema) }),
  }),
  listOrderLots: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/lots',
    summary: 'Lots and serial numbers that an order’s buyer has, by line',
    access: 'orders:read',
    params: z.strictObject({ orderId: idSchema }),
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          lineId: idSchema.nullable(),
          variantId: idSchema,
          lotId: idSchema,
          number: z.string().nullable(),
          serial: z.boolean(),
          expiresOn: dateSchema.nullable(),
          units: z.int().describe('Those that left, less those that came back.'),
        }),
      ),
    }),
  }),
}
