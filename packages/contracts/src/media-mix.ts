import { z } from 'zod'
import { codeSchema, dateSchema } from './scalars.ts'

export const mediaMixQuestion = z.strictObject({
  kind: z.literal('media_mix'),
  from: dateSchema,
  until: dateSchema,
  channel: codeSchema.nullable().default(null).describe('Of which channel sales are explained; null for all.'),
  lasting: z.int().min(1).max(26).default(8).describe('Weeks in which spending may still act, its own included.'),
})

const mediumSchema = z.strictObject({
  medium: z.string(),
  isChannel: z.boolean().describe('Whether it is the code of a channel; else a name that was imported.'),
  spentMinor: z.number(),
  weeksSpent: z.int(),
  share: z.number().describe('Of all sales of the weeks.'),
  standardError: z.number(),
  low: z.number().describe('Of the 95 % interval of the share.'),
  high: z.number(),
  broughtMinor: z.number().describe('Sales without VAT, over the weeks.'),
  returnOnSpend: z.number().describe('Sales for one euro spent.'),
  returnLow: z.number(),
  returnHigh: z.number(),
  nextReturn: z.number().describe('Sales for one euro more in a week of average spending, once all of it has acted.'),
  retention: z.number().describe('Share of a week’s effect that is left in the next.'),
  halfLife: z
    .number()
    .nullable()
    .describe('Weeks after which half of the effect is left; null where none is carried over.'),
  meanMinor: z.number().describe('Spent in a week, on average of all.'),
  brought: z.array(z.number()).describe('Week by week.'),
  curve: z
    .array(z.strictObject({ spentMinor: z.number(), broughtMinor: z.number() }))
    .describe('What spending so much in every week brings a week, up to one and a half times the most that was spent.'),
})
export type Medium = z.infer<typeof mediumSchema>

export const mediaMixResults = z.strictObject({
  kind: z.literal('media_mix'),
  weeks: z.array(z.string()).describe('Mondays.'),
  sales: z.array(z.number()).describe('Without VAT, in minor units.'),
  base: z.array(z.number()).describe('What would have been sold without media: level, trend, season and reductions.'),
  baseShare: z.number(),
  media: z.array(mediumSchema).describe('What brought most first.'),
  leftOut: z.array(
    z.strictObject({
      medium: z.string(),
      isChannel: z.boolean(),
      spentMinor: z.number(),
      reason: z
        .enum(['few_weeks', 'constant', 'alike', 'many'])
        .describe('Spent too seldom, always the same, always along with others, or one too many for these weeks.'),
    }),
  ),
  r2: z.number(),
  harmonics: z.int(),
  reductions: z.boolean().describe('Whether reductions of prices were set apart.'),
  lasting: z.int(),
  marginRate: z.number().nullable().describe('Of the sales that are explained, after serving.'),
})
export type MediaMixResults = z.infer<typeof mediaMixResults>
