import { z } from 'zod'
import { soldAheadSchema } from './ahead.ts'
import { deliveryFavourSchema, deliveryMethodSchema } from './carts.ts'
import { endpoint } from './endpoint.ts'
import { giftSchema } from './gifts.ts'
import { carriageFields, orderGroupSchema, pickupPartSchema } from './groups.ts'
import { paymentInputSchema, paymentMethods, paymentSchema, paymentStates } from './order-payments.ts'
import { orderReturnSchema } from './order-return.ts'
import { soldLotsSchema } from './lots.ts'
import { channelMediumSchema } from './channels.ts'
import { cardNumberSchema } from './loyalty.ts'
import { waitingChangeBriefSchema } from './waiting-change.ts'
import { substitutionWishSchema } from './substitution-wish.ts'
import {
  codeSchema,
  coordinatesSchema,
  cursorQuery,
  dateSchema,
  emailSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  postalAddressSchema,
  quantitySchema,
} from './scalars.ts'
import { withdrawalExceptionSchema } from './withdrawal-exceptions.ts'

export const documentStates = ['awaiting_payment', 'confirmed', 'cancelled', 'expired'] as const
export const fulfillmentStates = [
  'none',
  'to_prepare',
  'ready',
  'partially_fulfilled',
  'fulfilled',
  'returned',
] as const

export const contactSchema = z.strictObject({
  email: emailSchema.nullable(),
  phone: z.string().trim().max(30).nullable().default(null),
  name: z.string().trim().min(1).max(120),
})

/** The hour of a shop at which something bought is served. */
export const chosenHourSchema = z
  .strictObject({ service: codeSchema, siteId: idSchema, startsAt: instantSchema })
  .describe(
    'A service offered with one of the articles, at an hour of a shop: taken with the order, or the whole is refused.',
  )

export const placeOrderBodySchema = z
  .strictObject({
    channel: codeSchema,
    locale: localeSchema,
    /** Lines of a cart, or the lines themselves: one of the two. */
    cartId: idSchema.optional(),
    lines: z
      .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
      .min(1)
      .max(200)
      .optional(),
    lots: soldLotsSchema
      .optional()
      .describe('Lots and serial numbers of what is carried out of a shop, of articles whose lots are followed.'),
    contact: contactSchema.nullable().default(null),
    delivery: z.discriminatedUnion('method', [
      z.strictObject({
        method: z.literal('delivery'),
        address: postalAddressSchema,
        /** A delivery window offered for this address: the order takes a place in it, or is refused. */
        windowId: idSchema.optional(),
        /** Where the door is, when known: routes are drawn with it instead of the postal code. */
        coordinates: coordinatesSchema.optional(),
      }),
      z.strictObject({
        method: z.literal('pickup'),
        siteId: idSchema,
        /** A slot of this shop's drive: the order takes a place in it, or is refused. */
        slotId: idSchema.optional(),
      }),
      z.strictObject({ method: z.literal('carry_out'), siteId: idSchema }),
      /** Of a purchase of files alone. Files among goods are a part of their own, and say nothing here. */
      z.strictObject({ method: z.literal('download') }),
    ]),
    downloadConsent: z
      .strictObject({ version: z.string().max(40) })
      .optional()
      .describe(
        'The wording the buyer agreed to so that files are given at once. Without it they are given when the time to withdraw is over.',
      ),
    /** Articles that are picked up in shops while the rest goes as `delivery` says; each article whole. */
    pickups: z.array(pickupPartSchema).min(1).max(5).optional(),
    substitutions: substitutionWishSchema
      .optional()
      .describe('What to do when an article of a pick-up is missing when it is picked.'),
    appointment: chosenHourSchema.optional(),
    gift: giftSchema.optional().describe('It is given to somebody: no price goes into the parcel.'),
    cardNumber: cardNumberSchema
      .optional()
      .describe('The loyalty card its buyer showed at a till: what they are entitled to holds for this purchase.'),
    customerId: idSchema
      .optional()
      .describe('The same for a buyer whom staff found among the customers, as on the telephone.'),
    payments: z.array(paymentInputSchema).min(1).max(5),
    /** Total the buyer saw, in minor units; refused when the real total differs. */
    expectedTotalMinor: z.int().min(0).optional(),
    shipsBy: dateSchema
      .nullable()
      .optional()
      .describe(
        'Latest day the buyer was told for what is sold before it is there; null: nothing was. A later day is refused. Without it any day is accepted.',
      ),
  })
  .meta({ id: 'PlaceOrder' })
export type PlaceOrderBody = z.output<typeof placeOrderBodySchema>

/** The short answer to a purchase: enough to go on, cheap to write. */
export const placedOrderSchema = z
  .strictObject({
    orderId: idSchema,
    number: z.string(),
    /** Lets whoever holds it see this one order without signing in. */
    accessToken: z.string(),
    documentState: z.enum(documentStates),
    total: moneySchema,
    /** Where the buyer must go to finish a 3-D Secure challenge. */
    challengeUrl: z.string().nullable(),
    changeDue: moneySchema.nullable(),
  })
  .meta({ id: 'PlacedOrder' })
export type PlacedOrder = z.infer<typeof placedOrderSchema>

export const orderLineSchema = z
  .strictObject({
    id: idSchema,
    position: z.int(),
    variantId: idSchema,
    sku: z.string(),
    name: z.string(),
    variantLabel: z.string(),
    imageUrl: z.string().nullable(),
    quantity: z.int(),
    fulfilledQuantity: z.int(),
    returnedQuantity: z.int(),
    /** Of those, units that came back for something else. */
    exchangedQuantity: z.int(),
    /** The return this line was given for, in an exchange. */
    givenFor: idSchema.nullable(),
    substituteFor: idSchema.nullable().describe('The line it stands in for, of which articles were missing.'),
    unitPrice: moneySchema,
    lineTotal: moneySchema,
    vatRateBasisPoints: z.int(),
    vatAmount: moneySchema,
    credited: moneySchema.describe('What of it is not owed any more: cancelled, replaced or exchanged.'),
    placeId: idSchema,
    placeName: z.string(),
    groupNo: z.int().nullable().describe('The part of a mixed order it is in.'),
    withdrawalException: withdrawalExceptionSchema.nullable().describe('Why its purchase cannot be withdrawn from.'),
    downloadFrom: instantSchema.nullable().describe('From when on its files are given; null for goods.'),
    ahead: soldAheadSchema
      .extend({ allocatedAt: instantSchema.nullable().describe('When its goods had come.') })
      .nullable()
      .describe('Set when it was sold before its goods were there.'),
    exception: z
      .enum(['unsourced', 'waiting', 'cancelled'])
      .nullable()
      .describe('Nobody has it: `unsourced` until somebody decides, `waiting` for stock; or `cancelled` alone.'),
  })
  .meta({ id: 'OrderLine' })

export const timelineEntrySchema = z
  .strictObject({
    id: z.string(),
    at: instantSchema,
    type: z.string().describe('Event type, e.g. `orders.order_placed`.'),
    channelCode: codeSchema.nullable(),
    medium: channelMediumSchema.nullable(),
    actor: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const orderSchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    channelCode: codeSchema,
    documentState: z.enum(documentStates),
    paymentState: z.enum(paymentStates),
    fulfillmentState: z.enum(fulfillmentStates),
    placedAt: instantSchema,
    locale: z.enum(['fr', 'en']),
    contact: contactSchema.nullable(),
    partyId: idSchema.nullable(),
    /** The company it was bought for, with its own references. */
    company: z
      .strictObject({
        id: idSchema,
        name: z.string(),
        siteName: z.string().nullable(),
        instructions: z.string(),
        buyerName: z.string(),
        purchaseReference: z.string().nullable().describe('The buyer’s own order (EN 16931, BT-13).'),
        buyerReference: z.string().nullable().describe('What routes the invoice at the buyer’s (BT-10).'),
        costCentre: z.string().nullable().describe('Whom the buyer’s books charge (BT-19).'),
        dueOn: dateSchema.nullable().describe('When it is to be paid, when it was bought on account.'),
      })
      .nullable(),
    delivery: z.strictObject({
      method: deliveryMethodSchema,
      siteId: idSchema.nullable(),
      siteName: z.string().nullable(),
      address: postalAddressSchema.nullable(),
      promisedAt: instantSchema.nullable(),
      latestAt: instantSchema.nullable(),
      /** True when it was promised in a window: from `promisedAt` to `latestAt`. */
      inWindow: z.boolean(),
      pickupCode: z.string().nullable(),
      fee: moneySchema,
      ...carriageFields,
      feeVatRateBasisPoints: z.int(),
      favour: deliveryFavourSchema
        .extend({ spared: moneySchema })
        .nullable()
        .describe('By what its buyer was delivered for less, and what that spared them; null for most orders.'),
    }),
    substitutions: substitutionWishSchema.nullable().describe('What its buyer wants when an article is missing.'),
    gift: giftSchema.nullable().describe('Set when it is given to somebody.'),
    appointment: z
      .strictObject({
        id: idSchema,
        service: codeSchema,
        name: z.string(),
        siteId: idSchema,
        siteName: z.string(),
        timeZone: z.string(),
        startsAt: instantSchema,
        endsAt: instantSchema,
      })
      .nullable()
      .describe('The appointment it was bought with, while it stands.'),
    /** How each part reaches its buyer, when the whole does not go one way; empty otherwise. */
    groups: z.array(orderGroupSchema),
    lines: z.array(orderLineSchema),
    subtotal: moneySchema.describe('All lines, those that are cancelled too.'),
    credited: moneySchema.describe('What of them is not owed any more: cancelled, replaced or exchanged.'),
    total: moneySchema.describe(
      'What is bought: subtotal and carriage, less what was credited. What comes back later is refunded, and stays in the total.',
    ),
    vatByRate: z.array(z.strictObject({ rateBasisPoints: z.int(), base: moneySchema, vat: moneySchema })),
    paid: moneySchema,
    refunded: moneySchema,
    payments: z.array(paymentSchema),
    /** Days after receipt within which articles may come back without a reason. */
    returnDays: z.int(),
    /** When they are over, once everything that left was received. */
    returnUntil: instantSchema.nullable(),
    timeline: z.array(timelineEntrySchema),
    returns: z.array(orderReturnSchema),
    /** A change that costs more and waits to be paid. */
    waitingChange: waitingChangeBriefSchema.nullable(),
    /** Returns that were asked for and are not decided yet. */
    openReturns: z.array(z.strictObject({ id: idSchema, number: z.string(), state: z.enum(['asked', 'received']) })),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof orderSchema>

export const orderSummarySchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    placedAt: instantSchema,
    channelCode: codeSchema,
    customerName: z.string().nullable(),
    documentState: z.enum(documentStates),
    paymentState: z.enum(paymentStates),
    fulfillmentState: z.enum(fulfillmentStates),
    deliveryMethod: deliveryMethodSchema,
    siteName: z.string().nullable(),
    itemCount: z.int(),
    total: moneySchema,
    /** What was taken by each means of payment; empty while nothing was. */
    paidBy: z.array(z.strictObject({ method: z.enum(paymentMethods), amount: moneySchema })),
  })
  .meta({ id: 'OrderSummary' })
export type OrderSummary = z.infer<typeof orderSummarySchema>

const orderParams = z.strictObject({ orderId: idSchema })

export const orderEndpoints = {
  placeOrder: endpoint({
    method: 'POST',
    path: '/orders',
    summary: 'Buy: validated, priced, stock taken, paid, in one call',
    access: 'public',
    status: 201,
    idempotent: true,
    body: placeOrderBodySchema,
    response: placedOrderSchema,
  }),
  listOrders: endpoint({
    method: 'GET',
    path: '/orders',
    summary: 'Orders of every channel, newest first',
    access: 'orders:read',
    query: z.strictObject({
      ...cursorQuery,
      q: z.string().trim().max(200).optional().describe('Number, name, e-mail or pick-up code.'),
      customerId: idSchema.optional().describe('Of a customer, and of everybody merged into them.'),
      channel: codeSchema.optional(),
      siteId: idSchema.optional(),
      documentState: z.enum(documentStates).optional(),
      paymentState: z.enum(paymentStates).optional(),
      fulfillmentState: z.enum(fulfillmentStates).optional(),
      deliveryMethod: deliveryMethodSchema.optional(),
      returnable: z
        .enum(['true'])
        .optional()
        .describe('Only what was handed over; a whole number, pick-up code or e-mail then finds orders of every shop.'),
      from: instantSchema.optional(),
      until: instantSchema.optional(),
    }),
    response: pageOf(orderSummarySchema),
  }),
  listMyOrders: endpoint({
    method: 'GET',
    path: '/account/orders',
    summary: 'The orders of the signed-in customer',
    access: 'account',
    query: z.strictObject(cursorQuery),
    response: pageOf(orderSummarySchema),
  }),
  getOrder: endpoint({
    method: 'GET',
    path: '/orders/{orderId}',
    summary: 'One order, for staff, its buyer, or the holder of its access token',
    access: 'public',
    params: orderParams,
    query: z.strictObject({ token: z.string().max(100).optional(), locale: localeSchema }),
    response: orderSchema,
  }),
  cancelOrder: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/cancellation',
    summary: 'Cancel an order of which nothing has left: stock is freed, money returned',
    access: 'orders:write',
    idempotent: true,
    params: orderParams,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    response: orderSchema,
  }),
  confirmPayment: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/payment-confirmation',
    summary: 'Ask the provider how a challenged or unanswered payment ended, and settle the order by it',
    access: 'public',
    params: orderParams,
    body: z.strictObject({ token: z.string().max(100) }),
    response: placedOrderSchema,
  }),
  getPickupQr: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/pickup-qr',
    summary: 'The QR code of a pick-up, as SVG',
    access: 'public',
    params: orderParams,
    query: z.strictObject({
      token: z.string().max(100),
      group: z.coerce.number().int().min(0).max(99).optional().describe('The part of a mixed order.'),
    }),
    produces: 'image/svg+xml',
  }),
  // The local test provider's own page stands in for a bank's; it exists only while that provider is configured.
  answerTestChallenge: endpoint({
    method: 'POST',
    path: '/test-payments/{paymentId}/challenge',
    summary: 'Answer the 3-D Secure challenge of the local test provider',
    access: 'public',
    params: z.strictObject({ paymentId: idSchema }),
    body: z.strictObject({ outcome: z.enum(['accept', 'refuse']) }),
    response: z.strictObject({ returnUrl: z.string() }),
  }),
}
