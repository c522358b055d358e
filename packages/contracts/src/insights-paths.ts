import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, instantSchema } from './scalars.ts'

const count = z.int().min(0)
const monthSchema = z.string().regex(/^\d{4}-\d{2}$/)

export const pathsSchema = z
  .strictObject({
    from: monthSchema.describe('Whole months are told: those the period touches.'),
    until: monthSchema,
    passages: z
      .array(
        z.strictObject({
          from: codeSchema,
          to: codeSchema,
          passages: count.describe(
            'Times a customer did something in one channel and next, within 30 days, in the other.',
          ),
          orders: count.describe('Of these, how many came to order.'),
          carried: count.describe('Carts and quotes begun in one that became an order in the other.'),
        }),
      )
      .describe('By the channel they came from and the one they came to; the same where they stayed.'),
    handovers: z
      .array(
        z.strictObject({
          channelCode: codeSchema,
          carriedOut: count.describe('Handed over where and when they were bought.'),
          fetched: count.describe('Fetched in a shop later.'),
          broughtHome: count.describe('Brought to an address.'),
          downloaded: count,
        }),
      )
      .describe('Where what was ordered in a channel went to its customer: orders, and the parts of mixed ones.'),
    funnel: z.array(
      z.strictObject({
        channelCode: codeSchema,
        visitors: count.describe('People whose visits are noted, who came in the month.'),
        viewers: count.describe('Of these, who looked at an article.'),
        buyers: count.describe('Of these visitors, who ordered in that channel.'),
        carts: count.describe('Carts that were given an article, of everybody.'),
        cartOrders: count,
        placed: count,
        paid: count.describe('Orders that stand: paid, on account, or to be paid when handed over.'),
        delivered: count.describe('Orders of which every article was handed over.'),
      }),
    ),
    countedAt: instantSchema.nullable().describe('Counted each hour.'),
  })
  .meta({ id: 'InsightPaths' })
export type Paths = z.infer<typeof pathsSchema>

export const cohortsSchema = z
  .strictObject({
    cohorts: z.array(
      z.strictObject({
        month: monthSchema.describe('Of their first order.'),
        customers: count,
        months: z.array(
          z.strictObject({
            after: count.describe('Months since the first order.'),
            customers: count.describe('Of the cohort, who ordered in that month.'),
            orders: count,
            valueMinor: z.number().describe('What they ordered for, with VAT, in minor units.'),
          }),
        ),
      }),
    ),
    countedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Cohorts' })
export type Cohorts = z.infer<typeof cohortsSchema>

const pathsQuery = z.strictObject({ from: dateSchema, until: dateSchema })
export type PathsQuery = z.infer<typeof pathsQuery>
const cohortsQuery = pathsQuery.extend({ channel: codeSchema.optional().describe('Of the first order.') })
export type CohortsQuery = z.infer<typeof cohortsQuery>

const access = 'insights:read' as const

export const insightPathEndpoints = {
  getPaths: endpoint({
    method: 'GET',
    path: '/insights/paths',
    summary: 'Passages between channels, and where people are lost',
    access,
    query: pathsQuery,
    response: pathsSchema,
  }),
  exportPassages: endpoint({
    method: 'GET',
    path: '/insights/passages/export',
    summary: 'Passages between channels as CSV',
    access,
    query: pathsQuery,
    produces: 'text/csv',
  }),
  exportFunnel: endpoint({
    method: 'GET',
    path: '/insights/funnel/export',
    summary: 'Where people are lost, by channel, as CSV',
    access,
    query: pathsQuery,
    produces: 'text/csv',
  }),
  exportHandovers: endpoint({
    method: 'GET',
    path: '/insights/handovers/export',
    summary: 'Where what was ordered in each channel was handed over, as CSV',
    access,
    query: pathsQuery,
    produces: 'text/csv',
  }),
  getCohorts: endpoint({
    method: 'GET',
    path: '/insights/cohorts',
    summary: 'Customers by the month of their first order: who came back, and for how much',
    access,
    query: cohortsQuery,
    response: cohortsSchema,
  }),
  exportCohorts: endpoint({
    method: 'GET',
    path: '/insights/cohorts/export',
    summary: 'The same as CSV',
    access,
    query: cohortsQuery,
    produces: 'text/csv',
  }),
}
