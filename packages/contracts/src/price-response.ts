import { z } from 'zod'
import { codeSchema, dateSchema, textSchema } from './scalars.ts'

export const priceUnits = ['product', 'category'] as const

/** What a week is of: an article in a channel, a category in a channel, or all channels together. */
export const priceLevels = ['apart', 'channels', 'together'] as const

/** Where a sale is missing in more of the weeks than this leaves, the elasticity is drawn towards nought. */
export const enoughSold = 0.7

export const priceResponseQuestion = z.strictObject({
  kind: z.literal('price_response'),
  from: dateSchema,
  until: dateSchema,
  per: z
    .enum(priceUnits)
    .default('product')
    .describe('Of what an elasticity is told; of a category one for all of it.'),
  channel: codeSchema.nullable().default(null).describe('Of which channel sales are looked at; null for all.'),
})

const elasticitySchema = z.strictObject({
  value: z.number().describe('By how many per cent quantities change when the price grows by one per cent.'),
  standardError: z.number(),
  low: z.number().describe('Of the 95 % interval.'),
  high: z.number(),
  observations: z.int().describe('Weeks that it rests on, as `level` says.'),
})
export type Elasticity = z.infer<typeof elasticitySchema>

const unitSchema = z.strictObject({
  unit: z.string().describe('The identifier of a product, or the code of a category.'),
  name: textSchema.nullable(),
  problem: z
    .enum(['few_weeks', 'same_price', 'same_quantity', 'untold'])
    .nullable()
    .describe('Why nothing can be told of it.'),
  articles: z.int(),
  sold: z.number().describe('Units of the whole weeks.'),
  weeks: z.int().describe('Weeks with a sale.'),
  level: z
    .enum(priceLevels)
    .describe('The finest at which weeks without a sale are few: they have no price and are missing.'),
  soldShare: z.number().describe('Of the weeks from first sales to last ones, at this level, those with one.'),
  priceMinor: z.number().describe('What was paid for a unit on average, without VAT.'),
  seen: z
    .strictObject({ low: z.number(), high: z.number() })
    .describe('Prices practised, for the average price of the same articles: 0.9 is ten per cent below.'),
  elasticity: elasticitySchema.nullable(),
  harmonics: z.int().describe('Waves of the season that were found worth their coefficients.'),
  channels: z
    .array(elasticitySchema.extend({ channel: z.string() }))
    .describe('Of each channel that says enough alone.'),
  costMinor: z.number().nullable().describe('What a unit is bought for; null where that is not known.'),
  marginRate: z.number().nullable().describe('At the average price, after serving.'),
  best: z
    .strictObject({
      marginRate: z.number().describe('−1/e, what margin is greatest at (Dorfman and Steiner 1954).'),
      priceMinor: z.number().nullable().describe('Without VAT; null of a category, or where costs are not known.'),
      lowMinor: z.number().nullable().describe('At the more elastic end of the interval.'),
      highMinor: z.number().nullable().describe('At the other end; null where no price would be too high there.'),
      outside: z.boolean().describe('Whether it lies outside of the prices that were seen.'),
    })
    .nullable()
    .describe(
      'Null where quantities answer less than prices move, for then no price is best, or where too many weeks lack a sale.',
    ),
  curve: z
    .strictObject({
      scale: z.number().describe('Units of a week at the average price.'),
      points: z.array(z.strictObject({ price: z.number(), units: z.number() })),
    })
    .nullable()
    .describe('Weeks with season, trend and levels of channels taken out, at most 150; prices as in `seen`.'),
})
export type PriceUnit = z.infer<typeof unitSchema>

export const priceResponseResults = z.strictObject({
  kind: z.literal('price_response'),
  per: z.enum(priceUnits),
  weeks: z.int().describe('Whole weeks of the days.'),
  fewestWeeks: z.int(),
  servingShare: z.number().describe('What serving costs, goods apart, as a share of sales without VAT.'),
  units: z.array(unitSchema).describe('Those that can be told first, the most sold first.'),
})
export type PriceResponseResults = z.infer<typeof priceResponseResults>
