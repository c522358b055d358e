import { z } from 'zod'
import { contactReasons, media } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, localeSchema, moneySchema, pageOf } from './scalars.ts'

/** What came of a visit. */
export const visitOutcomes = [
  'ordered',
  'appointment',
  'interested',
  'not_now',
  'absent',
  'refused',
  'wrong_address',
] as const
export type VisitOutcome = (typeof visitOutcomes)[number]

/** What is worth asking, as far as what is known tells. */
export const visitQuestions = [
  'email',
  'phone',
  'consent',
  'open_quote',
  'open_return',
  'long_ago',
  'never_bought',
  'last_visit',
] as const
export type VisitQuestion = (typeof visitQuestions)[number]

const dateSchema = z.iso.date()

export const salesVisitSchema = z
  .strictObject({
    id: idSchema,
    customerId: idSchema,
    name: z.string(),
    place: z.string().describe('Street, postal code and town, in one line; empty when they are not known.'),
    about: z.string(),
    questions: z.string(),
    on: dateSchema,
    state: z.enum(['open', 'done', 'given_up']),
    createdBy: z.string().nullable(),
    closedAt: instantSchema.nullable(),
    outcome: z.enum(visitOutcomes).nullable(),
    note: z.string(),
    asked: z.boolean().describe('Whether they asked for it.'),
    permission: z
      .strictObject({ allowed: z.boolean(), reason: z.enum(contactReasons) })
      .describe(
        'Whether it may be made as things stand: what was permitted when it was planned may have been withdrawn since.',
      ),
  })
  .meta({ id: 'SalesVisit' })
export type SalesVisit = z.output<typeof salesVisitSchema>

const documentSchema = z.strictObject({
  id: idSchema,
  number: z.string(),
  at: instantSchema,
  state: z.string(),
  total: moneySchema.nullable(),
})

export const visitSheetSchema = z
  .strictObject({
    at: instantSchema,
    customer: z.strictObject({
      id: idSchema,
      kind: z.enum(['person', 'company']),
      name: z.string(),
      place: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      relational: z.boolean(),
    }),
    visit: salesVisitSchema.nullable().describe('The next that is open.'),
    restricted: z.boolean().describe('Whether their data may only be kept: no visit is prepared.'),
    permissions: z.array(
      z.strictObject({ medium: z.enum(media), allowed: z.boolean(), reason: z.enum(contactReasons) }),
    ),
    orders: z.strictObject({
      count: z.int(),
      total: moneySchema,
      firstAt: instantSchema.nullable(),
      lastAt: instantSchema.nullable(),
    }),
    quotes: z.array(documentSchema).describe('Those that are open.'),
    latestOrders: z.array(documentSchema),
    returns: z.array(documentSchema).describe('Those that are on their way, or are being looked at.'),
    bought: z.array(z.strictObject({ name: z.string(), quantity: z.int(), lastAt: instantSchema })),
    segments: z.array(z.string()),
    interests: z.array(z.strictObject({ name: z.string(), declared: z.boolean() })),
    sizes: z.array(z.strictObject({ name: z.string().describe('Of what.'), value: z.string() })),
    offers: z
      .array(z.strictObject({ name: z.string(), interest: z.string() }))
      .describe('What others bought most, lately, of what interests them, and they did not.'),
    visits: z.array(salesVisitSchema).describe('Earlier ones, the latest first.'),
    questions: z.array(z.enum(visitQuestions)),
  })
  .meta({ id: 'VisitSheet' })
export type VisitSheet = z.output<typeof visitSheetSchema>

const ofCustomer = z.strictObject({ customerId: idSchema })

export const salesVisitEndpoints = {
  listSalesVisits: endpoint({
    method: 'GET',
    path: '/sales-visits',
    summary: 'Visits to make, by their day',
    access: 'messages:write',
    query: z.strictObject(cursorQuery),
    response: pageOf(salesVisitSchema),
  }),
  planSalesVisit: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/sales-visits',
    summary: 'Plan a visit to a customer; not to who refused visits, or whose data may only be kept',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    params: ofCustomer,
    body: z.strictObject({
      about: z.string().trim().min(1).max(200),
      questions: z.string().trim().max(2_000).default(''),
      on: dateSchema,
      asked: z.boolean().default(false).describe('Whether they asked for it, after an earlier refusal.'),
    }),
    response: salesVisitSchema,
  }),
  closeSalesVisit: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/sales-visits/{visitId}/outcome',
    summary:
      'Write down what came of a visit: it goes into the customer’s history, a refusal withdraws the consent to visits, and the journey that asked for it is told',
    access: 'messages:write',
    idempotent: true,
    params: z.strictObject({ customerId: idSchema, visitId: idSchema }),
    body: z.strictObject({ outcome: z.enum(visitOutcomes), note: z.string().trim().max(1_000).default('') }),
    response: salesVisitSchema,
  }),
  getVisitSheet: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/visit-sheet',
    summary: 'What a representative takes along to a customer; that it was read is noted',
    access: 'customers:read',
    params: ofCustomer,
    response: visitSheetSchema,
  }),
  getVisitSheetPdf: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/visit-sheet/pdf',
    summary: 'The same on paper (PDF, A4)',
    access: 'customers:read',
    params: ofCustomer,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'application/pdf',
  }),
}
