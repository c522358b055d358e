import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'
import { stockArticle } from './stock-articles.ts'

/** Every figure a proposal was made from. Units and days. */
export const replenishmentFiguresSchema = z
  .strictObject({
    onHand: z.int(),
    promised: z.int().describe('Held or committed for customers.'),
    inbound: z.int().describe('Ordered of suppliers or on its way from another place, and not here yet.'),
    position: z.int().describe('On hand + inbound − promised.'),
    demandPerDay: z.number().describe('Mean of the days looked back at.'),
    deviationPerDay: z.number().describe('Standard deviation of one day.'),
    daysLookedAt: z.int(),
    leadDays: z.number(),
    leadDeviationDays: z.number(),
    reviewDays: z.number(),
    serviceLevel: z.number().describe('Share of order cycles without a shortage.'),
    coverDays: z.number(),
    expectedUnits: z.number().describe('Expected demand until what is ordered at the next look is there.'),
    safetyUnits: z.number().describe('Kept for days that sell more, and deliveries that come later.'),
    reorderPoint: z.int(),
    orderUpTo: z.int(),
    packUnits: z.int(),
    minUnits: z.int().nullable(),
    maxUnits: z.int().nullable(),
    wantedUnits: z.int().describe('Before what the other place has was looked at.'),
    limitedBy: z.enum(['min', 'max', 'source']).nullable(),
  })
  .meta({ id: 'ReplenishmentFigures' })
export type ReplenishmentFigures = z.infer<typeof replenishmentFiguresSchema>

export const proposalSchema = z
  .strictObject({
    ...stockArticle,
    placeId: idSchema,
    placeName: z.string(),
    source: z.enum(['transfer', 'supplier']),
    fromPlaceId: idSchema.nullable(),
    fromPlaceName: z.string().nullable(),
    supplierName: z.string().nullable(),
    units: z.int(),
    figures: replenishmentFiguresSchema,
    computedAt: instantSchema,
  })
  .meta({ id: 'ReplenishmentProposal' })
export type Proposal = z.infer<typeof proposalSchema>

export const replenishmentRuleSchema = z
  .strictObject({
    placeId: idSchema,
    placeName: z.string(),
    source: z.enum(['transfer', 'supplier']),
    fromPlaceId: idSchema.nullable(),
    leadDays: z.number().min(1).max(365),
    leadDeviationDays: z.number().min(0).max(180),
    reviewDays: z.number().min(0).max(90),
    serviceBasisPoints: z.int().min(5_000).max(9_999),
    coverDays: z.number().min(1).max(365),
  })
  .meta({ id: 'ReplenishmentRule' })
export type ReplenishmentRule = z.infer<typeof replenishmentRuleSchema>

const runSchema = z.strictObject({
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  done: z.int(),
  total: z.int(),
})

export const replenishmentEndpoints = {
  listProposals: endpoint({
    method: 'GET',
    path: '/replenishment/proposals',
    summary: 'What to order or to transfer, with every figure it was made from',
    access: 'stock:read',
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      placeId: idSchema.optional(),
      source: z.enum(['transfer', 'supplier']).optional(),
    }),
    response: pageOf(proposalSchema),
  }),
  getReplenishmentRun: endpoint({
    method: 'GET',
    path: '/replenishment/run',
    summary: 'How far the computation is, or when the last one ended',
    access: 'stock:read',
    response: runSchema,
  }),
  computeReplenishment: endpoint({
    method: 'POST',
    path: '/replenishment/run',
    summary: 'Compute the proposals anew, now; they are also each night',
    access: 'stock:write',
    status: 202,
    body: z.strictObject({}),
    response: runSchema,
  }),
  acceptProposals: endpoint({
    method: 'POST',
    path: '/replenishment/accept',
    summary: 'Turn proposals into transfers asked for and drafts of supplier orders, in one go',
    access: 'stock:write',
    idempotent: true,
    body: z.strictObject({
      items: z
        .array(z.strictObject({ variantId: idSchema, placeId: idSchema, units: z.int().min(1).max(1_000_000) }))
        .min(1)
        .max(500),
    }),
    response: z.strictObject({
      transfers: z.array(z.strictObject({ id: idSchema, number: z.string() })),
      supplierOrders: z.array(z.strictObject({ id: idSchema, number: z.string() })),
    }),
  }),
  listReplenishmentRules: endpoint({
    method: 'GET',
    path: '/replenishment/rules',
    summary: 'How each place is replenished',
    access: 'stock:read',
    response: z.strictObject({ items: z.array(replenishmentRuleSchema) }),
  }),
  saveReplenishmentRule: endpoint({
    method: 'PUT',
    path: '/replenishment/rules/{placeId}',
    summary: 'Change how a place is replenished',
    access: 'stock:write',
    params: z.strictObject({ placeId: idSchema }),
    body: replenishmentRuleSchema.omit({ placeId: true, placeName: true }),
    response: replenishmentRuleSchema,
  }),
  saveReplenishmentLimit: endpoint({
    method: 'PUT',
    path: '/replenishment/limits/{placeId}/{variantId}',
    summary: 'The least and the most of an article a place is to have, and its packs',
    access: 'stock:write',
    params: z.strictObject({ placeId: idSchema, variantId: idSchema }),
    body: z.strictObject({
      minUnits: z.int().min(0).max(1_000_000).nullable(),
      maxUnits: z.int().min(0).max(1_000_000).nullable(),
      packUnits: z.int().min(1).max(100_000),
    }),
    response: z.strictObject({
      minUnits: z.int().nullable(),
      maxUnits: z.int().nullable(),
      packUnits: z.int(),
    }),
  }),
}
