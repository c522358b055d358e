import { z } from 'zod'
import { channelChoiceResults } from './channel-choice.ts'
import { mediaMixResults } from './media-mix.ts'
import { priceResponseResults } from './price-response.ts'
import { idSchema, textSchema } from './scalars.ts'

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

export const forecastMethods = ['repeat', 'smoothing', 'theta', 'croston'] as const
export type ForecastMethod = (typeof forecastMethods)[number]

const demandResults = z.strictObject({
  kind: z.literal('demand'),
  steps: z.array(z.string()).describe('First days of the steps that were.'),
  ahead: z.array(z.string()).describe('First days of the steps to come.'),
  held: z.int().describe('Last steps that were kept apart to choose the method, at the most.'),
  skipped: z.int().describe('Units sold in fewer than four steps since their first sale: nothing is foretold.'),
  units: z
    .array(
      z.strictObject({
        unit: z.string(),
        name: textSchema.nullable().describe('Of a product.'),
        history: z.array(z.number()),
        mean: z.array(z.number()),
        low: z.array(z.number()).describe('Nine times of ten it lies between low and high.'),
        high: z.array(z.number()),
        method: z.enum(forecastMethods),
        errors: z
          .record(z.enum(forecastMethods), z.number().nullable())
          .describe('Mean miss in the steps kept apart; null where a method has no answer.'),
        constant: z.boolean(),
        orderUpTo: z.number().describe('Base stock: on hand and on order together.'),
        season: z
          .strictObject({ quantity: z.number(), ratio: z.number(), priceMinor: z.number(), costMinor: z.number() })
          .nullable()
          .describe('Newsvendor: what to buy where it is bought once for all these steps; null without a margin.'),
      }),
    )
    .describe('Most sold first, at most sixty.'),
})
export type DemandResults = z.infer<typeof demandResults>

export const analysisResultsSchema = z
  .discriminatedUnion('kind', [
    attributionResults,
    effectResults,
    customersResults,
    holdOutsResults,
    demandResults,
    channelChoiceResults,
    priceResponseResults,
    mediaMixResults,
  ])
  .meta({ id: 'AnalysisResults' })
export type AnalysisResults = z.infer<typeof analysisResultsSchema>
