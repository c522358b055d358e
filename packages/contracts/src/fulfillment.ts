import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import { refusalReasonSchema } from './sourcing.ts'
import { substitutionWishSchema } from './substitution-wish.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

export const shipmentStates = ['to_prepare', 'ready', 'handed_over', 'shipped', 'cancelled'] as const

export const fulfillmentSchema = z
  .strictObject({
    id: idSchema,
    orderId: idSchema,
    orderNumber: z.string(),
    channelCode: codeSchema,
    siteId: idSchema,
    siteName: z.string(),
    method: z.enum(['delivery', 'pickup', 'carry_out']),
    state: z.enum(shipmentStates),
    customerName: z.string().nullable(),
    pickupCode: z.string().nullable(),
    dueAt: instantSchema.nullable(),
    late: z.boolean(),
    createdAt: instantSchema,
    readyAt: instantSchema.nullable(),
    closedAt: instantSchema.nullable(),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    /** Whom the buyer named to fetch it in their place. */
    collectorName: z.string().nullable(),
    /** Who took it away, when it was not its buyer. */
    collectedBy: z.string().nullable(),
    substitutions: substitutionWishSchema.nullable().describe('What its buyer wants when an article is missing.'),
    gift: z.boolean().describe('It is given to somebody: no price goes into the parcel.'),
    askedChangeId: idSchema
      .nullable()
      .describe('Set while its buyer is asked about a dearer article for one that is missing.'),
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        variantId: idSchema,
        sku: z.string(),
        gtin: z.string().nullable(),
        name: z.string(),
        variantLabel: z.string(),
        imageUrl: z.string().nullable(),
        quantity: z.int(),
        location: z.string().nullable().describe('Where it lies at the place of the preparation.'),
        substituteFor: z.string().nullable().describe('The name of the article it stands in for.'),
      }),
    ),
  })
  .meta({ id: 'Fulfillment' })
export type Fulfillment = z.infer<typeof fulfillmentSchema>

/** How long what is ready waits to be fetched: a reminder after some days, then back to stock and refunded. */
export const pickupRulesSchema = z
  .strictObject({ remindAfterDays: z.int().min(1).max(60), keepDays: z.int().min(2).max(90) })
  .refine(({ remindAfterDays, keepDays }) => remindAfterDays < keepDays, { error: 'pickup.reminded_before' })
  .meta({ id: 'PickupRules' })
export type PickupRules = z.infer<typeof pickupRulesSchema>

/** One state or several, as a query string repeats them: `?state=to_prepare&state=ready`. */
const statesQuery = z
  .union([z.enum(shipmentStates), z.array(z.enum(shipmentStates)).max(shipmentStates.length)])
  .optional()
  .transform((states) => (typeof states === 'string' ? [states] : states))

const fulfillmentParams = z.strictObject({ fulfillmentId: idSchema })

export const fulfillmentEndpoints = {
  listFulfillments: endpoint({
    method: 'GET',
    path: '/fulfillments',
    summary: 'What is to prepare, ready, handed over or shipped, by place; the pick-up list of a shop',
    access: 'orders:read',
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      siteId: idSchema.optional(),
      state: statesQuery,
      late: z
        .enum(['true'])
        .optional()
        .describe('Only what is still to be prepared although the time it was promised for is over.'),
      method: z.enum(['delivery', 'pickup']).optional(),
      q: z.string().trim().max(100).optional().describe('Order number, name or pick-up code.'),
    }),
    response: pageOf(fulfillmentSchema),
  }),
  getFulfillment: endpoint({
    method: 'GET',
    path: '/fulfillments/{fulfillmentId}',
    summary: 'One preparation',
    access: 'orders:read',
    params: fulfillmentParams,
    query: z.strictObject({ locale: localeSchema }),
    response: fulfillmentSchema,
  }),
  markPrepared: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/preparation',
    summary: 'Everything is picked: the customer is told it is ready',
    access: 'fulfillment:write',
    params: fulfillmentParams,
    response: fulfillmentSchema,
  }),
  undoPrepared: endpoint({
    method: 'DELETE',
    path: '/fulfillments/{fulfillmentId}/preparation',
    summary: 'Back to "to prepare", while nothing was handed over',
    access: 'fulfillment:write',
    params: fulfillmentParams,
    response: fulfillmentSchema,
  }),
  refuseLine: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/refusals',
    summary: 'Say no to a line: it is taken from another place, and the reason puts the right quantity right',
    access: 'fulfillment:write',
    status: 201,
    idempotent: true,
    params: fulfillmentParams,
    body: z.strictObject({
      lineId: idSchema,
      reason: refusalReasonSchema,
      quantity: z
        .int()
        .min(1)
        .max(9_999)
        .optional()
        .describe(
          'Units that are missing, damaged or on display; all of the line when left out. The whole line moves.',
        ),
      lots: lotsSchema.optional().describe('Which of a followed article are missing or damaged.'),
    }),
    response: z
      .strictObject({
        outcome: z.enum(['moved', 'unsourced']).describe('`unsourced`: nobody has it; somebody must decide.'),
        placeId: idSchema.nullable().describe('Where it is taken from now.'),
        placeName: z.string().nullable(),
        promisedAt: instantSchema.nullable(),
        promiseMoved: z.boolean().describe('The date promised moved, and the customer is told.'),
        fulfillment: fulfillmentSchema,
      })
      .meta({ id: 'RefusedLine' }),
  }),
  resolveLine: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/lines/{lineId}/resolution',
    summary: 'Decide about a line nobody has: try every place again, wait for stock, or cancel the line and refund it',
    access: 'orders:write',
    idempotent: true,
    params: z.strictObject({ orderId: idSchema, lineId: idSchema }),
    body: z.strictObject({ choice: z.enum(['retry', 'wait', 'cancel']) }),
    response: z.strictObject({ outcome: z.enum(['moved', 'unsourced', 'waiting', 'cancelled', 'order_cancelled']) }),
  }),
  handOver: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/hand-over',
    summary: 'Hand a pick-up over to whoever shows its code',
    access: 'fulfillment:write',
    params: fulfillmentParams,
    body: z.strictObject({
      pickupCode: z.string().trim().min(1).max(40),
      /** Who takes it away, when it is not the buyer. */
      collectedBy: z.string().trim().min(1).max(120).optional(),
    }),
    response: fulfillmentSchema,
  }),
  nameCollector: endpoint({
    method: 'PUT',
    path: '/orders/{orderId}/collector',
    summary: 'Name who fetches an order in its buyer’s place, by the order’s token; null for nobody',
    access: 'public',
    params: z.strictObject({ orderId: idSchema }),
    body: z.strictObject({ token: z.string().max(60), name: z.string().trim().min(1).max(120).nullable() }),
    response: z.strictObject({ name: z.string().nullable() }),
  }),
  getCollector: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/collector',
    summary: 'Who fetches an order in its buyer’s place, by the order’s token',
    access: 'public',
    params: z.strictObject({ orderId: idSchema }),
    query: z.strictObject({ token: z.string().max(60) }),
    response: z.strictObject({ name: z.string().nullable() }),
  }),
  getPickupRules: endpoint({
    method: 'GET',
    path: '/pickup-rules',
    summary: 'How long what is ready waits to be fetched',
    access: 'orders:read',
    response: pickupRulesSchema,
  }),
  putPickupRules: endpoint({
    method: 'PUT',
    path: '/pickup-rules',
    summary: 'Decide how long what is ready waits to be fetched',
    access: 'appointments:manage',
    body: pickupRulesSchema,
    response: pickupRulesSchema,
  }),
  ship: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/shipment',
    summary: 'Give the parcel to the carrier',
    access: 'fulfillment:write',
    params: fulfillmentParams,
    body: z.strictObject({
      carrier: z.string().trim().min(1).max(80),
      trackingNumber: z.string().trim().max(80).nullable(),
    }),
    response: fulfillmentSchema,
  }),
  getToday: endpoint({
    method: 'GET',
    path: '/today',
    summary: 'The work of the day: to prepare, ready, late, to refund, low stock',
    access: 'orders:read',
    query: z.strictObject({ siteId: idSchema.optional() }),
    response: z
      .strictObject({
        toPrepare: z.int(),
        ready: z.int(),
        late: z.int(),
        toShip: z.int(),
        awaitingPayment: z.int(),
        ordersToday: z.int(),
        revenueTodayMinor: z.int(),
        outOfStock: z.int(),
        byChannel: z.array(z.strictObject({ channelCode: codeSchema, orders: z.int(), revenueMinor: z.int() })),
        perDay: z.array(
          z.strictObject({ date: z.string(), channelCode: codeSchema, orders: z.int(), revenueMinor: z.int() }),
        ),
      })
      .meta({ id: 'Today' }),
  }),
}
