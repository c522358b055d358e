import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { fulfillmentSchema } from './fulfillment.ts'
import { lotsSchema, movedLotSchema } from './lots.ts'
import { idSchema, instantSchema, localeSchema, moneySchema, quantitySchema } from './scalars.ts'

/** Where a parcel is. It is packed in a shop, and then with a carrier until it is delivered, comes back or is lost. */
export const parcelStates = [
  'packed',
  'handed_to_carrier',
  'in_transit',
  'delivered',
  'returned_to_sender',
  'lost',
] as const
export const parcelStateSchema = z.enum(parcelStates)
export type ParcelState = z.infer<typeof parcelStateSchema>

/** What becomes of the articles of a parcel that did not arrive. */
export const parcelResolutions = ['reshipped', 'refunded'] as const

export const parcelSchema = z
  .strictObject({
    id: idSchema,
    orderId: idSchema,
    fulfillmentId: idSchema,
    siteId: idSchema.describe('Where it was packed.'),
    siteName: z.string(),
    position: z.int().describe('1 for the first parcel of the order, and so on.'),
    state: parcelStateSchema,
    steps: z
      .array(z.strictObject({ state: parcelStateSchema, at: instantSchema }))
      .describe('The states it has been through, with their dates, in order.'),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    trackingUrl: z.string().nullable().describe('The page that follows it.'),
    weightGrams: z.int().nullable(),
    resolution: z.enum(parcelResolutions).nullable().describe('Of a parcel that was lost or came back.'),
    note: z.string().nullable(),
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        sku: z.string(),
        name: z.string(),
        variantLabel: z.string(),
        imageUrl: z.string().nullable(),
        quantity: z.int(),
        lots: z
          .array(movedLotSchema)
          .describe('Lots and serial numbers of a followed article: those set aside for it, then those that left.'),
      }),
    ),
  })
  .meta({ id: 'Parcel' })
export type Parcel = z.infer<typeof parcelSchema>

/** How far the parcels of an order are, all together. Derived; payment has no part in it. */
export const shippingStates = [
  'not_shipped',
  'partially_shipped',
  'shipped',
  'partially_delivered',
  'delivered',
] as const

export const orderParcelsSchema = z
  .strictObject({
    state: z.enum(shippingStates),
    items: z.array(parcelSchema),
    lines: z
      .array(
        z.strictObject({
          lineId: idSchema,
          ordered: z.int(),
          packed: z.int().describe('In parcels that have not left.'),
          shipped: z.int().describe('On their way.'),
          delivered: z.int(),
          returned: z.int().describe('In parcels that came back to their sender.'),
          lost: z.int(),
          open: z.int().describe('In no parcel yet.'),
          state: z.enum([...shippingStates, 'packed']),
        }),
      )
      .describe('Of each line that travels, how many units are where.'),
  })
  .meta({ id: 'OrderParcels' })
export type OrderParcels = z.infer<typeof orderParcelsSchema>

/** A preparation with its parcels: what the packing table works with. */
export const packingSchema = z
  .strictObject({
    fulfillment: fulfillmentSchema,
    parcels: z.array(parcelSchema),
    left: z.array(z.strictObject({ lineId: idSchema, quantity: z.int() })).describe('What is in no parcel yet.'),
  })
  .meta({ id: 'Packing' })
export type Packing = z.infer<typeof packingSchema>

const carriageShape = {
  carrier: z.string().trim().min(1).max(80),
  trackingNumber: z
    .string()
    .trim()
    .max(80)
    .nullable()
    .describe('Refused when a carrier we know has no such numbers; any number for another carrier.'),
  trackingUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional()
    .describe('The page that follows it, for a carrier we do not know.'),
}

const packingParams = z.strictObject({ fulfillmentId: idSchema })
const parcelParams = z.strictObject({ fulfillmentId: idSchema, parcelId: idSchema })

export const parcelEndpoints = {
  getParcels: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/parcels',
    summary: 'The parcels of an order and where they are, for staff, its buyer, or the holder of its access token',
    access: 'public',
    params: z.strictObject({ orderId: idSchema }),
    query: z.strictObject({ token: z.string().max(100).optional(), locale: localeSchema }),
    response: orderParcelsSchema,
  }),
  getPacking: endpoint({
    method: 'GET',
    path: '/fulfillments/{fulfillmentId}/parcels',
    summary: 'A preparation with its parcels, and what is in none yet',
    access: 'orders:read',
    params: packingParams,
    query: z.strictObject({ locale: localeSchema }),
    response: packingSchema,
  }),
  getPackingSlip: endpoint({
    method: 'GET',
    path: '/fulfillments/{fulfillmentId}/slip',
    summary:
      'What a preparation, or one of its parcels, holds, on paper and without prices (PDF, A4); with the words of a gift',
    access: 'orders:read',
    params: packingParams,
    query: z.strictObject({ parcelId: idSchema.optional() }),
    produces: 'application/pdf',
  }),
  packParcel: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/parcels',
    summary: 'Pack a parcel with some of what a preparation has; the rest can leave another time',
    access: 'fulfillment:write',
    status: 201,
    idempotent: true,
    params: packingParams,
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            lineId: idSchema,
            quantity: quantitySchema,
            lots: lotsSchema
              .optional()
              .describe('Which lots lie in it; what was set aside for the line when left out.'),
          }),
        )
        .min(1)
        .max(200),
      weightGrams: z.int().min(1).max(2_000_000).nullable().default(null),
    }),
    response: packingSchema,
  }),
  unpackParcel: endpoint({
    method: 'DELETE',
    path: '/fulfillments/{fulfillmentId}/parcels/{parcelId}',
    summary: 'Unpack a parcel that has not left',
    access: 'fulfillment:write',
    params: parcelParams,
    response: packingSchema,
  }),
  shipParcel: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/parcels/{parcelId}/shipment',
    summary: 'Give one parcel to the carrier: what is in it leaves the stock, and its buyer is told',
    access: 'fulfillment:write',
    idempotent: true,
    params: parcelParams,
    body: z.strictObject(carriageShape),
    response: packingSchema,
  }),
  moveParcel: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/parcels/{parcelId}/state',
    summary: 'Note where a parcel is, as its carrier tells it; a step noted by mistake is taken back by the one before',
    access: 'fulfillment:write',
    params: parcelParams,
    body: z.strictObject({
      state: z.enum(['in_transit', 'delivered', 'returned_to_sender', 'lost']),
      at: instantSchema.optional().describe('When; now when left out.'),
      note: z.string().trim().max(300).optional(),
    }),
    response: packingSchema,
  }),
  resolveParcel: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/parcels/{parcelId}/resolution',
    summary: 'Send the articles of a parcel that did not arrive again, or refund them',
    access: 'orders:write',
    idempotent: true,
    params: parcelParams,
    body: z.strictObject({
      choice: z.enum(['reship', 'refund']),
      restock: z
        .boolean()
        .default(false)
        .describe('What came back goes onto the shelf of the shop it left; never of a lost parcel.'),
    }),
    response: z
      .strictObject({
        resolution: z.enum(parcelResolutions),
        refund: moneySchema.nullable(),
        packing: packingSchema,
      })
      .meta({ id: 'ResolvedParcel' }),
  }),
}
