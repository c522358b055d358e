import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, dateSchema, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

/** Who is not heard of: somebody who never bought, or somebody who did. */
export const retentionCategories = ['prospect', 'customer'] as const
export type RetentionCategory = (typeof retentionCategories)[number]

export const retentionStates = ['planned', 'announced', 'waiting', 'held', 'erasing', 'kept'] as const
export type RetentionState = (typeof retentionStates)[number]

/** Why the team keeps somebody from being erased. */
export const holdReasons = ['dispute', 'unpaid', 'claim'] as const
export type HoldReason = (typeof holdReasons)[number]

const monthsSchema = z.int().min(1).max(60)

export const retentionRuleSchema = z
  .strictObject({
    on: z.boolean().describe('Off, each night only finds out what it would do.'),
    months: z
      .strictObject({ prospect: monthsSchema, customer: monthsSchema })
      .describe('From the last act of the person. Three years is what the CNIL recommends at most.'),
    noticeDays: z.int().min(14).max(90).describe('How long before they are told, where an address can be used.'),
  })
  .meta({ id: 'RetentionRule' })
export type RetentionRule = z.infer<typeof retentionRuleSchema>

const runSchema = z.strictObject({
  startedAt: instantSchema,
  doneAt: instantSchema.nullable(),
  live: z.boolean(),
  counts: z.strictObject({
    examined: z.int(),
    planned: z.int(),
    announced: z.int().describe('Written to in this run.'),
    waiting: z.int().describe('Told already, or not to be reached, and not due yet.'),
    held: z.int(),
    erasing: z.int(),
    spared: z.int().describe('Were about to be erased, and were heard of again.'),
  }),
})
export type RetentionRun = z.infer<typeof runSchema>

const caseSchema = z
  .strictObject({
    customerId: idSchema,
    name: z.string(),
    category: z.enum(retentionCategories),
    state: z.enum(retentionStates),
    lastAct: z.strictObject({ kind: z.string().nullable(), on: dateSchema }),
    announcedOn: dateSchema.nullable(),
    eraseOn: dateSchema,
    obstacles: z.array(z.string()),
    requestId: idSchema.nullable(),
  })
  .meta({ id: 'RetentionCase' })
export type RetentionCase = z.infer<typeof caseSchema>

const holdSchema = z.strictObject({
  id: idSchema,
  reason: z.enum(holdReasons),
  note: z.string(),
  since: instantSchema,
  actor: z.string().nullable(),
})
const overviewSchema = z
  .strictObject({
    version: z.int().min(0).describe('0: nobody decided yet, and the rule is the usual one.'),
    rule: retentionRuleSchema,
    since: instantSchema.nullable(),
    actor: z.string().nullable(),
    runs: z.array(runSchema).describe('The latest first, at most ten.'),
    states: z.array(z.strictObject({ state: z.enum(retentionStates), count: z.int() })),
  })
  .meta({ id: 'Retention' })
export type Retention = z.infer<typeof overviewSchema>

const noticeSchema = z
  .strictObject({ state: z.enum(retentionStates), eraseOn: dateSchema, locale: localeSchema })
  .meta({ id: 'RetentionNotice' })
export type RetentionNotice = z.infer<typeof noticeSchema>

const tokenQuery = z.strictObject({ token: z.string().min(20).max(400) })
const customerParams = z.strictObject({ customerId: idSchema })
const holds = z.strictObject({ items: z.array(holdSchema) })

export const retentionEndpoints = {
  getRetention: endpoint({
    method: 'GET',
    path: '/rights/retention',
    summary: 'How long people are kept, what the last nights found, and how many are about to be erased',
    access: 'rights:manage',
    response: overviewSchema,
  }),
  putRetention: endpoint({
    method: 'PUT',
    path: '/rights/retention',
    summary: 'Decide how long people are kept, and switch their erasure on or off',
    access: 'rights:manage',
    idempotent: true,
    body: retentionRuleSchema,
    response: overviewSchema,
  }),
  runRetention: endpoint({
    method: 'POST',
    path: '/rights/retention/runs',
    summary: 'Look at everybody now instead of tonight; erases nobody unless that is switched on',
    access: 'rights:manage',
    idempotent: true,
    response: overviewSchema,
  }),
  listRetentionCases: endpoint({
    method: 'GET',
    path: '/rights/retention/cases',
    summary: 'Who is about to be erased, why and when, the soonest first',
    access: 'rights:manage',
    query: z.strictObject({ ...cursorQuery, state: z.enum(retentionStates).optional() }),
    response: pageOf(caseSchema),
  }),
  listHolds: endpoint({
    method: 'GET',
    path: '/rights/customers/{customerId}/holds',
    summary: 'Why a customer must not be erased, as the team decided',
    access: 'rights:manage',
    params: customerParams,
    response: holds,
  }),
  holdCustomer: endpoint({
    method: 'POST',
    path: '/rights/customers/{customerId}/holds',
    summary: 'Keep a customer from being erased',
    access: 'rights:manage',
    idempotent: true,
    params: customerParams,
    body: z.strictObject({ reason: z.enum(holdReasons), note: z.string().trim().min(3).max(500) }),
    response: holds,
  }),
  releaseHold: endpoint({
    method: 'DELETE',
    path: '/rights/customers/{customerId}/holds/{holdId}',
    summary: 'What kept a customer is over',
    access: 'rights:manage',
    params: z.strictObject({ customerId: idSchema, holdId: idSchema }),
    response: holds,
  }),
  getMyNotice: endpoint({
    method: 'GET',
    path: '/rights/links/notice',
    summary: 'What the announcement of an erasure was about, for whoever holds its link',
    access: 'public',
    query: tokenQuery,
    response: noticeSchema,
  }),
  keepMyData: endpoint({
    method: 'POST',
    path: '/rights/links/keep',
    summary: 'Say that one wants to stay: nothing is erased',
    access: 'public',
    query: tokenQuery,
    response: noticeSchema,
  }),
}
