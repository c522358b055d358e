import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import { reasonCodeSchema } from './reason-codes.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, localeSchema, moneySchema, pageOf } from './scalars.ts'
import { eachArticleOnce, stockArticle } from './stock-articles.ts'

export const countStates = ['open', 'review', 'posted', 'cancelled'] as const
export type CountState = (typeof countStates)[number]

/** From here on a difference is posted by somebody who may approve it: units of one article, or the value of all, in cents. */
export const approvalFrom = { units: 5, valueMinor: 20_000 } as const

const head = {
  id: idSchema,
  number: z.string(),
  placeId: idSchema,
  placeName: z.string(),
  scope: z.enum(['place', 'category', 'articles']),
  categoryName: z.string().nullable(),
  blind: z.boolean().describe('Whoever counts does not see what is expected.'),
  state: z.enum(countStates),
  openedAt: instantSchema,
  postedAt: instantSchema.nullable(),
  lineCount: z.int(),
  countedCount: z.int(),
}

export const countSummarySchema = z.strictObject(head).meta({ id: 'StockCountSummary' })
export type CountSummary = z.infer<typeof countSummarySchema>

const lineSchema = z.strictObject({
  ...stockArticle,
  countedUnits: z.int().nullable(),
  countedAt: instantSchema.nullable(),
  countedBy: z.string().nullable(),
  expectedUnits: z
    .int()
    .nullable()
    .describe('What the journal says of the moment it was counted, or of now; null to whoever counts blindly.'),
  differenceUnits: z.int().nullable(),
  differenceValue: moneySchema.nullable().describe('At the last cost of purchase; null while none is known.'),
  reasonCode: reasonCodeSchema.nullable(),
})
export type CountLine = z.infer<typeof lineSchema>

export const stockCountSchema = z
  .strictObject({
    ...head,
    note: z.string().nullable(),
    openedBy: z.string().nullable(),
    postedBy: z.string().nullable(),
    lines: z.array(lineSchema),
    differenceValue: moneySchema.nullable().describe('Of all differences whose cost is known.'),
    withoutCost: z.int().describe('Differences whose cost is not known.'),
    needsApproval: z.boolean().describe('Only somebody with `stock:approve` may post it.'),
  })
  .meta({ id: 'StockCount' })
export type StockCount = z.infer<typeof stockCountSchema>

const params = z.strictObject({ countId: idSchema })

export const stockCountEndpoints = {
  listStockCounts: endpoint({
    method: 'GET',
    path: '/stock-counts',
    summary: 'Counts of stock, newest first',
    access: 'stock:read',
    query: z.strictObject({ ...cursorQuery, state: z.enum(countStates).optional(), placeId: idSchema.optional() }),
    response: pageOf(countSummarySchema),
  }),
  getStockCount: endpoint({
    method: 'GET',
    path: '/stock-counts/{countId}',
    summary: 'A count, line by line',
    access: 'stock:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    response: stockCountSchema,
  }),
  openStockCount: endpoint({
    method: 'POST',
    path: '/stock-counts',
    summary: 'Begin to count a place, a category of it, or some articles',
    access: 'stock:receive',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      placeId: idSchema,
      scope: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('place') }),
        z.strictObject({ kind: z.literal('category'), categoryCode: codeSchema }),
        z.strictObject({ kind: z.literal('articles'), variantIds: z.array(idSchema).min(1).max(500) }),
      ]),
      blind: z.boolean(),
      note: z.string().trim().max(500).nullable(),
    }),
    response: stockCountSchema,
  }),
  recordCountLines: endpoint({
    method: 'POST',
    path: '/stock-counts/{countId}/lines',
    summary: 'Write down what was counted; an article that was not on the list is added',
    access: 'stock:receive',
    idempotent: true,
    params,
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            variantId: idSchema,
            units: z.int().min(0).max(1_000_000),
            countedBefore: z
              .int()
              .nullable()
              .describe('What the line said before: two people do not overwrite each other.'),
            countedAt: instantSchema
              .optional()
              .describe('The moment at which that many lay there; now when absent. What moved later is accounted for.'),
          }),
        )
        .min(1)
        .max(500)
        .refine(eachArticleOnce, { error: 'lines.same_article_twice' }),
    }),
    response: stockCountSchema,
  }),
  finishStockCount: endpoint({
    method: 'POST',
    path: '/stock-counts/{countId}/finish',
    summary: 'Counting is over: differences are to be looked at. Lines can still be counted again',
    access: 'stock:receive',
    idempotent: true,
    params,
    body: z.strictObject({ uncountedAreZero: z.boolean().describe('Of what nobody counted, nothing is there.') }),
    response: stockCountSchema,
  }),
  postStockCount: endpoint({
    method: 'POST',
    path: '/stock-counts/{countId}/post',
    summary: 'Put the stock right by the differences; large ones need `stock:approve`',
    access: 'stock:receive',
    idempotent: true,
    params,
    body: z.strictObject({
      reasons: z
        .array(
          z.strictObject({
            variantId: idSchema,
            reasonCode: reasonCodeSchema,
            lots: lotsSchema.optional().describe('Which were missing or found, of a followed article.'),
          }),
        )
        .max(5_000)
        .describe('Why, where it is not just `count_difference`.'),
    }),
    response: stockCountSchema,
  }),
  cancelStockCount: endpoint({
    method: 'POST',
    path: '/stock-counts/{countId}/cancel',
    summary: 'Give up a count: nothing changes',
    access: 'stock:receive',
    idempotent: true,
    params,
    body: z.strictObject({}),
    response: stockCountSchema,
  }),
}
