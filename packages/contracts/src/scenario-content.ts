import { z } from 'zod'
import { monthSchema } from './objectives.ts'
import { dateSchema } from './scalars.ts'

/** A name of a scenario, or of something in it. */
export const nameSchema = z.string().trim().min(1).max(120)
export const longTextSchema = z.string().trim().max(2_000)
const money = z.number().min(-1e12).max(1e12)
const figure = z.number().min(-1e12).max(1e12)

export const distributionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), value: figure }),
    z.strictObject({ kind: z.literal('uniform'), least: figure, most: figure }),
    z.strictObject({ kind: z.literal('triangular'), least: figure, likely: figure, most: figure }),
    z.strictObject({ kind: z.literal('normal'), mean: figure, deviation: figure }),
    z.strictObject({ kind: z.literal('lognormal'), median: figure, spread: figure }),
  ])
  .meta({ id: 'ScenarioDistribution' })
export type ScenarioDistribution = z.infer<typeof distributionSchema>
export const distributionKinds = ['triangular', 'uniform', 'normal', 'lognormal', 'fixed'] as const

/** What of a channel a move may change. */
export const channelTerms = [
  'price',
  'goodsCost',
  'orderCost',
  'commission',
  'fixedCost',
  'capacity',
  'inStock',
] as const
export type ChannelTermName = (typeof channelTerms)[number]

const changeSchema = z
  .strictObject({
    what: z.enum(['open', 'close', 'appeal', ...channelTerms]),
    channel: nameSchema,
    to: figure.optional(),
    by: figure.optional(),
    times: figure.optional(),
  })
  .meta({
    id: 'ScenarioChange',
    description: 'A channel opened or closed, or one figure of it: set, added to, or multiplied.',
  })
export type ScenarioChange = z.infer<typeof changeSchema>

export const moveKinds = [
  'open',
  'close',
  'price',
  'service',
  'budget',
  'intermediary',
  'detection',
  'prefill',
  'other',
] as const
export type MoveKind = (typeof moveKinds)[number]

const moveSchema = z
  .strictObject({
    name: nameSchema,
    kind: z.enum(moveKinds),
    month: monthSchema.describe('From which month on.'),
    investment: money.describe('Euros, once.'),
    monthlyCost: money.describe('Euros a month from then on.'),
    changes: z.array(changeSchema).max(20),
  })
  .meta({ id: 'ScenarioMove' })
export type ScenarioMove = z.infer<typeof moveSchema>

const targetSchema = z
  .strictObject({
    what: z.enum(['demand', 'priceSensitivity', 'answer', 'appeal', 'effect', 'cost', ...channelTerms]),
    channel: nameSchema.optional(),
    move: nameSchema.optional(),
  })
  .meta({ id: 'ScenarioTarget', description: 'What an uncertain figure multiplies; to an appeal it is added.' })
export type ScenarioTarget = z.infer<typeof targetSchema>

const uncertainSchema = z
  .strictObject({ name: nameSchema, distribution: distributionSchema, affects: z.array(targetSchema).min(1).max(10) })
  .meta({ id: 'ScenarioUncertain' })
export type ScenarioUncertain = z.infer<typeof uncertainSchema>

const judgementSchema = z
  .strictObject({
    figure: z.string().max(120),
    value: z.number().min(-1e12).max(1e12),
    why: z.string().trim().min(1).max(500),
  })
  .meta({
    id: 'ScenarioJudgement',
    description: 'A number set by judgement in place of the one read from the firm’s figures.',
  })
export type ScenarioJudgement = z.infer<typeof judgementSchema>

const plannedSchema = z
  .strictObject({
    name: nameSchema,
    like: nameSchema.describe('The channel whose costs and appeal it starts from.'),
    appealBy: z.number().min(-10).max(10).describe('How much more people like it than that one, in utility.'),
    fixedCost: z.number().min(0).max(1e12),
    capacity: z.number().min(0).max(1e12).nullable().describe('Orders a month; null for no limit.'),
    monthsToBeKnown: z.number().min(0).max(120),
  })
  .meta({ id: 'PlannedChannel', description: 'A channel the firm does not have yet; a move opens it.' })
export type PlannedChannel = z.infer<typeof plannedSchema>

const assumptionSchema = z
  .strictObject({ text: z.string().trim().min(1).max(500), source: z.string().trim().min(1).max(300), on: dateSchema })
  .meta({ id: 'ScenarioAssumption' })
export type ScenarioAssumption = z.infer<typeof assumptionSchema>

export const scenarioContentSchema = z
  .strictObject({
    question: longTextSchema,
    startsOn: monthSchema,
    months: z.int().min(1).max(120),
    discountRate: z.number().min(-0.5).max(2).describe('A year: 0.08.'),
    judgements: z.array(judgementSchema).max(200),
    planned: z.array(plannedSchema).max(10),
    moves: z.array(moveSchema).max(40),
    uncertain: z.array(uncertainSchema).max(40),
    assumptions: z.array(assumptionSchema).max(60),
  })
  .meta({ id: 'ScenarioContent' })
export type ScenarioContent = z.infer<typeof scenarioContentSchema>
