import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { deliveryMethodSchema } from './carts.ts'
import { orderSchema } from './orders.ts'
import {
  coordinatesSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  postalAddressSchema,
  quantitySchema,
} from './scalars.ts'

/** Why something of an order cannot be changed any more. */
export const changeRefusals = [
  'started',
  'left',
  'ended',
  'in_shop',
  'window',
  'mixed',
  'company',
  'payment',
  'meanwhile',
  'drive',
  'waiting',
  'unpaid_change',
] as const
export type ChangeRefusal = (typeof changeRefusals)[number]

const refusal = z.enum(changeRefusals).nullable().describe('Why not; null when it can be.')

const changedDelivery = z.strictObject({
  method: deliveryMethodSchema,
  siteName: z.string().nullable(),
  address: postalAddressSchema.nullable(),
  promisedAt: instantSchema.nullable(),
  latestAt: instantSchema.nullable(),
  inWindow: z.boolean(),
})

export const orderChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), name: z.string(), from: z.int(), to: z.int() }),
  z.strictObject({
    kind: z.literal('substitute'),
    name: z.string(),
    quantity: z.int(),
    instead: z.string().nullable().describe('What stands in; null: nothing, it is refunded.'),
  }),
  z.strictObject({ kind: z.literal('address'), from: postalAddressSchema.nullable(), to: postalAddressSchema }),
  z.strictObject({ kind: z.literal('delivery'), from: changedDelivery, to: changedDelivery }),
])
export type OrderChange = z.infer<typeof orderChangeSchema>

/** A change that costs more and waits until the difference is paid; its goods are put aside until then. */
export const waitingChangeSchema = z
  .strictObject({
    id: idSchema,
    askedBy: z.enum(['customer', 'staff']),
    changes: z.array(orderChangeSchema),
    /** What is to be paid for it. */
    due: moneySchema,
    expiresAt: instantSchema,
    /** What its payment is at: nothing asked yet, asked, or put before the bank’s own page. */
    payment: z.enum(['none', 'pending', 'challenge']),
    challengeUrl: z.string().nullable(),
  })
  .meta({ id: 'WaitingOrderChange' })
export type WaitingOrderChange = z.infer<typeof waitingChangeSchema>

export const changeableSchema = z
  .strictObject({
    orderId: idSchema,
    number: z.string(),
    /** Sent back with a change, so that two who change at once do not undo each other. */
    revision: z.int(),
    address: postalAddressSchema.nullable(),
    addressRefusal: refusal,
    /** How it goes to its buyer now. */
    delivery: changedDelivery.extend({ siteId: idSchema.nullable(), fee: moneySchema }),
    /** Whether it can go another way, to another shop or at another time. */
    deliveryRefusal: refusal,
    /** The ways there are: delivery, and the shops that hand over pick-ups. */
    ways: z.strictObject({
      delivery: z.boolean(),
      pickups: z.array(z.strictObject({ siteId: idSchema, siteName: z.string() })),
    }),
    /** Whether articles can be added. */
    addRefusal: refusal,
    total: moneySchema,
    /** A change that waits to be paid; another one takes its place. */
    waiting: waitingChangeSchema.nullable(),
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        variantId: idSchema,
        name: z.string(),
        variantLabel: z.string(),
        imageUrl: z.string().nullable(),
        unitPrice: moneySchema,
        quantity: z.int(),
        refusal,
      }),
    ),
    /** What was changed before, newest first. */
    revisions: z.array(
      z.strictObject({
        revision: z.int(),
        changedAt: instantSchema,
        changedBy: z.enum(['customer', 'staff']),
        actor: z.string().nullable(),
        changes: z.array(orderChangeSchema),
        refund: moneySchema,
        /** What was paid more. */
        charge: moneySchema,
      }),
    ),
  })
  .meta({ id: 'ChangeableOrder' })
export type ChangeableOrder = z.infer<typeof changeableSchema>

/** What may become of a change that waits to be paid. */
export const changeStates = ['waiting', 'made', 'withdrawn', 'expired', 'overtaken'] as const

/** How the buyer of an order gets to pay for a change of it. */
export const changeLinkSchema = z
  .strictObject({
    number: z.string(),
    email: z.string().nullable().describe('Where the link was sent; null when no message went out.'),
    mayShow: z.boolean().describe('Whether staff may show the link: nothing can be sent to its buyer.'),
    due: moneySchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'ChangeLink' })
export type ChangeLink = z.infer<typeof changeLinkSchema>

const orderParams = z.strictObject({ orderId: idSchema })
const token = z.string().max(100).optional().describe('The access token of the order, for who is not signed in.')

const changeParams = z.strictObject({ orderId: idSchema, changeId: idSchema })

const changeBody = z.strictObject({
  token,
  revision: z.int().min(1),
  address: postalAddressSchema.optional(),
  lines: z
    .array(z.strictObject({ lineId: idSchema, quantity: z.int().min(0).max(9_999) }))
    .max(200)
    .default([])
    .describe(
      'The new quantity of each line that changes; none of it cancels the line, more is sold at today’s price.',
    ),
  add: z
    .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
    .max(50)
    .default([])
    .describe('Articles that come to it, at today’s price.'),
  delivery: z
    .discriminatedUnion('method', [
      z.strictObject({
        method: z.literal('delivery'),
        address: postalAddressSchema,
        windowId: idSchema.optional(),
        coordinates: coordinatesSchema.optional(),
      }),
      z.strictObject({ method: z.literal('pickup'), siteId: idSchema }),
    ])
    .optional()
    .describe('Another way, another shop, or another window; its fee is that of today.'),
  locale: localeSchema,
})

/** What a change would come to. */
export const changeSumsSchema = z
  .strictObject({
    changes: z.array(orderChangeSchema),
    added: z.array(
      z.strictObject({
        variantId: idSchema,
        name: z.string(),
        variantLabel: z.string(),
        quantity: z.int(),
        lineTotal: moneySchema,
      }),
    ),
    subtotal: moneySchema,
    fee: moneySchema,
    total: moneySchema,
    /** To be paid for it; given back when negative. */
    difference: moneySchema,
  })
  .meta({ id: 'OrderChangeSums' })
export type OrderChangeSums = z.infer<typeof changeSumsSchema>

const outcome = z
  .strictObject({ order: orderSchema, waiting: waitingChangeSchema.nullable() })
  .meta({ id: 'OrderChangeOutcome' })

const changeOutcome = z
  .strictObject({
    number: z.string().describe('That of the order.'),
    state: z.enum(changeStates).describe('What became of the change.'),
    order: orderSchema.nullable().describe('Null for who holds the link of the change alone.'),
    waiting: waitingChangeSchema.nullable(),
  })
  .meta({ id: 'PaidChangeOutcome' })

/** What became of a change: the order with it, or nothing of the order for who holds the link of the change alone. */
export type PaidChangeOutcome = z.infer<typeof changeOutcome>

const changeToken = z
  .string()
  .max(100)
  .optional()
  .describe('The access token of the order, or the one of the link of this change, which opens nothing else.')

export const orderChangeEndpoints = {
  getChangeable: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/changes',
    summary: 'What of an order can still be changed, and what was',
    access: 'public',
    params: orderParams,
    query: z.strictObject({ token, locale: localeSchema }),
    response: changeableSchema,
  }),
  priceChange: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes/price',
    summary: 'What a change of an order would come to; nothing is changed',
    access: 'public',
    params: orderParams,
    body: changeBody,
    response: changeSumsSchema,
  }),
  changeOrder: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes',
    summary:
      'Change an order before it is prepared: its articles, its address, how and when it reaches its buyer. What costs more waits to be paid',
    access: 'public',
    idempotent: true,
    params: orderParams,
    body: changeBody.extend({
      expectedDifferenceMinor: z.int().optional().describe('The difference that was shown; another one is refused.'),
    }),
    response: outcome,
  }),
  payChange: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes/{changeId}/payment',
    summary: 'Pay the difference of a change: it is made when the bank agrees',
    access: 'public',
    idempotent: true,
    params: changeParams,
    body: z.strictObject({
      token: changeToken,
      card: z.string().min(1).max(200),
      returnUrl: z.string().max(500).optional(),
    }),
    response: changeOutcome,
  }),
  getChangeLink: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/changes/{changeId}/link',
    summary: 'How its buyer gets to pay for a change that waits: by a link that was sent, or one that staff may show',
    access: 'fulfillment:write',
    params: changeParams,
    query: z.strictObject({ locale: localeSchema }),
    response: changeLinkSchema,
  }),
  showChangeLink: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes/{changeId}/link',
    summary: 'Show that link to a buyer nothing can be sent to; the history of the order tells who did',
    access: 'fulfillment:write',
    params: changeParams,
    body: z.strictObject({ locale: localeSchema }),
    response: z.strictObject({
      link: z.url(),
      qr: z.string().describe('The link as a QR code: an SVG picture.'),
    }),
  }),
  confirmChange: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes/{changeId}/payment-confirmation',
    summary: 'Ask the provider how the payment of a change ended, and make the change by it',
    access: 'public',
    params: changeParams,
    body: z.strictObject({ token: changeToken, locale: localeSchema }),
    response: changeOutcome,
  }),
  withdrawChange: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes/{changeId}/withdrawal',
    summary: 'Give up a change that waits to be paid: the order stays as it is',
    access: 'public',
    idempotent: true,
    params: changeParams,
    body: z.strictObject({ token: changeToken, locale: localeSchema }),
    response: changeOutcome,
  }),
}
