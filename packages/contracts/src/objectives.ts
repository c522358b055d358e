import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { kpiIds, kpis, type Kpi } from './insights.ts'
import { codeSchema, dateSchema, idSchema, instantSchema } from './scalars.ts'

/** A month of the firm’s time zone, as `2027-03`. */
export const monthSchema = z.string().regex(/^[1-9]\d{3}-(?:0[1-9]|1[0-2])$/)

/** What is held against the target: the whole of the months, a month on average, or the last month alone. */
export const objectiveMeasures = ['sum', 'mean', 'last'] as const
export type ObjectiveMeasure = (typeof objectiveMeasures)[number]
export const objectiveDirections = ['at_least', 'at_most'] as const

/** Figures whose months add up to that of all of them; a conversion or a basket does not. */
export function addsUp(kpi: Kpi): boolean {
  return kpi !== 'basket' && (kpis[kpi] === 'count' || kpis[kpi] === 'money')
}

const lineSchema = z.string().trim().min(1).max(200)
const noteTextSchema = z.string().trim().min(1).max(2_000)
const targetSchema = z.number().min(-1e15).max(1e15)

const termsSchema = z.strictObject({
  name: lineSchema,
  owner: lineSchema.describe('Who answers for it.'),
  target: targetSchema.describe('In the unit of the figure: cents, a share of one, seconds, or a number.'),
  until: monthSchema.describe('The last month that counts; its last day is the date of the objective.'),
  alertBelow: z.number().min(0).max(1).describe('Who looks is warned when it is less likely than this.'),
})

export const newObjectiveSchema = termsSchema
  .extend({
    kpi: z.enum(kpiIds),
    channel: codeSchema.nullable().default(null),
    siteId: idSchema.nullable().default(null),
    measure: z.enum(objectiveMeasures),
    wanted: z.enum(objectiveDirections),
    from: monthSchema.describe('The first month that counts.'),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], error: 'objective.ends_before' })
  .refine(({ from, until }) => monthsBetween(from, until) <= 120, { path: ['until'], error: 'objective.too_long' })
  .refine(({ kpi, measure }) => measure !== 'sum' || addsUp(kpi), {
    path: ['measure'],
    error: 'objective.no_sum',
  })
export type NewObjective = z.output<typeof newObjectiveSchema>

export const objectiveChangeSchema = termsSchema.extend({
  revision: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .describe('That of what was read: a change made on an older one is refused.'),
  reason: noteTextSchema.describe('Why it changes; kept among its notes.'),
})
export type ObjectiveChange = z.output<typeof objectiveChangeSchema>

/** How many months two months span, both counted. */
export function monthsBetween(from: string, until: string): number {
  const at = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return at(until) - at(from) + 1
}

/** The month that lies so many after another; before it when negative. */
export function addMonths(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

const coneSchema = z.strictObject({
  month: monthSchema,
  low: z.number(),
  lower: z.number(),
  middle: z.number(),
  upper: z.number(),
  high: z.number(),
})

const readingSchema = z
  .strictObject({
    on: dateSchema,
    engineVersion: z.string(),
    seed: z.int(),
    snapshotHash: z.string().describe('SHA-256 of what the engine was given.'),
    problem: z.string().nullable().describe('Why nothing can be said, in the reader’s language.'),
    probability: z.number().nullable(),
    expected: z.strictObject({ low: z.number(), middle: z.number(), high: z.number() }).nullable(),
    pace: z.number().nullable().describe('What each month to come must bring.'),
    presentPace: z.number().nullable().describe('What a month brought since it began.'),
    reached: z.number().nullable().describe('What the measure is so far; null before its first month is over.'),
    history: z.array(z.strictObject({ month: monthSchema, value: z.number() })),
    cone: z.array(coneSchema).describe('The 5, 25, 50, 75 and 95 of 100 of each month to come.'),
  })
  .meta({ id: 'ObjectiveReading' })
export type ObjectiveReading = z.infer<typeof readingSchema>

const objectiveSchema = z
  .strictObject({
    id: idSchema,
    revision: z.int(),
    name: z.string(),
    owner: z.string(),
    kpi: z.enum(kpiIds),
    channel: z.string().nullable(),
    siteId: idSchema.nullable(),
    siteName: z.string().nullable(),
    measure: z.enum(objectiveMeasures),
    wanted: z.enum(objectiveDirections),
    from: monthSchema,
    until: monthSchema,
    target: z.number(),
    start: z.number().nullable().describe('The same measure over as many months before it began.'),
    alertBelow: z.number(),
    alert: z.boolean().describe('Open, and less likely than it may be.'),
    reading: readingSchema.nullable(),
    closed: z
      .strictObject({ at: instantSchema, by: z.string().nullable(), reached: z.number().nullable(), met: z.boolean() })
      .nullable(),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
  })
  .meta({ id: 'Objective' })
export type Objective = z.infer<typeof objectiveSchema>

const objectiveNoteSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['note', 'change', 'close', 'reopen']),
  text: z.string(),
  changes: z
    .array(
      z.strictObject({
        field: z.enum(['name', 'owner', 'target', 'until', 'alertBelow']),
        before: z.string(),
        after: z.string(),
      }),
    )
    .describe('What was changed, as it was written.'),
  at: instantSchema,
  by: z.string().nullable(),
})
export type ObjectiveNote = z.infer<typeof objectiveNoteSchema>

const objectiveDetailSchema = objectiveSchema
  .extend({
    course: z
      .array(z.strictObject({ on: dateSchema, probability: z.number().nullable() }))
      .describe('How likely it was, day by day, at most a year back.'),
    notes: z.array(objectiveNoteSchema).describe('The latest first.'),
  })
  .meta({ id: 'ObjectiveDetail' })
export type ObjectiveDetail = z.infer<typeof objectiveDetailSchema>

const params = z.strictObject({ objectiveId: idSchema })
const noteBody = z.strictObject({ text: noteTextSchema })

export const objectiveEndpoints = {
  listObjectives: endpoint({
    method: 'GET',
    path: '/objectives',
    summary: 'Objectives with how likely each is to be met; the least likely of those that are open first',
    access: 'strategy:read',
    query: z.strictObject({ state: z.enum(['open', 'closed']).default('open') }),
    response: z.strictObject({ items: z.array(objectiveSchema) }),
  }),
  createObjective: endpoint({
    method: 'POST',
    path: '/objectives',
    summary: 'Sets an objective, and forecasts whether it will be met',
    access: 'strategy:write',
    idempotent: true,
    status: 201,
    body: newObjectiveSchema,
    response: objectiveDetailSchema,
  }),
  getObjective: endpoint({
    method: 'GET',
    path: '/objectives/{objectiveId}',
    summary: 'An objective with its forecast, its course and its notes',
    access: 'strategy:read',
    params,
    response: objectiveDetailSchema,
  }),
  updateObjective: endpoint({
    method: 'PUT',
    path: '/objectives/{objectiveId}',
    summary: 'Changes an open objective; before and after are kept with the reason',
    access: 'strategy:write',
    params,
    body: objectiveChangeSchema,
    response: objectiveDetailSchema,
  }),
  addObjectiveNote: endpoint({
    method: 'POST',
    path: '/objectives/{objectiveId}/notes',
    summary: 'Adds a note of a review',
    access: 'strategy:write',
    idempotent: true,
    status: 201,
    params,
    body: noteBody,
    response: objectiveDetailSchema,
  }),
  closeObjective: endpoint({
    method: 'POST',
    path: '/objectives/{objectiveId}/close',
    summary: 'Closes an objective before its time; what was reached is kept',
    access: 'strategy:write',
    params,
    body: noteBody,
    response: objectiveDetailSchema,
  }),
  reopenObjective: endpoint({
    method: 'POST',
    path: '/objectives/{objectiveId}/reopen',
    summary: 'Takes closing an objective back, while its time is not over',
    access: 'strategy:write',
    params,
    response: objectiveDetailSchema,
  }),
}
