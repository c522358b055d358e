import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { dateSchema, idSchema, instantSchema, localeSchema } from './scalars.ts'

/** What an audit may find weak. */
export const weaknessKinds = [
  'sales_falling',
  'losing_money',
  'conversion_falling',
  'promises_broken',
  'calls_unanswered',
  'returned_much',
  'dependent',
  'dependent_on_company',
  'dependent_on_supplier',
  'unsatisfied',
  'coming_back_less',
  'out_of_stock',
  'prices_differ',
  'dearer_than_competitor',
  'suspected_cannibal',
] as const
export type WeaknessKind = (typeof weaknessKinds)[number]

const weaknessSchema = z.strictObject({
  kind: z.enum(weaknessKinds),
  channel: z.string().nullable(),
  other: z.string().nullable().describe('The other channel, article or competitor it is about.'),
  value: z.number(),
  against: z.number().describe('What it is held against.'),
  gap: z.number().describe('By how much, as a share: the largest first.'),
})
export type Weakness = z.infer<typeof weaknessSchema>

const channelSchema = z.strictObject({
  channel: z.string(),
  circuit: z.string().nullable(),
  netRevenue: z.number(),
  netRevenueBefore: z.number(),
  share: z.number(),
  orders: z.number(),
  contribution: z.number().nullable(),
  visits: z.number().nullable(),
  conversion: z.number().nullable(),
  conversionBefore: z.number().nullable(),
  returnRate: z.number().nullable(),
  promisesKept: z.number().nullable(),
  satisfaction: z.number().nullable(),
  ratings: z.number(),
  retention: z.number().nullable(),
  retentionBefore: z.number().nullable(),
  asked: z.number(),
  answered: z.number(),
  notFound: z.number(),
  cancelled: z.number(),
  months: z.array(z.strictObject({ month: z.string(), netRevenue: z.number() })),
})

const reportSchema = z
  .strictObject({
    channels: z.array(channelSchema).describe('The most sales first.'),
    weaknesses: z.array(weaknessSchema),
    returnReasons: z.array(z.strictObject({ reason: z.string(), units: z.number() })),
    concentration: z.strictObject({
      byChannel: z.number().nullable().describe('Herfindahl index of sales: 1 when one has all.'),
      byCircuit: z.number().nullable(),
      circuits: z.array(z.strictObject({ circuit: z.string(), share: z.number() })),
    }),
    partners: z
      .array(
        z.strictObject({
          kind: z.enum(['company', 'supplier']),
          companyId: idSchema.nullable(),
          name: z.string().describe('Of a company its number: its name may be a person’s.'),
          amountMinor: z.number(),
          share: z.number().describe('Of all sales, or of all that was bought.'),
        }),
      )
      .describe('Who buys or supplies the most, at most five of each.'),
    shops: z
      .array(z.strictObject({ siteId: idSchema, name: z.string(), stockOuts: z.number() }))
      .describe('What shelves lacked on average, the most first.'),
    prices: z
      .array(
        z.strictObject({
          sku: z.string(),
          name: z.string(),
          low: z.strictObject({ channel: z.string(), priceMinor: z.number() }),
          high: z.strictObject({ channel: z.string(), priceMinor: z.number() }),
          gap: z.number(),
        }),
      )
      .describe(
        'Articles sold at different prices by two channels in the last 90 days, the widest gap first, at most 50.',
      ),
    suspects: z
      .array(
        z.strictObject({
          channel: z.string(),
          other: z.string(),
          correlation: z.number(),
          p: z.number(),
          months: z.int(),
        }),
      )
      .describe('Pairs of which one rises when the other falls more often than chance would have it; no proof.'),
    competitors: z.array(
      z.strictObject({
        competitor: z.string(),
        sku: z.string(),
        name: z.string().nullable(),
        seenOn: dateSchema,
        priceMinor: z.number(),
        offer: z.string(),
        ourPriceMinor: z.number().nullable(),
        gap: z.number().nullable(),
      }),
    ),
    unsaid: z.array(z.enum(['no_sales', 'one_channel', 'short_history', 'no_competitors', 'no_visits'])),
  })
  .meta({ id: 'AuditReport' })
export type AuditReport = z.infer<typeof reportSchema>

const summarySchema = z
  .strictObject({
    id: idSchema,
    from: dateSchema,
    until: dateSchema,
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    progress: z.number(),
    weaknesses: z.int().nullable(),
    hash: z.string().nullable(),
    at: instantSchema,
    by: z.string().nullable(),
  })
  .meta({ id: 'AuditSummary' })
export type AuditSummary = z.infer<typeof summarySchema>

const auditSchema = summarySchema.extend({ report: reportSchema.nullable() }).meta({ id: 'Audit' })
export type Audit = z.infer<typeof auditSchema>

const params = z.strictObject({ auditId: idSchema })

export const auditEndpoints = {
  listAudits: endpoint({
    method: 'GET',
    path: '/audits',
    summary: 'Audits of the distribution, the latest first',
    access: 'strategy:read',
    response: z.strictObject({ items: z.array(summarySchema) }),
  }),
  startAudit: endpoint({
    method: 'POST',
    path: '/audits',
    summary: 'Audits the distribution of the last twelve months; the report is made outside the request',
    access: 'strategy:write',
    idempotent: true,
    status: 201,
    response: auditSchema,
  }),
  getAudit: endpoint({
    method: 'GET',
    path: '/audits/{auditId}',
    summary: 'An audit with its report, or how far it is',
    access: 'strategy:read',
    params,
    response: auditSchema,
  }),
  cancelAudit: endpoint({
    method: 'POST',
    path: '/audits/{auditId}/cancel',
    summary: 'Stop what is not over',
    access: 'strategy:write',
    params,
    response: auditSchema,
  }),
  getAuditPage: endpoint({
    method: 'GET',
    path: '/audits/{auditId}/page',
    summary: 'The report as a page to print, plots included',
    access: 'strategy:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'text/html',
  }),
  getAuditPdf: endpoint({
    method: 'GET',
    path: '/audits/{auditId}/report.pdf',
    summary: 'The report as a PDF, plots included',
    access: 'strategy:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'application/pdf',
  }),
  importCompetitorPrices: endpoint({
    method: 'POST',
    path: '/competitor-prices',
    summary: 'Notes prices of competitors from CSV: competitor, sku, price (euros with VAT), seen_on, offer',
    access: 'strategy:write',
    body: z.strictObject({ csv: z.string().min(1).max(200_000) }),
    response: z.strictObject({ written: z.int() }),
  }),
}
