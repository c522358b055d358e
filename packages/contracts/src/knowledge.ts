import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { dateSchema, idSchema, instantSchema } from './scalars.ts'

/** Why a model could not be fitted: too few customers or purchases, all of one day, or no finite parameters. */
const refusedSchema = z.strictObject({
  state: z.literal('refused'),
  reason: z.enum(['too_few_customers', 'too_few_repeats', 'one_day', 'all_equal', 'no_finite_optimum']),
  have: z.int().nullable(),
  need: z.int().nullable(),
})
export type Refused = z.output<typeof refusedSchema>

const scoreSchema = z.int().min(1).max(5)
const fifthsSchema = z.array(z.number().nullable()).length(4)

/** What was fitted one night on everything customers bought, and how well it says what was seen. */
export const valueFitSchema = z
  .strictObject({
    asOf: dateSchema.describe('The day up to which purchases were counted.'),
    customers: z.int().describe('Who bought something.'),
    repeatCustomers: z.int().describe('Who bought on two days or more.'),
    purchases: z.int().describe('Days with a purchase, of all customers.'),
    thresholds: z
      .strictObject({ recency: fifthsSchema, frequency: fifthsSchema, monetary: fifthsSchema })
      .nullable()
      .describe('From which value on the score is 2, 3, 4 and 5; null with fewer than five customers.'),
    activity: z
      .discriminatedUnion('state', [
        z.strictObject({
          state: z.literal('fitted'),
          r: z.number(),
          alpha: z.number().describe('In weeks.'),
          a: z.number(),
          b: z.number(),
          logLikelihood: z.number(),
          customers: z.int(),
        }),
        refusedSchema,
      ])
      .describe('BG/NBD: how often customers buy, and when they stop.'),
    worth: z
      .discriminatedUnion('state', [
        z.strictObject({
          state: z.literal('fitted'),
          p: z.number(),
          q: z.number(),
          gamma: z.number().describe('In cents.'),
          logLikelihood: z.number(),
          customers: z.int(),
          correlation: z
            .number()
            .nullable()
            .describe('Between how often and for how much: the model takes it to be 0.'),
        }),
        refusedSchema,
      ])
      .describe('Gamma-Gamma: what a purchase is worth.'),
    counts: z
      .array(z.strictObject({ repeats: z.int(), seen: z.int(), fitted: z.number() }))
      .describe('How many customers came back so often, and how many the model says; the last is so often or more.'),
    holdOut: z
      .strictObject({
        from: dateSchema.describe('The first day that was held back.'),
        until: dateSchema,
        customers: z.int(),
        forecast: z.number(),
        came: z.int(),
        groups: z.array(z.strictObject({ repeats: z.int(), customers: z.int(), forecast: z.number(), came: z.int() })),
      })
      .nullable()
      .describe('Fitted on what came before, held against what came after; null where the history is too short.'),
  })
  .meta({ id: 'CustomerValueFit' })
export type ValueFit = z.output<typeof valueFitSchema>

export const customerValueSchema = z
  .strictObject({
    asOf: dateSchema,
    computedAt: instantSchema,
    purchases: z.int().describe('Days with a purchase; what was cancelled or came back whole is none.'),
    firstOn: dateSchema,
    lastOn: dateSchema,
    spentMinor: z.int().describe('After cancellations and returns, in cents.'),
    recency: scoreSchema.nullable(),
    frequency: scoreSchema.nullable(),
    monetary: scoreSchema.nullable(),
    active: z.number().min(0).max(1).nullable().describe('The chance that they still buy here.'),
    expectedPurchases: z.number().nullable().describe('In the coming year.'),
    expectedValueMinor: z.int().nullable().describe('In the coming year, in cents.'),
  })
  .meta({ id: 'CustomerValue' })
export type CustomerValue = z.output<typeof customerValueSchema>

export const knowledgeSchema = z
  .strictObject({
    fittedAt: instantSchema.nullable().describe('Null before the first night.'),
    fit: valueFitSchema.nullable(),
    grid: z
      .array(
        z.strictObject({
          recency: scoreSchema,
          frequency: scoreSchema,
          customers: z.int(),
          spentMinor: z.int().describe('Of all of them together.'),
          expectedValueMinor: z.int().nullable(),
        }),
      )
      .describe('Customers by scores of recency and frequency; cells without anybody are left out.'),
    active: z
      .array(z.strictObject({ from: z.number(), customers: z.int(), boughtOnce: z.int() }))
      .describe('Customers by the chance that they are active, in ten steps.'),
    customers: z.int().describe('All customers, those who never bought too.'),
    buyers: z.int(),
    expectedPurchases: z.number().nullable(),
    expectedValueMinor: z.int().nullable(),
  })
  .meta({ id: 'CustomerKnowledge' })
export type Knowledge = z.output<typeof knowledgeSchema>

export const knowledgeEndpoints = {
  getKnowledge: endpoint({
    method: 'GET',
    path: '/customer-knowledge',
    summary: 'What is computed of all customers: scores, chance of being active, expected value, and how well it holds',
    access: 'customers:read',
    response: knowledgeSchema,
  }),
  computeKnowledge: endpoint({
    method: 'POST',
    path: '/customer-knowledge/compute',
    summary: 'Fit and compute now, as each night',
    access: 'customers:write',
    status: 202,
    idempotent: true,
    response: z.strictObject({}),
  }),
  getCustomerValue: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/value',
    summary: 'What is computed of one customer; null for somebody who never bought',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    response: z.strictObject({ value: customerValueSchema.nullable() }),
  }),
}
