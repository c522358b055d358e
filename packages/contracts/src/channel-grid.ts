import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, instantSchema } from './scalars.ts'

/** Figures a channel can be scored by, of the last twelve months; their definitions are beside them on the screen. */
export const gridFigures = [
  'customerShare',
  'servingCostRate',
  'contribution',
  'marginRate',
  'hoursToHand',
  'promisesKept',
  'answerSeconds',
  'returnRate',
] as const
export type GridFigure = (typeof gridFigures)[number]

/** What the firm judges by unless it says otherwise. */
export const usualCriteria = ['reach', 'cost', 'control', 'image', 'speed', 'service'] as const

const reasonSchema = z.string().trim().min(1).max(1_000)
const moneySchema = z.number().min(-1e11).max(1e11)

const criterionSchema = z.strictObject({
  code: codeSchema,
  name: z.string().trim().max(80).describe('Its name; empty for the usual ones, which have words in each language.'),
  weight: z.number().min(0).max(1_000).describe('Only ratios of weights matter.'),
  better: z.enum(['more', 'less']).describe('Whether a high figure speaks for a channel.'),
  figure: z.enum(gridFigures).nullable().describe('Null: by judgement alone.'),
})
export type GridCriterion = z.infer<typeof criterionSchema>

const judgementSchema = z.strictObject({
  channel: codeSchema,
  criterion: codeSchema,
  score: z.number().min(0).max(10),
  reason: reasonSchema,
})
const signedJudgementSchema = judgementSchema.extend({ by: z.string().nullable(), at: instantSchema })
export type SignedJudgement = z.infer<typeof signedJudgementSchema>

const named = { name: z.string().trim().min(1).max(120) }
const constraintSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...named, kind: z.literal('budget'), most: z.number().min(0).max(1e12) }),
  z.strictObject({ ...named, kind: z.literal('count'), most: z.int().min(0).max(50) }),
  z.strictObject({ ...named, kind: z.literal('required'), channel: codeSchema }),
  z.strictObject({ ...named, kind: z.literal('excluded'), channel: codeSchema }),
  z.strictObject({ ...named, kind: z.literal('needs'), channel: codeSchema, other: codeSchema }),
  z.strictObject({ ...named, kind: z.literal('not_both'), channels: z.tuple([codeSchema, codeSchema]) }),
  z.strictObject({
    ...named,
    kind: z.literal('reach'),
    target: z.literal('customers'),
    least: z.number().min(0).max(0.999),
  }),
])
export type GridConstraint = z.infer<typeof constraintSchema>

export const mixQuestionSchema = z
  .strictObject({
    channels: z
      .array(
        z.strictObject({
          channel: codeSchema,
          costMinor: z.number().min(0).max(1e12).describe('What a year takes from the budget.'),
          value: moneySchema.describe('What a year brings, in cents, or its score.'),
          reach: z.number().min(0).max(0.999).describe('Share of customers it reaches.'),
        }),
      )
      .max(40),
    overlaps: z
      .array(z.strictObject({ between: z.tuple([codeSchema, codeSchema]), loss: moneySchema }))
      .max(100)
      .describe('What two channels take from each other when both run; below 0 what they add.'),
    constraints: z.array(constraintSchema).max(60),
  })
  .meta({ id: 'MixQuestion' })
export type MixQuestionBody = z.infer<typeof mixQuestionSchema>

const mixSchema = z.strictObject({
  chosen: z.array(z.string()),
  cost: z.number(),
  value: z.number(),
  reach: z.number().nullable(),
})
const pricedMixSchema = mixSchema
  .extend({
    prices: z
      .array(z.strictObject({ constraint: z.string(), price: z.number(), without: mixSchema }))
      .describe('How much more the best mix would bring without each constraint.'),
  })
  .meta({ id: 'PricedMix' })
export type PricedMixAnswer = z.infer<typeof pricedMixSchema>

const versionSchema = z.strictObject({
  version: z.int(),
  note: z.string(),
  restores: z.int().nullable(),
  at: instantSchema,
  by: z.string().nullable(),
})

const cellSchema = z.strictObject({
  channel: z.string(),
  criterion: z.string(),
  figure: z.number().nullable().describe('In its unit: a share of one, cents, hours or seconds.'),
  figureScore: z.number().nullable().describe('Between 0, the worst of all channels, and 10, the best.'),
  judged: signedJudgementSchema.nullable(),
  score: z.number().describe('What counts: the judgement where there is one, else the figure’s, else 5.'),
  used: z.enum(['judgement', 'figure', 'neither']),
})
export type GridCell = z.infer<typeof cellSchema>

const turnSchema = z.strictObject({ weight: z.number(), first: z.string() }).nullable()

const gridSchema = z
  .strictObject({
    version: z.int().describe('0 while nobody changed what is usual.'),
    period: z.strictObject({ from: dateSchema, until: dateSchema }),
    criteria: z.array(criterionSchema),
    channels: z.array(z.string()),
    cells: z.array(cellSchema),
    totals: z
      .array(
        z.strictObject({
          channel: z.string(),
          total: z.number().describe('Between 0 and 10.'),
          parts: z.array(z.number()).describe('What each criterion adds to it.'),
          first: z.number().describe('Share of all weights there could be under which it comes first.'),
        }),
      )
      .describe('The best first.'),
    turns: z
      .array(z.strictObject({ criterion: z.string(), weight: z.number(), lower: turnSchema, higher: turnSchema }))
      .describe('The nearest weights at which another channel comes first.'),
    problem: z.string().nullable().describe('Why there is no ranking, in the reader’s language.'),
    mix: mixQuestionSchema.describe(
      'Costs, overlaps and constraints as they were kept; the rest, or all of it, from the figures.',
    ),
    mixKept: z.boolean().describe('Whether this version keeps a question of the best mix.'),
    versions: z.array(versionSchema).describe('The latest first.'),
  })
  .meta({ id: 'ChannelGrid' })
export type ChannelGrid = z.infer<typeof gridSchema>

export const gridChangeSchema = z
  .strictObject({
    base: z
      .int()
      .min(0)
      .max(2_147_483_647)
      .describe('The version this was changed from: a change made on an older one is refused.'),
    criteria: z.array(criterionSchema).min(1).max(20),
    judgements: z.array(judgementSchema).max(800),
    mix: mixQuestionSchema.nullable(),
    note: reasonSchema,
  })
  .refine(({ criteria }) => criteria.some(({ weight }) => weight > 0), { path: ['criteria'], error: 'grid.no_weight' })
  .refine(({ criteria }) => new Set(criteria.map(({ code }) => code)).size === criteria.length, {
    path: ['criteria'],
    error: 'grid.repeated',
  })
export type GridChange = z.output<typeof gridChangeSchema>

export const channelGridEndpoints = {
  getChannelGrid: endpoint({
    method: 'GET',
    path: '/channel-grid',
    summary: 'Channels scored from data and by judgement, what a weight changes, and its versions',
    access: 'strategy:read',
    response: gridSchema,
  }),
  putChannelGrid: endpoint({
    method: 'PUT',
    path: '/channel-grid',
    summary: 'Writes the next version of the grid',
    access: 'strategy:write',
    body: gridChangeSchema,
    response: gridSchema,
  }),
  restoreChannelGrid: endpoint({
    method: 'POST',
    path: '/channel-grid/restore',
    summary: 'Takes the grid back to an earlier version, as the next one',
    access: 'strategy:write',
    body: z.strictObject({ base: z.int().min(1).max(2_147_483_647), version: z.int().min(0).max(2_147_483_647) }),
    response: gridSchema,
  }),
  solveChannelMix: endpoint({
    method: 'POST',
    path: '/channel-grid/mix',
    summary: 'The best channels to run under a budget and constraints, and what each constraint costs',
    access: 'strategy:read',
    reads: true,
    body: mixQuestionSchema,
    response: pricedMixSchema,
  }),
}
