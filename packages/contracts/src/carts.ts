import { z } from 'zod'
import { soldAheadSchema } from './ahead.ts'
import { downloadWordingSchema } from './downloads.ts'
import { endpoint } from './endpoint.ts'
import { cardNumberSchema } from './loyalty.ts'
import { codeSchema, idSchema, instantSchema, localeSchema, moneySchema, quantitySchema } from './scalars.ts'
import { withdrawalExceptionSchema } from './withdrawal-exceptions.ts'

export const deliveryMethods = ['delivery', 'pickup', 'carry_out', 'download'] as const
export const deliveryMethodSchema = z.enum(deliveryMethods)
/** How goods one can hold reach their buyer. */
export const goodsMethodSchema = deliveryMethodSchema.exclude(['download'])

export const cartLineSchema = z
  .strictObject({
    variantId: idSchema,
    productId: idSchema.nullable().describe('Null when it is no longer sold.'),
    handle: z.string(),
    name: z.string(),
    variantLabel: z.string(),
    sku: z.string(),
    imageUrl: z.string().nullable(),
    quantity: quantitySchema,
    unitPrice: moneySchema,
    lineTotal: moneySchema,
    /** Units of this article that can be promised now, in all; the line says when it asks for more. */
    available: z.int(),
    ahead: soldAheadSchema.nullable().describe('Set when it is sold before it is there.'),
    /** False when the article is no longer sold in this channel: the line must go before checkout. */
    sold: z.boolean(),
    opening: z
      .strictObject({ at: instantSchema, open: z.boolean() })
      .nullable()
      .describe(
        'Set while it is not sold to everybody: from when on it is, and whether whoever asks may buy it already.',
      ),
    /** Its price holds until then, in every channel; null when it is the price of the day. */
    priceKeptUntil: instantSchema.nullable(),
    /** Its units are put aside until then. */
    heldUntil: instantSchema.nullable(),
    vatRateBasisPoints: z.int(),
    withdrawalException: withdrawalExceptionSchema.nullable().describe('Why its purchase cannot be withdrawn from.'),
    download: z.boolean().describe('Whether it is a file: nothing is delivered or picked up.'),
  })
  .meta({ id: 'CartLine' })

/** By what somebody is delivered without a fee. */
export const deliveryFavourSchema = z.strictObject({
  source: z.enum(['tier', 'treatment', 'staff']),
  name: z.string().nullable().describe('Of the tier.'),
})
export type DeliveryFavour = z.infer<typeof deliveryFavourSchema>

export const deliveryOptionSchema = z
  .strictObject({
    method: deliveryMethodSchema,
    siteId: idSchema.nullable(),
    siteName: z.string().nullable(),
    fee: moneySchema,
    favour: deliveryFavourSchema.nullable().describe('Why the fee is not asked of whoever is signed in.'),
    possible: z.boolean(),
    /** Earliest instant ready (pick-up) or expected (delivery); null when not possible. */
    promisedAt: instantSchema.nullable(),
    latestAt: instantSchema.nullable(),
    missing: z.array(idSchema).describe('Variants this option cannot serve.'),
  })
  .meta({ id: 'DeliveryOption' })
export type DeliveryOption = z.infer<typeof deliveryOptionSchema>

export const cartSchema = z
  .strictObject({
    id: idSchema,
    channelCode: codeSchema,
    lines: z.array(cartLineSchema),
    itemCount: z.int(),
    subtotal: moneySchema,
    vatIncluded: moneySchema,
    deliveryOptions: z.array(deliveryOptionSchema),
    /** The quote this cart stands for: its lines are changed there. */
    quote: z
      .strictObject({ number: z.string(), revision: z.int(), open: z.boolean(), validUntil: instantSchema })
      .nullable(),
    downloadWording: downloadWordingSchema
      .nullable()
      .describe('What its buyer may agree to, when there are files among the lines.'),
    updatedAt: instantSchema,
  })
  .meta({ id: 'Cart' })
export type Cart = z.infer<typeof cartSchema>

const cartParams = z.strictObject({ cartId: idSchema })

export const cartEndpoints = {
  createCart: endpoint({
    method: 'POST',
    path: '/carts',
    summary: 'Open a cart; whoever holds its id can use it',
    access: 'public',
    status: 201,
    idempotent: true,
    body: z.strictObject({ channel: codeSchema, locale: localeSchema }),
    response: cartSchema,
  }),
  getCart: endpoint({
    method: 'GET',
    path: '/carts/{cartId}',
    summary: 'A cart with its prices, stock and ways of delivery as they are now',
    access: 'public',
    params: cartParams,
    query: z.strictObject({
      locale: localeSchema,
      cardNumber: cardNumberSchema
        .optional()
        .describe('For tills: the loyalty card its buyer showed, for what they are entitled to.'),
      customerId: idSchema.optional().describe('The same for a buyer whom staff found among the customers.'),
    }),
    response: cartSchema,
  }),
  setCartLine: endpoint({
    method: 'PUT',
    path: '/carts/{cartId}/lines/{variantId}',
    summary: 'Set the quantity of an article in a cart; zero removes it',
    access: 'public',
    params: cartParams.extend({ variantId: idSchema }),
    query: z.strictObject({ locale: localeSchema }),
    body: z.strictObject({ quantity: z.int().min(0).max(9_999) }),
    response: cartSchema,
  }),
  holdCart: endpoint({
    method: 'POST',
    path: '/carts/{cartId}/hold',
    summary: 'Put the articles of a cart aside for a time: two hours for a visitor, up to fourteen days for staff',
    access: 'public',
    idempotent: true,
    params: cartParams,
    query: z.strictObject({ locale: localeSchema }),
    body: z.strictObject({
      /** The shop to put them aside in; where parcels leave from when null. */
      siteId: idSchema.nullable(),
      until: instantSchema.optional(),
    }),
    response: cartSchema,
  }),
  releaseCartHold: endpoint({
    method: 'DELETE',
    path: '/carts/{cartId}/hold',
    summary: 'Give back what a cart had put aside',
    access: 'public',
    params: cartParams,
    query: z.strictObject({ locale: localeSchema }),
    response: cartSchema,
  }),
}
