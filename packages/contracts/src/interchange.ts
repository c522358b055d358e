import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, pageOf, vatClassSchema } from './scalars.ts'

export const importKinds = [
  'shopify-products',
  'stock',
  'customers',
  'postal-places',
  'past-sales',
  'past-contacts',
] as const
export const importKindSchema = z.enum(importKinds)
export type ImportKind = z.infer<typeof importKindSchema>
export const exportKinds = ['shopify-products', 'stock', 'customers'] as const

export const importSchema = z
  .strictObject({
    id: idSchema,
    kind: importKindSchema,
    fileName: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    dryRun: z.boolean(),
    /** Bytes read of bytes in all, for the progress bar. */
    bytesRead: z.int(),
    bytesTotal: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    warnings: z.int(),
    /** Lines of the report that tell of something refused: one refused article may take several. */
    refusedLines: z.int(),
    /** What the lines of the file came to: `lines`, `variants`, `images`, `movements`… They add up with the file. */
    counts: z.record(z.string(), z.int()),
    startedAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof importSchema>

export const importIssueSchema = z
  .strictObject({
    line: z.int().describe('Line of the file, from 1.'),
    severity: z.enum(['refused', 'warning']),
    key: z.string().nullable().describe('Handle, SKU or e-mail the line is about.'),
    field: z.string().nullable(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ImportIssue' })
export type ImportIssue = z.infer<typeof importIssueSchema>

/** What the file does not say, chosen by whoever imports it. Fields of the multipart form, beside `file`, `kind` and `dryRun`. */
export const importSettingsSchema = z
  .strictObject({
    /** Language of the file's texts. The other language gets the same text until it is translated, and keeps a translation. */
    locale: z.enum(['fr', 'en']).default('fr'),
    vatClass: vatClassSchema.default('standard'),
    /** Channels that published products are sold in; all that sell when null. */
    channels: z.array(codeSchema).max(100).nullable().default(null),
    /** Where the file's quantities lie; the warehouse when null. */
    place: codeSchema.nullable().default(null),
    /** Quantities: of articles that have no stock here yet, of all as a count, or none. */
    stock: z.enum(['new', 'count', 'none']).default('new'),
  })
  .meta({ id: 'ImportSettings' })
export type ImportSettings = z.output<typeof importSettingsSchema>

const importParams = z.strictObject({ importId: idSchema })

export const interchangeEndpoints = {
  startImport: endpoint({
    method: 'POST',
    path: '/imports',
    summary: 'Import a file (multipart: `file`, `kind`, `dryRun`, and the kind’s own settings)',
    access: 'interchange:write',
    status: 202,
    idempotent: true,
    consumes: 'multipart/form-data',
    response: importSchema,
    bodyLimit: 200_000_000,
  }),
  listImports: endpoint({
    method: 'GET',
    path: '/imports',
    summary: 'Imports, newest first',
    access: 'interchange:write',
    query: z.strictObject(cursorQuery),
    response: pageOf(importSchema),
  }),
  getImport: endpoint({
    method: 'GET',
    path: '/imports/{importId}',
    summary: 'One import and how far it is',
    access: 'interchange:write',
    params: importParams,
    response: importSchema,
  }),
  listImportIssues: endpoint({
    method: 'GET',
    path: '/imports/{importId}/issues',
    summary: 'What was refused or doubtful, line by line, and why',
    access: 'interchange:write',
    params: importParams,
    query: z.strictObject({ ...cursorQuery, severity: z.enum(['refused', 'warning']).optional() }),
    response: pageOf(importIssueSchema),
  }),
  cancelImport: endpoint({
    method: 'DELETE',
    path: '/imports/{importId}',
    summary: 'Stop an import; what was written stays, and can be written again',
    access: 'interchange:write',
    params: importParams,
    response: importSchema,
  }),
  exportData: endpoint({
    method: 'GET',
    path: '/exports/{kind}',
    summary: 'Write the data back as CSV, in the same form it is imported from',
    access: 'interchange:write',
    params: z.strictObject({ kind: z.enum(exportKinds) }),
    query: z.strictObject({
      place: codeSchema
        .optional()
        .describe(
          'Only this place’s stock; for products, the place quantities are read at (the warehouse unless said).',
        ),
    }),
    produces: 'text/csv',
  }),
}
