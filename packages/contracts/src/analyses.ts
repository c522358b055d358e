import { z } from 'zod'
import { analysisResultsSchema } from './analysis-results.ts'
import { channelChoiceQuestion } from './channel-choice.ts'
import { endpoint } from './endpoint.ts'
import { mediaMixQuestion } from './media-mix.ts'
import { priceResponseQuestion } from './price-response.ts'
import { runStates } from './scenarios.ts'
import { codeSchema, dateSchema, idSchema, instantSchema } from './scalars.ts'

export const analysisKinds = [
  'attribution',
  'effect',
  'customers',
  'hold_outs',
  'demand',
  'channel_choice',
  'price_response',
  'media_mix',
] as const
export type AnalysisKind = (typeof analysisKinds)[number]

/** What sales are told apart by when an event is judged. */
export const effectUnits = ['department', 'shop', 'channel'] as const
export const effectMeasures = ['orders', 'sales'] as const
export const effectSteps = ['week', 'four_weeks'] as const

const days = { from: dateSchema, until: dateSchema }

const attributionQuestion = z.strictObject({
  kind: z.literal('attribution'),
  ...days,
  lookback: z.int().min(1).max(90).default(30).describe('Days after which a contact has no part in a purchase.'),
  halfLife: z.number().min(0.5).max(90).default(7).describe('Days after which a contact counts half, in time decay.'),
})

const effectQuestion = z.strictObject({
  kind: z.literal('effect'),
  event: z.string().trim().min(1).max(120).describe('What happened: a shop opened, a mailing went out…'),
  day: dateSchema.describe('The first day it could have an effect.'),
  channel: codeSchema.nullable().default(null).describe('Of which channel sales are looked at; null for all.'),
  unit: z.enum(effectUnits),
  treated: z
    .array(z.string().trim().min(1).max(60))
    .min(1)
    .max(50)
    .describe('Where it happened: two first characters of postal codes, codes of shops or channels.'),
  measure: z.enum(effectMeasures).default('orders'),
  step: z.enum(effectSteps).default('four_weeks'),
  before: z.int().min(3).max(104).default(12).describe('Steps before the event.'),
  after: z.int().min(1).max(52).default(6).describe('Steps from the event on; those that are over count.'),
})

const customersQuestion = z.strictObject({
  kind: z.literal('customers'),
  until: dateSchema.describe('The last day of the year in which what they bring is compared.'),
})

const holdOutsQuestion = z.strictObject({
  kind: z.literal('hold_outs'),
  ...days,
  within: z.int().min(1).max(180).default(30).describe('Days in which orders are counted from the moment of entry.'),
})

export const demandUnits = ['product', 'channel', 'shop'] as const
export const demandSteps = ['week', 'month'] as const

const demandQuestion = z.strictObject({
  kind: z.literal('demand'),
  per: z.enum(demandUnits),
  step: z.enum(demandSteps).default('month'),
  horizon: z.int().min(1).max(26).default(6).describe('Steps that are foretold.'),
  lead: z.int().min(1).max(26).default(2).describe('Steps from an order to the next goods: what stock must last for.'),
  service: z.number().min(0.5).max(0.999).default(0.95).describe('Chance that stock lasts until then.'),
  salvage: z.number().min(0).max(1).default(0.3).describe('Share of its cost that a unit left over still brings.'),
})

export const analysisQuestionSchema = z
  .discriminatedUnion('kind', [
    attributionQuestion,
    effectQuestion,
    customersQuestion,
    holdOutsQuestion,
    demandQuestion,
    channelChoiceQuestion,
    priceResponseQuestion,
    mediaMixQuestion,
  ])
  .meta({ id: 'AnalysisQuestion' })
export type AnalysisQuestion = z.infer<typeof analysisQuestionSchema>

const summarySchema = z
  .strictObject({
    id: idSchema,
    question: analysisQuestionSchema,
    state: z.enum(runStates),
    progress: z.number(),
    attempts: z.int().describe('More than one: the server stopped meanwhile, and it was begun again.'),
    engineVersion: z.string(),
    seed: z.int(),
    inputHash: z.string().nullable().describe('SHA-256 of what was read of the firm; null before it is read.'),
    resultsHash: z.string().nullable(),
    replaysId: idSchema.nullable(),
    sameBytes: z.boolean().nullable().describe('Whether one made again from the same input came to the same bytes.'),
    problem: z.string().nullable().describe('Why there is no answer, in words.'),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'AnalysisSummary' })
export type AnalysisSummary = z.infer<typeof summarySchema>

const analysisSchema = summarySchema.extend({ results: analysisResultsSchema.nullable() }).meta({ id: 'Analysis' })
export type Analysis = z.infer<typeof analysisSchema>

const params = z.strictObject({ analysisId: idSchema })

export const analysisEndpoints = {
  listAnalyses: endpoint({
    method: 'GET',
    path: '/strategy/analyses',
    summary: 'Questions asked of the firm’s figures, the latest first, at most fifty of a kind',
    access: 'strategy:read',
    query: z.strictObject({ kind: z.enum(analysisKinds) }),
    response: z.strictObject({ items: z.array(summarySchema) }),
  }),
  startAnalysis: endpoint({
    method: 'POST',
    path: '/strategy/analyses',
    summary: 'Ask a question of the firm’s figures; it is answered in the background',
    access: 'strategy:write',
    status: 202,
    idempotent: true,
    body: z.strictObject({
      question: analysisQuestionSchema,
      seed: z.int().min(0).max(2_147_483_647).default(1),
    }),
    response: analysisSchema,
  }),
  getAnalysis: endpoint({
    method: 'GET',
    path: '/strategy/analyses/{analysisId}',
    summary: 'A question with its answer, or how far it is',
    access: 'strategy:read',
    params,
    response: analysisSchema,
  }),
  cancelAnalysis: endpoint({
    method: 'POST',
    path: '/strategy/analyses/{analysisId}/cancel',
    summary: 'Stop what is not over',
    access: 'strategy:write',
    params,
    response: analysisSchema,
  }),
  replayAnalysis: endpoint({
    method: 'POST',
    path: '/strategy/analyses/{analysisId}/replay',
    summary: 'Compute an answer again from its stored input, and say whether its bytes are the same',
    access: 'strategy:write',
    status: 202,
    idempotent: true,
    params,
    response: analysisSchema,
  }),
}
