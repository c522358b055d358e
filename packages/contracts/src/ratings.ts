import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, idSchema, instantSchema } from './scalars.ts'

/** The answers to “how did it go?”, from not at all satisfied to very satisfied. */
export const ratingScores = [1, 2, 3, 4, 5] as const
/** The longest comment. */
export const longestComment = 1000

const scoreSchema = z.int().min(1).max(5).describe('From 1, not at all satisfied, to 5, very satisfied.')

const ratingSchema = z
  .strictObject({
    score: scoreSchema,
    comment: z.string(),
    ratedAt: instantSchema,
    changedAt: instantSchema.describe('When it was last changed; the same as `ratedAt` where it never was.'),
  })
  .meta({ id: 'OrderRating' })
export type OrderRating = z.infer<typeof ratingSchema>

const ratedOrderSchema = z
  .strictObject({
    orderId: idSchema,
    orderNumber: z.string(),
    channelCode: codeSchema,
    siteName: z.string().nullable(),
    ...ratingSchema.shape,
  })
  .meta({ id: 'RatedOrder' })
export type RatedOrder = z.infer<typeof ratedOrderSchema>

const params = z.strictObject({ orderId: idSchema })
const token = z.string().max(100).optional().describe('Of the order; a member’s own order needs none.')

export const ratingEndpoints = {
  getRating: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/rating',
    summary: 'What whoever ordered said of an order, and whether they may say it now',
    access: 'public',
    params,
    query: z.strictObject({ token }),
    response: z.strictObject({
      mayRate: z.boolean().describe('Something of it was handed over or sent, and not too long ago.'),
      rating: ratingSchema.nullable(),
    }),
  }),
  rateOrder: endpoint({
    method: 'PUT',
    path: '/orders/{orderId}/rating',
    summary: 'Say how satisfied one is with an order; said again, it takes the place of what was said',
    access: 'public',
    params,
    body: z.strictObject({ token, score: scoreSchema, comment: z.string().trim().max(longestComment).default('') }),
    response: ratingSchema,
  }),
  listRatings: endpoint({
    method: 'GET',
    path: '/ratings',
    summary: 'What customers said of the orders of a period, the latest first, at most 200',
    access: 'orders:read',
    query: z.strictObject({
      from: dateSchema.describe('Of the days the orders were placed on.'),
      until: dateSchema,
      channel: codeSchema.optional(),
      siteId: idSchema.optional(),
      most: z.coerce.number().int().min(1).max(5).default(5).describe('The highest score that is listed.'),
    }),
    response: z.strictObject({ items: z.array(ratedOrderSchema) }),
  }),
}
