import type { Scenario } from '@ecluse/strategy-engine/scenario/company.ts'
import { z } from 'zod'
import { readJsonFile } from './json-file.ts'

const segmentSchema = z.strictObject({
  name: z.string(),
  occasions: z.number(),
  growth: z.number().default(0),
  season: z.array(z.number()).optional(),
  basket: z.number(),
  priceSensitivity: z.number().default(0),
  volatility: z.number().default(0),
})

const channelSchema = z.strictObject({
  name: z.string(),
  open: z.boolean().default(true),
  appeal: z.array(z.number()),
  price: z.number().default(1),
  goodsCost: z.number(),
  orderCost: z.number().default(0),
  commission: z.number().default(0),
  fixedCost: z.number().default(0),
  // JSON has no infinity: null, or nothing, is no limit.
  capacity: z
    .number()
    .nullish()
    .transform((capacity) => capacity ?? Infinity),
  inStock: z.number().default(1),
  monthsToBeKnown: z.number().default(6),
  experience: z.number().default(1),
  ordersBefore: z.number().default(1000),
  cashDelay: z.number().default(0),
})

const term = z.enum(['price', 'goodsCost', 'orderCost', 'commission', 'fixedCost', 'capacity', 'inStock'])
const channel = z.string()
const segment = z.string().optional()
const changeSchema = z.union([
  z.strictObject({ what: z.literal('open'), channel }),
  z.strictObject({ what: z.literal('close'), channel }),
  z.strictObject({ what: z.literal('appeal'), channel, segment, to: z.number().optional(), by: z.number().optional() }),
  z.strictObject({
    what: term,
    channel,
    to: z.number().optional(),
    by: z.number().optional(),
    times: z.number().optional(),
  }),
])

const targetSchema = z.union([
  z.strictObject({ what: z.enum(['demand', 'priceSensitivity']), segment }),
  z.strictObject({ what: z.literal('appeal'), channel, segment }),
  z.strictObject({ what: term, channel }),
  z.strictObject({ what: z.literal('answer') }),
  z.strictObject({ what: z.enum(['effect', 'cost']), move: z.string() }),
])

const distributionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), value: z.number() }),
  z.strictObject({ kind: z.literal('uniform'), least: z.number(), most: z.number() }),
  z.strictObject({ kind: z.literal('triangular'), least: z.number(), likely: z.number(), most: z.number() }),
  z.strictObject({ kind: z.literal('normal'), mean: z.number(), deviation: z.number() }),
  z.strictObject({ kind: z.literal('lognormal'), median: z.number(), spread: z.number() }),
])

const scenarioSchema = z.strictObject({
  company: z.strictObject({
    segments: z.array(segmentSchema),
    channels: z.array(channelSchema),
    market: z.strictObject({
      rivalAppeal: z.array(z.number()),
      answer: z.number().default(0),
      answerDelay: z.number().default(0),
      patience: z.number().default(0),
    }),
    discountRate: z.number().default(0),
    firstMonth: z.number().default(1),
    months: z.number(),
  }),
  moves: z
    .array(
      z.strictObject({
        name: z.string(),
        month: z.number(),
        investment: z.number().default(0),
        monthlyCost: z.number().default(0),
        changes: z.array(changeSchema),
      }),
    )
    .default([]),
  uncertain: z
    .array(z.strictObject({ name: z.string(), distribution: distributionSchema, affects: z.array(targetSchema) }))
    .default([]),
})

/** A scenario from a JSON file, gzip or not. Throws `EvaluationError` that names the part that is wrong. */
export const readScenario = (file: string): Scenario => readJsonFile(file, scenarioSchema)
