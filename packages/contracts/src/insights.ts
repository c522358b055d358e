import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, idSchema, instantSchema } from './scalars.ts'

/** How the value of a figure is read: a number of things, cents, a share of one, seconds. */
type KpiKind = 'count' | 'money' | 'share' | 'seconds'

/** Every figure of the desk and what its value is; its definition in words is beside it on the screen and in the guide. */
export const kpis = {
  visits: 'count',
  views: 'count',
  orders: 'count',
  conversion: 'share',
  units: 'count',
  basket: 'money',
  revenue: 'money',
  discount: 'money',
  returned: 'money',
  returnRate: 'share',
  netRevenue: 'money',
  goods: 'money',
  assumedShare: 'share',
  payment: 'money',
  picking: 'money',
  parcel: 'money',
  commission: 'money',
  contacts: 'money',
  costToServe: 'money',
  margin: 'money',
  marginRate: 'share',
  fixed: 'money',
  outreach: 'money',
  contribution: 'money',
  acquisitionCost: 'money',
  returnOnSpend: 'share',
  newCustomers: 'count',
  knownCustomers: 'count',
  newShare: 'share',
  retention: 'share',
  ratings: 'count',
  satisfaction: 'share',
  answerSeconds: 'seconds',
  promisesKept: 'share',
  stockOuts: 'share',
  notFound: 'count',
  cancelled: 'count',
} as const satisfies Record<string, KpiKind>
export type Kpi = keyof typeof kpis
export const kpiIds = Object.keys(kpis) as [Kpi, ...Kpi[]]

const kpiSchema = z.enum(kpiIds)
/** Null where the figure has no meaning: a basket without orders, visits of a shop. */
const valuesSchema = z.record(kpiSchema, z.number().nullable()).meta({ id: 'KpiValues' })
export type KpiValues = z.infer<typeof valuesSchema>

const daysSchema = z.strictObject({ from: dateSchema, until: dateSchema })

export const figureGroups = ['channel', 'site', 'segment', 'product', 'category'] as const
export type FigureGroup = (typeof figureGroups)[number]

const compared = { now: valuesSchema, before: valuesSchema.describe('The same of the period before.') }
const rowSchema = z
  .strictObject({ key: z.string().nullable(), name: z.string().nullable(), ...compared })
  .meta({ id: 'FiguresRow' })
export type FiguresRow = z.infer<typeof rowSchema>

export const figuresSchema = z
  .strictObject({
    period: daysSchema.describe('Days of the firm’s time zone, both included.'),
    before: daysSchema.describe('As many days, just before.'),
    past: daysSchema.nullable().describe('From when to when of both other systems tell; null where none does.'),
    by: z.enum(figureGroups),
    total: z.strictObject(compared),
    rows: z.array(rowSchema).describe('The most revenue first, at most 200.'),
    series: z
      .array(z.strictObject({ key: z.string(), values: valuesSchema }))
      .describe('The whole, by day up to 92 days and by month beyond.'),
    fresh: z.strictObject({
      countedAt: instantSchema.nullable(),
      staleDays: z.int().describe('Days that are still to be counted again.'),
      recountedAt: instantSchema.nullable(),
      recountedDays: z.int().nullable(),
      differentDays: z.int().nullable().describe('On how many the last recount of everything found something else.'),
    }),
  })
  .meta({ id: 'Figures' })
export type Figures = z.infer<typeof figuresSchema>

const figuresQuery = z.strictObject({
  from: dateSchema,
  until: dateSchema,
  by: z.enum(figureGroups).default('channel'),
  channel: codeSchema.optional(),
  siteId: idSchema.optional(),
})
export type FiguresQuery = z.infer<typeof figuresQuery>

export const costTermNames = ['goods', 'payment', 'picking', 'parcel', 'commission', 'contacts'] as const
export const costSources = ['purchase_price', 'assumed_share', 'channel_costs'] as const

const orderCostsSchema = z
  .strictObject({
    orderId: idSchema,
    channelCode: codeSchema,
    day: dateSchema,
    netMinor: z.int().describe('Articles and carriage, without VAT.'),
    carriageMinor: z.int(),
    costMinor: z.int(),
    marginMinor: z.int(),
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        netMinor: z.int(),
        costMinor: z.int(),
        terms: z.array(
          z.strictObject({
            term: z.enum(costTermNames),
            amountMinor: z.int(),
            source: z.enum(costSources),
            inputs: z
              .record(z.string(), z.number())
              .describe('What its formula was computed from: counts, minor units, basis points.'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'OrderCosts' })
export type OrderCosts = z.infer<typeof orderCostsSchema>

export const insightEndpoints = {
  getFigures: endpoint({
    method: 'GET',
    path: '/insights/figures',
    summary: 'Key figures of a period beside the one before, by channel, shop, segment, product or category',
    access: 'insights:read',
    query: figuresQuery,
    response: figuresSchema,
  }),
  exportFigures: endpoint({
    method: 'GET',
    path: '/insights/figures/export',
    summary: 'The same as CSV: amounts in euros, shares between 0 and 1',
    access: 'insights:read',
    query: figuresQuery,
    produces: 'text/csv',
  }),
  getOrderCosts: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/costs',
    summary: 'What each line of an order costs to serve, and why',
    access: 'insights:read',
    params: z.strictObject({ orderId: idSchema }),
    response: orderCostsSchema,
  }),
}
