import { z } from 'zod'
import { idSchema } from './scalars.ts'

export const attributionRules = ['first', 'last', 'linear', 'time_decay', 'markov', 'shapley'] as const
export type AttributionRule = (typeof attributionRules)[number]

const creditSchema = z.strictObject({ orders: z.number(), valueMinor: z.number() })

const attributionResults = z.strictObject({
  kind: z.literal('attribution'),
  journeys: z.int(),
  orders: z.number(),
  ordersOfAll: z.number().describe('Orders of the days, those of buyers nobody knows included.'),
  valueMinor: z.number().describe('What was ordered for, with VAT, in minor units.'),
  contacts: z.number().describe('Contacts of an ordering journey, on average; the purchase is one.'),
  mixed: z.number().describe('Share of ordering journeys through more than one channel.'),
  conversionRate: z.number().describe('Chance that a journey of the graph ends in an order.'),
  channels: z
    .array(
      z.strictObject({
        channel: z.string(),
        removalEffect: z.number().describe('Share of orders lost when whoever would go there leaves.'),
        credits: z.record(z.enum(attributionRules), creditSchema),
      }),
    )
    .describe('The most credited by the Markov graph first.'),
  notes: z.array(z.enum(['one_channel', 'orders_only'])),
})
export type AttributionResults = z.infer<typeof attributionResults>

const estimateSchema = z.strictObject({
  effect: z.number(),
  standardError: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  pValue: z.number().nullable(),
})
export type Estimate = z.infer<typeof estimateSchema>

const effectResults = z.strictObject({
  kind: z.literal('effect'),
  treated: z.array(z.string()),
  others: z.int(),
  stepsBefore: z.int(),
  stepsAfter: z.int(),
  mean: z.number().describe('What the treated had in a step before, on average.'),
  estimates: z.strictObject({
    differences: estimateSchema,
    synthetic: estimateSchema,
    syntheticDifferences: estimateSchema,
  }),
  fit: z.number().describe('Root of the mean squared gap to the mixture before, for the mean before.'),
  steps: z.array(z.strictObject({ startsOn: z.string(), actual: z.number(), without: z.number() })),
  weights: z
    .array(z.strictObject({ unit: z.string(), weight: z.number() }))
    .describe('Of the mixture, heaviest first.'),
  placebos: z.int(),
})
export type EffectResults = z.infer<typeof effectResults>

const intervalSchema = z.strictObject({
  effect: z.number(),
  standardError: z.number(),
  low: z.number(),
  high: z.number(),
})

const customersResults = z.strictObject({
  kind: z.literal('customers'),
  several: z.int(),
  one: z.int(),
  leftOut: z.number().describe('Share of customers nobody of the other kind is like.'),
  sampled: z.boolean(),
  meanSeveral: z.number().describe('What one brought in the year, in minor units with VAT.'),
  meanOne: z.number(),
  raw: intervalSchema,
  corrected: intervalSchema,
  selection: z.number(),
  balance: z.array(z.strictObject({ name: z.string(), raw: z.number(), weighted: z.number() })),
})
export type CustomersResults = z.infer<typeof customersResults>

const armDifference = z.strictObject({
  channel: z.string().nullable().describe('Null for all channels together.'),
  contacted: z.number(),
  heldOut: z.number(),
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  pValue: z.number(),
})

const holdOutsResults = z.strictObject({
  kind: z.literal('hold_outs'),
  journeys: z.array(
    z.strictObject({
      journeyId: idSchema,
      name: z.string(),
      contacted: z.int(),
      heldOut: z.int(),
      problem: z.enum(['few_contacted', 'few_held_out']).nullable(),
      orders: z.array(armDifference).describe('Orders of a hundred people.'),
      sales: z.array(armDifference).describe('Of one person, in minor units with VAT.'),
    }),
  ),
})
export type HoldOutsResults = z.infer<typeof holdOutsResults>

export const analysisResultsSchema = z
  .discriminatedUnion('kind', [attributionResults, effectResults, customersResults, holdOutsResults])
  .meta({ id: 'AnalysisResults' })
export type AnalysisResults = z.infer<typeof analysisResultsSchema>
