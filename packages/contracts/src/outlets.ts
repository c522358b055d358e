import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { instantSchema } from './scalars.ts'

export const outletPolicies = ['intensive', 'selective', 'exclusive'] as const
export type OutletPolicy = (typeof outletPolicies)[number]

/** Criteria that are fields of every outlet; others have a figure of their own. */
export const outletFields = ['surface', 'image', 'price_discipline'] as const

/** The figure that courses fill: per cent of an outlet's staff who have passed all that are offered. */
export const trainedFigure = 'trained'

/** How much is compared at once: an answer is given while one types. */
export const outletLimits = { areas: 300, outlets: 60, criteria: 20, curve: 20 } as const

/** What nobody has judged yet: all outlets alike, so that nearness alone decides until somebody says more. */
export const unjudgedOutlet = { surface: 100, image: 5, priceDiscipline: 1, cost: 0, figures: {} } as const

const amount = z.number().min(0).max(1e12)
const name = z.string().trim().min(1).max(120)
const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe('As ISO 3166 writes it: FR.')
const postalCodeSchema = z.string().trim().min(1).max(12)
const coordinate = (most: number) => z.number().min(-most).max(most).nullable()

const areaSchema = z.strictObject({
  country: countrySchema,
  postalCode: postalCodeSchema,
  name: z.string().max(120).describe('Its locality.'),
  spend: amount.describe('What those who live there buy a year, in euros.'),
})

const candidateSchema = z.strictObject({
  name,
  country: countrySchema,
  postalCode: postalCodeSchema,
  latitude: coordinate(90).describe('Null: that of the postal code.'),
  longitude: coordinate(180),
  open: z.boolean().describe('There is one today.'),
  surface: z.number().gt(0).max(1e7).describe('What draws people to it: m² of selling space, or another measure.'),
  image: z.number().min(0).max(10).describe('A score out of 10.'),
  priceDiscipline: z
    .number()
    .min(0)
    .max(1)
    .describe('Of the prices seen there, the share at the recommended price. It is watched, never imposed.'),
  cost: amount.describe('What supporting it costs a year, in euros.'),
  figures: z
    .record(z.string().max(40), amount)
    .describe('By the code of each criterion that is no field of every outlet.'),
})
export type OutletCandidate = z.infer<typeof candidateSchema>

const criterionSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  name,
  least: amount.describe('The least an outlet has, in the criterion’s own unit.'),
  required: z.boolean().describe('An outlet without it is refused; otherwise it only ranks lower.'),
  weight: z.number().min(0).max(100),
  source: z.enum(['measured', 'judged']),
})
export type OutletCriterionGiven = z.infer<typeof criterionSchema>

export const outletQuestionSchema = z
  .strictObject({
    areas: z.array(areaSchema).min(1).max(outletLimits.areas),
    outlets: z.array(candidateSchema).min(1).max(outletLimits.outlets),
    criteria: z
      .array(criterionSchema)
      .max(outletLimits.criteria)
      // Refusing whoever sells below a recommended price would fix resale prices (Regulation (EU) 2022/720, article 4, a).
      .refine((criteria) => criteria.every(({ code, required }) => code !== 'price_discipline' || !required), {
        error: 'outlets.price_required',
      })
      .describe('Price discipline is watched: it may rank an outlet, and never refuses one.'),
    reach: z
      .number()
      .gt(0)
      .max(1_000)
      .describe('How far people go, in kilometres: who has an outlet within it is covered.'),
    most: z.int().min(0).max(outletLimits.outlets).describe('Selective: the most outlets.'),
    apart: z
      .number()
      .min(0)
      .max(2_000)
      .describe('Exclusive: how far from each other two outlets are at least, in kilometres.'),
    budget: amount.nullable().describe('The most that supporting the outlets may cost a year; null: no limit.'),
    distanceWeight: z.number().min(0).max(5).describe('Exponent β of distance in D. Huff’s model.'),
    elsewhere: amount.describe(
      'The pull of buying elsewhere: that of an outlet of so many m² at one kilometre from everybody.',
    ),
  })
  .meta({ id: 'OutletQuestion' })
export type OutletQuestion = z.infer<typeof outletQuestionSchema>

const judgementSchema = z.strictObject({
  outlet: z.string(),
  admitted: z.boolean(),
  score: z.number().describe('Share of the weight that is met, between 0 and 1.'),
  missing: z
    .array(z.strictObject({ criterion: z.string(), has: z.number(), least: z.number(), required: z.boolean() }))
    .describe('What it lacks: what it is told.'),
})

const networkSchema = z.strictObject({
  policy: z.enum(outletPolicies),
  count: z.int(),
  coverage: z.number().describe('Share of the spending that has an outlet within reach.'),
  overlap: z.number().describe('Outlets within reach of who has one, on average.'),
  sales: z.number().describe('Euros a year, by the catchments.'),
  salesPerOutlet: z.number(),
  lost: z.number().describe('Bought elsewhere, in euros a year.'),
  image: z.number().describe('Out of 10, by what each sells.'),
  priceDiscipline: z.number().describe('Between 0 and 1, by what each sells.'),
  cost: z.number(),
  outlets: z.array(
    z.strictObject({
      outlet: z.string(),
      sales: z.number(),
      share: z.number().describe('Of all spending.'),
      within: z.number().describe('Share of all spending that lies within reach.'),
      contested: z.number().describe('Of what lies within its reach, the share that another outlet reaches as well.'),
    }),
  ),
  areas: z
    .array(z.strictObject({ outlet: z.int().nullable(), share: z.number() }))
    .describe('For each placed area the outlet most likely chosen, by its place in the question, and how likely.'),
})
export type OutletNetworkView = z.infer<typeof networkSchema>

const placedSchema = z.strictObject({
  name: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  approximate: z.boolean().describe('By the chief town of its département.'),
})

const comparisonSchema = z
  .strictObject({
    judged: z.array(judgementSchema),
    networks: z.array(networkSchema).describe('Intensive, selective, exclusive.'),
    curve: z
      .array(
        z.strictObject({ most: z.int(), count: z.int(), coverage: z.number(), sales: z.number(), cost: z.number() }),
      )
      .describe('The best selective network for each number of outlets.'),
    areas: z.array(placedSchema.extend({ postalCode: z.string(), spend: z.number() })),
    outlets: z.array(placedSchema.extend({ open: z.boolean() })),
    unplaced: z
      .strictObject({ areas: z.int(), spend: z.number() })
      .describe('Postal areas of which nobody knows where they lie; they are left out.'),
  })
  .meta({ id: 'OutletComparison' })
export type OutletComparison = z.infer<typeof comparisonSchema>

const todaySchema = z
  .strictObject({
    since: instantSchema,
    orders: z.int(),
    located: z.int().describe('Orders whose buyer’s postal code is known.'),
    areas: z.array(areaSchema).describe('Those that buy most.'),
    outlets: z
      .array(candidateSchema)
      .describe('The firm’s shops, with what of their staff is trained in per cent, and sites of companies.'),
  })
  .meta({ id: 'OutletsToday', description: 'What the firm’s own data say.' })
export type OutletsToday = z.infer<typeof todaySchema>

export const outletEndpoints = {
  getOutletsToday: endpoint({
    method: 'GET',
    path: '/strategy/outlets/today',
    summary: 'Where customers live, what they buy, and the outlets there are',
    access: 'strategy:read',
    response: todaySchema,
  }),
  compareOutletPolicies: endpoint({
    method: 'POST',
    path: '/strategy/outlets/comparison',
    summary:
      'Intensive, selective and exclusive distribution side by side: outlets, coverage, catchments, image, prices and cost',
    access: 'strategy:read',
    reads: true,
    body: outletQuestionSchema,
    response: comparisonSchema,
  }),
}
