import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { interactionKinds, tellsOfGoods } from './interactions.ts'
import { treatments } from './treatments.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

/** Ten years: no window looks further back. */
const mostDays = 3_660
const not = { not: z.boolean().default(false).describe('Whether the contrary is asked.') }
const daysSchema = z.int().min(1).max(mostDays)
const timesSchema = z.int().min(1).max(10_000)

const didSchema = z
  .strictObject({
    type: z.literal('did'),
    ...not,
    what: z.enum(interactionKinds).describe('An order that was cancelled later was placed all the same.'),
    atLeast: timesSchema.default(1).describe('How often.'),
    atMost: timesSchema.optional(),
    withinDays: daysSchema.optional().describe('In the so many times 24 hours before now; ever, when absent.'),
    channelCodes: z.array(codeSchema).min(1).max(50).optional().describe('In one of these channels.'),
    productIds: z
      .array(idSchema)
      .min(1)
      .max(100)
      .optional()
      .describe('One of these products; for purchases and products looked at only.'),
    categoryCodes: z
      .array(codeSchema)
      .min(1)
      .max(50)
      .optional()
      .describe('Of one of these categories or those under them; for purchases and products looked at only.'),
    worthAtLeastMinor: z.int().min(1).optional().describe('Together worth at least so much, in cents.'),
  })
  .refine(({ atLeast, atMost }) => atMost === undefined || atMost >= atLeast, { path: ['atMost'] })
  .refine(({ what, productIds, categoryCodes }) => tellsOfGoods(what) || (!productIds && !categoryCodes), {
    path: ['what'],
  })

/** What is computed of customers, and can be asked of them. Scores go from 1 to 5, chances from 0 to 1, amounts are in cents. */
export const valueMeasures = [
  'recency',
  'frequency',
  'monetary',
  'active',
  'expected_purchases',
  'expected_value',
  'purchases',
  'spent',
] as const
export type ValueMeasure = (typeof valueMeasures)[number]

const boundSchema = z.number().min(0).max(1_000_000_000_000)

const valueSchema = z
  .strictObject({
    type: z.literal('value'),
    ...not,
    measure: z.enum(valueMeasures).describe('As computed the night before, or since they bought.'),
    atLeast: boundSchema.optional(),
    atMost: boundSchema.optional(),
  })
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, { path: ['atLeast'] })
  .refine(({ atLeast = 0, atMost = Infinity }) => atMost >= atLeast, { path: ['atMost'] })

const conditionSchema = z
  .discriminatedUnion('type', [
    didSchema,
    z.strictObject({ type: z.literal('language'), ...not, locale: localeSchema }),
    z.strictObject({ type: z.literal('kind'), ...not, kind: z.enum(['person', 'company']) }),
    z.strictObject({ type: z.literal('reachable'), ...not, by: z.enum(['email', 'phone', 'post']) }),
    z.strictObject({ type: z.literal('account'), ...not }),
    z.strictObject({
      type: z.literal('postal_code'),
      ...not,
      startsWith: z
        .array(z.string().regex(/^[0-9A-Z][0-9A-Z -]{0,9}$/))
        .min(1)
        .max(100)
        .describe('Beginnings of postal codes: 44 is the Loire-Atlantique.'),
    }),
    valueSchema,
    z.strictObject({
      type: z.literal('interest'),
      ...not,
      categoryCodes: z.array(codeSchema).min(1).max(50).describe('In one of these categories or those under them.'),
    }),
    z.strictObject({
      type: z.literal('size'),
      ...not,
      sizes: z.array(z.string().trim().min(1).max(20)).min(1).max(20).describe('One of these, as `M` or `42`.'),
      categoryCodes: z
        .array(codeSchema)
        .min(1)
        .max(50)
        .optional()
        .describe('In one of these categories; in any, when absent.'),
    }),
    z.strictObject({
      type: z.literal('usual_shop'),
      ...not,
      siteIds: z.array(idSchema).min(1).max(100),
    }),
    z
      .strictObject({
        type: z.literal('distance'),
        ...not,
        to: z.enum(['usual_shop', 'nearest_shop']),
        atLeastKm: z.int().min(0).max(20_000).optional(),
        atMostKm: z.int().min(1).max(20_000).optional(),
      })
      .refine(({ atLeastKm, atMostKm }) => atLeastKm !== undefined || atMostKm !== undefined, { path: ['atMostKm'] }),
    z.strictObject({ type: z.literal('treatment'), ...not, treatment: z.enum(treatments) }),
    z.strictObject({
      type: z.literal('household'),
      ...not,
      atLeast: z.int().min(2).max(20).describe('Lives with others who are customers: so many together.'),
    }),
    z.strictObject({
      type: z.literal('known_for'),
      ...not,
      withinDays: daysSchema.describe('First seen in the so many times 24 hours before now.'),
    }),
  ])
  .meta({ id: 'SegmentCondition' })
export type SegmentCondition = z.output<typeof conditionSchema>
export type DidCondition = Extract<SegmentCondition, { type: 'did' }>

const matchSchema = z.enum(['all', 'any'])

/** Groups of conditions: with `not`, two storeys of "all of" and "any of" say everything that can be said of them. */
export const segmentRuleSchema = z
  .strictObject({
    match: matchSchema,
    groups: z
      .array(z.strictObject({ match: matchSchema, conditions: z.array(conditionSchema).min(1).max(20) }))
      .min(1)
      .max(10),
  })
  .meta({ id: 'SegmentRule' })
export type SegmentRule = z.output<typeof segmentRuleSchema>

export const segmentSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    description: z.string(),
    rule: segmentRuleSchema,
    revision: z.int(),
    memberCount: z.int(),
    countedAt: instantSchema.nullable().describe('Null while its members are being found.'),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'Segment' })
export type Segment = z.output<typeof segmentSchema>

const fields = {
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(500),
  rule: segmentRuleSchema,
}
const params = z.strictObject({ segmentId: idSchema })

export const segmentEndpoints = {
  listSegments: endpoint({
    method: 'GET',
    path: '/segments',
    summary: 'Segments of customers, by name',
    access: 'customers:read',
    response: z.strictObject({ items: z.array(segmentSchema) }),
  }),
  countSegment: endpoint({
    method: 'POST',
    path: '/segments/count',
    summary: 'How many customers a rule finds now, of how many; nothing is kept',
    access: 'segments:write',
    body: z.strictObject({ rule: segmentRuleSchema }),
    response: z.strictObject({ count: z.int(), of: z.int() }),
  }),
  createSegment: endpoint({
    method: 'POST',
    path: '/segments',
    summary: 'Keep a segment; its members are found at once and follow what happens from then on',
    access: 'segments:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({ ...fields, description: fields.description.default('') }),
    response: segmentSchema,
  }),
  getSegment: endpoint({
    method: 'GET',
    path: '/segments/{segmentId}',
    summary: 'One segment',
    access: 'customers:read',
    params,
    response: segmentSchema,
  }),
  updateSegment: endpoint({
    method: 'PATCH',
    path: '/segments/{segmentId}',
    summary: 'Change name, description or rule; a new rule finds its members again',
    access: 'segments:write',
    params,
    body: z.strictObject({
      name: fields.name.optional(),
      description: fields.description.optional(),
      rule: fields.rule.optional(),
      revision: z.int().min(1).describe('The one that was read: a segment changed meanwhile is not overwritten.'),
    }),
    response: segmentSchema,
  }),
  deleteSegment: endpoint({
    method: 'DELETE',
    path: '/segments/{segmentId}',
    summary: 'Give a segment up; its customers stay',
    access: 'segments:write',
    status: 204,
    params,
  }),
  listSegmentMembers: endpoint({
    method: 'GET',
    path: '/segments/{segmentId}/members',
    summary: 'Who is in a segment',
    access: 'customers:read',
    params,
    query: z.strictObject(cursorQuery),
    response: pageOf(
      z
        .strictObject({
          customerId: idSchema,
          name: z.string(),
          email: z.string().nullable(),
          since: instantSchema,
        })
        .meta({ id: 'SegmentMember' }),
    ),
  }),
  exportSegment: endpoint({
    method: 'GET',
    path: '/segments/{segmentId}/export',
    summary: 'Everybody in a segment, as CSV: customer, name, e-mail, since when',
    access: 'customers:read',
    params,
    produces: 'text/csv',
  }),
  listSegmentChanges: endpoint({
    method: 'GET',
    path: '/segments/{segmentId}/changes',
    summary: 'Who came into a segment and who left it, newest first',
    access: 'customers:read',
    params,
    query: z.strictObject(cursorQuery),
    response: pageOf(
      z
        .strictObject({
          id: idSchema,
          customerId: idSchema,
          name: z.string(),
          entered: z.boolean(),
          at: instantSchema,
        })
        .meta({ id: 'SegmentChange' }),
    ),
  }),
}
