import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import { movementKinds } from './movement-kinds.ts'
import { reasonCodeSchema } from './reason-codes.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

export const placeSchema = z
  .strictObject({
    id: idSchema,
    code: codeSchema,
    name: z.string(),
    siteId: idSchema,
    shipsParcels: z.boolean(),
    offersPickup: z.boolean(),
  })
  .meta({ id: 'Place' })
export type Place = z.infer<typeof placeSchema>

/** Aisle, shelf, bin, as people write them: `A-12-3`. */
const locationSchema = z.string().trim().min(1).max(40)

export const stockLevelSchema = z
  .strictObject({
    variantId: idSchema,
    placeId: idSchema,
    placeName: z.string(),
    productId: idSchema,
    sku: z.string(),
    gtin: z.string().nullable(),
    productName: z.string(),
    variantLabel: z.string(),
    imageUrl: z.string().nullable(),
    location: z.string().nullable().describe('Where it lies at its place: aisle, shelf, bin.'),
    onHand: z.int(),
    held: z.int(),
    committed: z.int(),
    safety: z.int(),
    /** On hand − committed − held − safety. */
    available: z.int(),
    inTransit: z.int().describe('Sent to this place by another and not arrived yet; not on hand.'),
  })
  .meta({ id: 'StockLevel' })
export type StockLevel = z.infer<typeof stockLevelSchema>

export const stockMovementSchema = z
  .strictObject({
    id: idSchema,
    at: instantSchema,
    kind: z.enum(movementKinds),
    variantId: idSchema,
    sku: z.string(),
    productName: z.string(),
    variantLabel: z.string(),
    placeId: idSchema,
    placeName: z.string(),
    quantity: z.int().describe('Change of the quantity on hand: positive in, negative out.'),
    onHandAfter: z.int().nullable().describe('Running balance, when one article at one place is listed.'),
    reasonCode: reasonCodeSchema.nullable(),
    reason: z.string().nullable().describe('In words, when somebody wrote some.'),
    reference: z.string().nullable(),
    orderId: idSchema.nullable(),
    actor: z.string().nullable(),
  })
  .meta({ id: 'StockMovement' })
export type StockMovement = z.infer<typeof stockMovementSchema>

export const inventoryEndpoints = {
  listPlaces: endpoint({
    method: 'GET',
    path: '/places',
    summary: 'Places where stock lies',
    access: 'stock:read',
    response: z.strictObject({ items: z.array(placeSchema) }),
  }),
  listStock: endpoint({
    method: 'GET',
    path: '/stock',
    summary: 'Stock by article and place, every term of what is available',
    access: 'stock:read',
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      q: z.string().trim().max(200).optional(),
      siteId: idSchema.optional(),
      placeId: idSchema.optional(),
      variantId: idSchema.optional(),
      productId: idSchema.optional(),
      only: z.enum(['out', 'low', 'held']).optional(),
    }),
    response: pageOf(stockLevelSchema),
  }),
  listMovements: endpoint({
    method: 'GET',
    path: '/stock-movements',
    summary: 'The journal of stock, newest first',
    access: 'stock:read',
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      placeId: idSchema.optional(),
      variantId: idSchema.optional(),
      orderId: idSchema.optional(),
      kind: z.enum(movementKinds).optional(),
      reasonCode: reasonCodeSchema.optional(),
    }),
    response: pageOf(stockMovementSchema),
  }),
  recordMovement: endpoint({
    method: 'POST',
    path: '/stock-movements',
    summary: 'Receive, count, transfer or write off stock',
    access: 'stock:write',
    status: 201,
    idempotent: true,
    body: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('receipt'),
        variantId: idSchema,
        placeId: idSchema,
        quantity: z.int().min(1).max(1_000_000),
        lots: lotsSchema.optional(),
        reasonCode: reasonCodeSchema.optional(),
        reason: z.string().trim().max(200).nullable(),
      }),
      z.strictObject({
        kind: z.literal('count'),
        variantId: idSchema,
        placeId: idSchema,
        counted: z.int().min(0).max(1_000_000),
        lots: lotsSchema.optional().describe('Which were missing or found, of a followed article.'),
        reasonCode: reasonCodeSchema.optional(),
        reason: z.string().trim().max(200).nullable(),
      }),
      z.strictObject({
        kind: z.literal('loss'),
        variantId: idSchema,
        placeId: idSchema,
        quantity: z.int().min(1).max(1_000_000),
        lots: lotsSchema.optional(),
        reasonCode: reasonCodeSchema,
        reason: z.string().trim().max(200).nullable(),
      }),
      z.strictObject({
        kind: z.literal('transfer'),
        variantId: idSchema,
        placeId: idSchema,
        toPlaceId: idSchema,
        quantity: z.int().min(1).max(1_000_000),
        lots: lotsSchema.optional(),
        reasonCode: reasonCodeSchema.optional(),
        reason: z.string().trim().max(200).nullable(),
      }),
    ]),
    response: z.strictObject({ levels: z.array(stockLevelSchema) }),
  }),
  setLocation: endpoint({
    method: 'PUT',
    path: '/stock/{variantId}/{placeId}/location',
    summary: 'Say where an article lies at a place, so that it is picked in the order of the walk',
    access: 'stock:write',
    params: z.strictObject({ variantId: idSchema, placeId: idSchema }),
    body: z.strictObject({ location: locationSchema.nullable() }),
    response: stockLevelSchema,
  }),
  verifyStock: endpoint({
    method: 'GET',
    path: '/stock-verification',
    summary: 'Recompute every quantity from the movements and the promises, and list what differs (nothing should)',
    access: 'stock:read',
    response: z.strictObject({
      checked: z.int(),
      differences: z.array(
        z.strictObject({
          variantId: idSchema,
          placeId: idSchema,
          quantity: z.string(),
          stored: z.int(),
          recomputed: z.int(),
        }),
      ),
    }),
  }),
}
