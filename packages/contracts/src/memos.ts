import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { dateSchema, idSchema, instantSchema, localeSchema } from './scalars.ts'
import { monthSchema } from './objectives.ts'
import { scenarioResultsSchema } from './scenarios.ts'

const optionSchema = z
  .strictObject({
    runId: idSchema,
    scenarioId: idSchema,
    name: z.string(),
    version: z.int(),
    startsOn: monthSchema,
    moves: z.array(z.strictObject({ name: z.string(), month: monthSchema })),
    assumptions: z.array(z.strictObject({ text: z.string(), source: z.string(), on: dateSchema })),
    engineVersion: z.string(),
    seed: z.int(),
    draws: z.int(),
    inputHash: z.string(),
    results: scenarioResultsSchema,
  })
  .meta({ id: 'MemoOption', description: 'A scenario as it was simulated; it does not change with the scenario.' })
export type MemoOption = z.infer<typeof optionSchema>

const comparedMonth = z.strictObject({
  month: monthSchema,
  revenue: z.number().describe('What came, in euros.'),
  low: z.number(),
  median: z.number(),
  high: z.number(),
  inside: z.boolean(),
  result: z.number().describe('Margin after cost to serve and fixed costs.'),
  resultMedian: z.number(),
})
const memoComparisonSchema = z
  .strictObject({
    optionName: z.string().describe('What was decided, or the first option when it was to do nothing.'),
    months: z.array(comparedMonth),
    inside: z.int().describe('Months whose turnover lies within the interval of nine in ten.'),
    error: z.number().nullable().describe('Sum of the misses over the sum of what came.'),
    channels: z.array(z.strictObject({ channel: z.string(), revenue: z.number(), expected: z.number() })),
  })
  .meta({ id: 'MemoComparison' })
export type MemoComparison = z.infer<typeof memoComparisonSchema>

const textField = z.string().trim().max(4_000)
const memoBody = z.strictObject({
  title: z.string().trim().min(1).max(160),
  question: textField,
  risks: textField,
  decision: textField,
  chosenRunId: idSchema.nullable().describe('The option that is chosen; null for none of them.'),
  owner: z.string().trim().max(120).describe('Who carries it out.'),
  reviewOn: dateSchema.nullable(),
})
export const memoBodySchema = memoBody.meta({ id: 'MemoText' })
export type MemoBody = z.infer<typeof memoBodySchema>

const memoSchema = memoBody
  .extend({
    id: idSchema,
    state: z.enum(['draft', 'decided']),
    options: z.array(optionSchema),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    decidedAt: instantSchema.nullable(),
    decidedBy: z.string().nullable(),
    due: z.boolean().describe('Decided, and the day to look again has come.'),
    reviews: z.array(
      z.strictObject({
        id: idSchema,
        note: z.string(),
        comparison: memoComparisonSchema,
        at: instantSchema,
        by: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DecisionMemo' })
export type DecisionMemo = z.infer<typeof memoSchema>

const params = z.strictObject({ memoId: idSchema })

export const memoEndpoints = {
  listMemos: endpoint({
    method: 'GET',
    path: '/strategy/memos',
    summary: 'Decision memos, the newest first',
    access: 'strategy:read',
    response: z.strictObject({
      items: z.array(
        memoSchema.pick({
          id: true,
          title: true,
          state: true,
          owner: true,
          reviewOn: true,
          createdAt: true,
          decidedAt: true,
          due: true,
        }),
      ),
    }),
  }),
  createMemo: endpoint({
    method: 'POST',
    path: '/strategy/memos',
    summary: 'Begin a decision memo from one to four runs that are done',
    access: 'strategy:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({ title: z.string().trim().min(1).max(160), runIds: z.array(idSchema).min(1).max(4) }),
    response: memoSchema,
  }),
  getMemo: endpoint({
    method: 'GET',
    path: '/strategy/memos/{memoId}',
    summary: 'A decision memo',
    access: 'strategy:read',
    params,
    response: memoSchema,
  }),
  saveMemo: endpoint({
    method: 'PUT',
    path: '/strategy/memos/{memoId}',
    summary: 'Write a memo that is not decided',
    access: 'strategy:write',
    params,
    body: memoBodySchema,
    response: memoSchema,
  }),
  decideMemo: endpoint({
    method: 'POST',
    path: '/strategy/memos/{memoId}/decide',
    summary: 'Decide: from then on nothing of the memo changes',
    access: 'strategy:write',
    params,
    response: memoSchema,
  }),
  compareMemo: endpoint({
    method: 'GET',
    path: '/strategy/memos/{memoId}/comparison',
    summary: 'What happened since, beside what was expected',
    access: 'strategy:read',
    params,
    response: memoComparisonSchema,
  }),
  reviewMemo: endpoint({
    method: 'POST',
    path: '/strategy/memos/{memoId}/reviews',
    summary: 'Keep what happened since, with what is concluded from it',
    access: 'strategy:write',
    status: 201,
    idempotent: true,
    params,
    body: z.strictObject({ note: textField.min(1) }),
    response: memoSchema,
  }),
  getMemoPage: endpoint({
    method: 'GET',
    path: '/strategy/memos/{memoId}/page',
    summary: 'The memo as a page to print, plots included',
    access: 'strategy:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'text/html',
  }),
  getMemoPdf: endpoint({
    method: 'GET',
    path: '/strategy/memos/{memoId}/pdf',
    summary: 'The memo as a PDF, plots included',
    access: 'strategy:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'application/pdf',
  }),
}
