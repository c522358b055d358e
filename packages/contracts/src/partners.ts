import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cardNumberSchema } from './loyalty.ts'
import { emailSchema, idSchema, instantSchema, moneySchema } from './scalars.ts'

const mostPoints = 10_000_000
const limitSchema = z.int().min(0).max(mostPoints)
/** In cents for a hundred points. */
const rateSchema = z.int().min(0).max(100_000)

export const partnerBodySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    contactName: z.string().trim().min(1).max(120),
    contactEmail: emailSchema.nullable().default(null),
    contactPhone: z.string().trim().max(30).nullable().default(null),
    soldMinor: rateSchema.describe(
      'What the partner pays us for a hundred points its tills give, in cents, VAT excluded.',
    ),
    boughtMinor: rateSchema.describe(
      'What we pay the partner for a hundred points its tills take, in cents, VAT excluded.',
    ),
    personDayEarn: limitSchema.describe('Points somebody may earn at the partner’s in a day; 0 stops earning.'),
    personDaySpend: limitSchema.describe('Points somebody may spend at the partner’s in a day; 0 stops spending.'),
    dayEarn: limitSchema.describe('Points the partner may give in a day, to everybody.'),
    daySpend: limitSchema.describe('Points the partner may take in a day, from everybody.'),
    stopped: z.boolean().describe('A partner that is stopped is refused at once, whatever its keys.'),
  })
  .meta({ id: 'PartnerTerms' })
export type PartnerBody = z.infer<typeof partnerBodySchema>

const partnerSchema = partnerBodySchema
  .extend({
    id: idSchema,
    stoppedAt: instantSchema.nullable(),
    balance: moneySchema.describe('Owed to us by the partner and not settled; below zero, owed by us.'),
  })
  .meta({ id: 'PointsPartner' })
export type PointsPartner = z.infer<typeof partnerSchema>

export const partnerOperationKinds = ['earn', 'spend', 'earn_reversal', 'spend_reversal'] as const
export type PartnerOperationKind = (typeof partnerOperationKinds)[number]

/** The receipt of the partner's till: the same one is done once. */
const referenceSchema = z.string().trim().min(1).max(80)
const operationPoints = z.int().min(1).max(mostPoints)

const operationSchema = z
  .strictObject({
    id: idSchema,
    kind: z.enum(partnerOperationKinds),
    state: z.enum(['held', 'done', 'released']),
    points: z.int(),
    amount: moneySchema.describe('At the agreed rate, VAT excluded.'),
    heldUntil: instantSchema.nullable(),
    active: z.int().nullable().describe('What the member has now; null once the member is gone.'),
  })
  .meta({ id: 'PartnerOperation' })
export type PartnerOperation = z.infer<typeof operationSchema>

/** A month of the calendar, in Paris. */
export const monthSchema = z.string().regex(/^2\d{3}-(?:0[1-9]|1[0-2])$/)

const statementSchema = z
  .strictObject({
    partnerId: idSchema,
    month: z.string(),
    lines: z
      .array(
        z.strictObject({
          id: idSchema,
          at: instantSchema,
          kind: z.enum(partnerOperationKinds),
          reference: z.string(),
          shop: z.string().nullable(),
          points: z.int(),
          net: moneySchema.describe('Above zero to us, below zero to the partner.'),
        }),
      )
      .describe('The first five hundred; the file has all.'),
    totals: z.array(
      z.strictObject({ kind: z.enum(partnerOperationKinds), count: z.int(), points: z.int(), net: moneySchema }),
    ),
    net: moneySchema,
    over: z.boolean().describe('Whether the month is over, so that it can be settled.'),
    settled: z.strictObject({ at: instantSchema, reference: z.string(), actor: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'PartnerStatement' })
export type PartnerStatement = z.infer<typeof statementSchema>

const partnerParams = z.strictObject({ partnerId: idSchema })
const statementParams = z.strictObject({ partnerId: idSchema, month: monthSchema })
const operationParams = z.strictObject({ operationId: idSchema })
const tillBody = z.strictObject({
  cardNumber: cardNumberSchema,
  points: operationPoints,
  reference: referenceSchema,
  shop: z.string().trim().min(1).max(80).nullable().default(null).describe('Which shop of the partner it was in.'),
})

export const partnerEndpoints = {
  listPartners: endpoint({
    method: 'GET',
    path: '/loyalty/partners',
    summary: 'Firms at whose tills members earn and spend points',
    access: 'loyalty:write',
    response: z.strictObject({ items: z.array(partnerSchema) }),
  }),
  createPartner: endpoint({
    method: 'POST',
    path: '/loyalty/partners',
    summary: 'Make a firm a partner; its key is made with the scope `partner:points`',
    access: 'loyalty:write',
    status: 201,
    idempotent: true,
    body: partnerBodySchema,
    response: partnerSchema,
  }),
  updatePartner: endpoint({
    method: 'PUT',
    path: '/loyalty/partners/{partnerId}',
    summary: 'Change what was agreed with a partner from now on, or stop it at once',
    access: 'loyalty:write',
    params: partnerParams,
    body: partnerBodySchema,
    response: partnerSchema,
  }),
  getPartnerStatement: endpoint({
    method: 'GET',
    path: '/loyalty/partners/{partnerId}/statements/{month}',
    summary: 'What was done at a partner’s tills in a month, and what it comes to',
    access: 'loyalty:write',
    params: statementParams,
    response: statementSchema,
  }),
  getPartnerStatementFile: endpoint({
    method: 'GET',
    path: '/loyalty/partners/{partnerId}/statements/{month}/file.csv',
    summary: 'The same as a file, every line',
    access: 'loyalty:write',
    params: statementParams,
    produces: 'text/csv',
    response: z.string(),
  }),
  settlePartner: endpoint({
    method: 'POST',
    path: '/loyalty/partners/{partnerId}/settlements',
    summary: 'Book that a month that is over was paid, whichever way',
    access: 'loyalty:write',
    params: partnerParams,
    body: z.strictObject({ month: monthSchema, reference: referenceSchema }),
    idempotent: true,
    response: statementSchema,
  }),
  findPartnerCard: endpoint({
    method: 'POST',
    path: '/partner/cards/find',
    summary: 'For a partner’s till: whether a card is good, and how many points it has',
    access: 'partner:points',
    reads: true,
    body: z.strictObject({ cardNumber: cardNumberSchema }),
    response: z.strictObject({
      initial: z.string().describe('First letter of the member’s name.'),
      active: z.int(),
      worth: moneySchema.describe('What the partner is paid for all of them.'),
    }),
  }),
  earnAtPartner: endpoint({
    method: 'POST',
    path: '/partner/earnings',
    summary: 'A partner gives points: active at once; the same receipt gives them once',
    access: 'partner:points',
    idempotent: true,
    body: tillBody,
    response: operationSchema,
  }),
  spendAtPartner: endpoint({
    method: 'POST',
    path: '/partner/spendings',
    summary: 'A partner takes points, or holds them for a quarter of an hour; the same receipt takes them once',
    access: 'partner:points',
    idempotent: true,
    body: tillBody.extend({ hold: z.boolean().default(false) }),
    response: operationSchema,
  }),
  commitPartnerSpending: endpoint({
    method: 'POST',
    path: '/partner/spendings/{operationId}/commit',
    summary: 'Take points that were held; again changes nothing',
    access: 'partner:points',
    params: operationParams,
    response: operationSchema,
  }),
  releasePartnerSpending: endpoint({
    method: 'POST',
    path: '/partner/spendings/{operationId}/release',
    summary: 'Give back points that were held; again changes nothing',
    access: 'partner:points',
    params: operationParams,
    response: operationSchema,
  }),
  reversePartnerOperation: endpoint({
    method: 'POST',
    path: '/partner/operations/{operationId}/reversals',
    summary: 'Goods came back to the partner: undo all or part of an operation, once for each receipt',
    access: 'partner:points',
    params: operationParams,
    idempotent: true,
    body: z.strictObject({ points: operationPoints, reference: referenceSchema }),
    response: operationSchema,
  }),
}
