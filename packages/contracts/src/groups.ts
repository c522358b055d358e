import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, instantSchema, localeSchema, moneySchema } from './scalars.ts'

/** Articles of a purchase that are picked up in a shop while the rest goes another way. */
export const pickupPartSchema = z.strictObject({
  siteId: idSchema,
  variantIds: z.array(idSchema).min(1).max(200),
  /** A slot of this shop's drive for this part. An order has one such time at the most. */
  slotId: idSchema.optional(),
})

/** What a view tells of the carriage of an order, or of one of its parts. */
export const carriageFields = {
  surcharge: moneySchema.describe(
    'What of the fee is more than standard delivery: it stays paid when its buyer changes their mind.',
  ),
  feeBack: moneySchema.describe('What of the fee was given back with articles that came back.'),
}

/** How one part of a mixed order reaches its buyer. */
export const orderGroupSchema = z
  .strictObject({
    no: z.int(),
    method: z.enum(['delivery', 'pickup', 'download']),
    siteId: idSchema.nullable(),
    siteName: z.string().nullable(),
    promisedAt: instantSchema.nullable(),
    latestAt: instantSchema.nullable(),
    pickupCode: z.string().nullable(),
    timed: z
      .enum(['window', 'drive'])
      .nullable()
      .describe('Promised in a delivery window, or at a time of a drive: from `promisedAt` to `latestAt`.'),
    fee: moneySchema,
    ...carriageFields,
    cancelledAt: instantSchema.nullable(),
    cancelReason: z.string().nullable(),
    cancellable: z.boolean().describe('Whether nothing of it is prepared, so that it can be cancelled alone.'),
    state: z
      .enum(['to_prepare', 'ready', 'partially_fulfilled', 'fulfilled', 'cancelled'])
      .describe('How far this part is.'),
  })
  .meta({ id: 'OrderGroup' })
export type OrderGroup = z.infer<typeof orderGroupSchema>

const uuid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'
const pickSchema = z.string().regex(new RegExp(`^${uuid}\\.${uuid}$`))

/** What a cart comes to when it reaches its buyer in several ways. */
export const cartSplitSchema = z
  .strictObject({
    total: moneySchema,
    fee: moneySchema,
    groups: z.array(
      z.strictObject({
        method: z.enum(['delivery', 'pickup', 'download']),
        siteId: idSchema.nullable(),
        siteName: z.string().nullable(),
        variantIds: z.array(idSchema),
        fee: moneySchema,
        promisedAt: instantSchema.nullable(),
        latestAt: instantSchema.nullable(),
        timed: z.enum(['window', 'drive']).nullable(),
        missing: z.array(idSchema).describe('Articles this shop does not have.'),
      }),
    ),
  })
  .meta({ id: 'CartSplit' })
export type CartSplit = z.infer<typeof cartSplitSchema>

export const groupEndpoints = {
  cancelPart: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/parts/{no}/cancellation',
    summary: 'Cancel one part of an order that goes several ways, while it is not prepared; the others go on',
    access: 'public',
    status: 204,
    idempotent: true,
    params: z.strictObject({ orderId: idSchema, no: z.coerce.number().int().min(0).max(99) }),
    body: z.strictObject({
      /** The order's access token, for whoever bought it without an account. */
      token: z.string().max(100).optional(),
      reason: z.string().trim().min(1).max(500).optional().describe('Staff say why; its buyer need not.'),
    }),
  }),
  splitCart: endpoint({
    method: 'GET',
    path: '/carts/{cartId}/split',
    summary: 'What a cart comes to when each article is received in its own way',
    access: 'public',
    params: z.strictObject({ cartId: idSchema }),
    query: z.strictObject({
      locale: localeSchema,
      pick: z
        .union([pickSchema, z.array(pickSchema).max(200)])
        .default([])
        .transform((picks) => (typeof picks === 'string' ? [picks] : picks))
        .describe('`site.variant`, repeated: an article that is picked up, and where.'),
      windowId: idSchema.optional().describe('A delivery window for what is delivered, of this postal code.'),
      postalCode: z.string().trim().max(12).default(''),
      slot: pickSchema.optional().describe('`site.slot`: a time at the drive of one of these shops.'),
    }),
    response: cartSplitSchema,
  }),
}
