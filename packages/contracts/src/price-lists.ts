import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  cursorQuery,
  dateSchema,
  idSchema,
  instantSchema,
  localeSchema,
  textSchema,
  moneySchema,
  pageOf,
  unitPriceMinorSchema,
} from './scalars.ts'

export const priceListSchema = z
  .strictObject({
    code: codeSchema,
    name: textSchema,
    includesVat: z.boolean().describe('Whether its fixed prices include VAT.'),
    channelCodes: z.array(codeSchema).describe('Channels that sell from it: their prices are set article by article.'),
    articlePrices: z.int().describe('Prices set article by article.'),
    entries: z.int(),
  })
  .meta({ id: 'PriceList' })
export type PriceList = z.infer<typeof priceListSchema>

export const priceScopes = ['variant', 'product', 'category', 'all'] as const
export type PriceScope = (typeof priceScopes)[number]

const isOneKind = (entry: { amountMinor: number | null; percentBasisPoints: number | null }): boolean =>
  (entry.amountMinor === null) !== (entry.percentBasisPoints === null)
const isOfScope = (entry: { scope: PriceScope; code: string | null }): boolean =>
  (entry.scope === 'all') === (entry.code === null)
const isInOrder = (entry: { validFrom: string | null; validUntil: string | null }): boolean =>
  entry.validFrom === null || entry.validUntil === null || entry.validFrom <= entry.validUntil

const entryShape = {
  scope: z.enum(priceScopes),
  code: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .describe('The SKU of an article, the handle of a product, the code of a category; null: of everything.'),
  amountMinor: unitPriceMinorSchema.nullable().describe('A fixed price, as the list counts VAT.'),
  percentBasisPoints: z.int().min(1).max(10_000).nullable().describe('So much less than what the channel asks.'),
  minQuantity: z.int().min(1).max(9_999).default(1).describe('From so many of one article on.'),
  channelCode: codeSchema.nullable().default(null).describe('Null: in every channel.'),
  validFrom: dateSchema.nullable().default(null),
  validUntil: dateSchema.nullable().default(null).describe('The last day.'),
}

export const priceEntryInputSchema = z
  .strictObject(entryShape)
  .refine(isOneKind, { error: 'prices.one_kind', path: ['amountMinor'] })
  .refine(isOfScope, { error: 'prices.scope_code', path: ['code'] })
  .refine(isInOrder, { error: 'prices.dates', path: ['validUntil'] })
  .meta({ id: 'PriceEntryValues' })
export type PriceEntryInput = z.output<typeof priceEntryInputSchema>

export const priceEntrySchema = z
  .strictObject({
    id: idSchema,
    scope: z.enum(priceScopes),
    code: z.string().nullable(),
    name: z.string().describe('What the scope is called; empty for everything.'),
    amountMinor: z.int().nullable(),
    percentBasisPoints: z.int().nullable(),
    minQuantity: z.int(),
    channelCode: codeSchema.nullable(),
    validFrom: dateSchema.nullable(),
    validUntil: dateSchema.nullable(),
    changedAt: instantSchema,
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'PriceEntry' })
export type PriceEntry = z.infer<typeof priceEntrySchema>

/** Why a line of a file was not taken. */
export const priceLineProblems = ['scope', 'unknown', 'channel', 'value', 'quantity', 'dates', 'twice'] as const

export const priceImportSchema = z
  .strictObject({
    dryRun: z.boolean(),
    added: z.int(),
    changed: z.int(),
    same: z.int(),
    removed: z.int(),
    problems: z.array(z.strictObject({ line: z.int(), problem: z.enum(priceLineProblems), text: z.string() })),
  })
  .meta({ id: 'PriceImport' })
export type PriceImport = z.infer<typeof priceImportSchema>

export const pricePreviewSchema = z
  .strictObject({
    articles: z.int().describe('How many articles it is about.'),
    quantity: z.int(),
    items: z.array(
      z.strictObject({
        variantId: idSchema,
        sku: z.string(),
        name: z.string(),
        channelNet: moneySchema.describe('What the channel asks, without VAT.'),
        before: moneySchema.describe('What the list asks now, without VAT.'),
        after: moneySchema,
      }),
    ),
  })
  .meta({ id: 'PricePreview' })
export type PricePreview = z.infer<typeof pricePreviewSchema>

const params = z.strictObject({ code: codeSchema })
const entryParams = z.strictObject({ code: codeSchema, entryId: idSchema })

export const priceListEndpoints = {
  listPriceLists: endpoint({
    method: 'GET',
    path: '/price-lists',
    summary: 'Price lists, with the channels that sell from them',
    access: 'catalog:read',
    response: z.strictObject({ items: z.array(priceListSchema) }),
  }),
  putPriceList: endpoint({
    method: 'PUT',
    path: '/price-lists/{code}',
    summary: 'Create a price list for companies, or rename one; one a channel sells from always includes VAT',
    access: 'prices:write',
    params,
    body: z.strictObject({ name: textSchema, includesVat: z.boolean() }),
    response: priceListSchema,
  }),
  listPriceEntries: endpoint({
    method: 'GET',
    path: '/price-lists/{code}/entries',
    summary: 'What companies that buy from a list pay, entry by entry, the last changed first',
    access: 'catalog:read',
    params,
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      q: z.string().trim().max(200).optional().describe('Part of a code or of a name.'),
    }),
    response: pageOf(priceEntrySchema),
  }),
  createPriceEntry: endpoint({
    method: 'POST',
    path: '/price-lists/{code}/entries',
    summary: 'Add an entry: the nearest one counts, then that of the largest quantity',
    access: 'prices:write',
    status: 201,
    idempotent: true,
    params,
    body: priceEntryInputSchema,
    response: priceEntrySchema,
  }),
  updatePriceEntry: endpoint({
    method: 'PUT',
    path: '/price-lists/{code}/entries/{entryId}',
    summary: 'Change an entry',
    access: 'prices:write',
    params: entryParams,
    body: priceEntryInputSchema,
    response: priceEntrySchema,
  }),
  deletePriceEntry: endpoint({
    method: 'DELETE',
    path: '/price-lists/{code}/entries/{entryId}',
    summary: 'Remove an entry',
    access: 'prices:write',
    params: entryParams,
    response: z.strictObject({ removed: z.boolean() }),
  }),
  previewPriceEntry: endpoint({
    method: 'POST',
    path: '/price-lists/{code}/previews',
    summary: 'What an entry would change, on the articles it is about: nothing is stored',
    access: 'catalog:read',
    params,
    body: z.strictObject({
      channel: codeSchema,
      locale: localeSchema,
      entry: priceEntryInputSchema,
      entryId: idSchema.nullable().default(null).describe('The entry that is changed.'),
    }),
    response: pricePreviewSchema,
  }),
  exportPriceEntries: endpoint({
    method: 'GET',
    path: '/price-lists/{code}/entries.csv',
    summary: 'The entries of a list as a file that can be imported again',
    access: 'catalog:read',
    params,
    produces: 'text/csv',
    response: z.string(),
  }),
  importPriceEntries: endpoint({
    method: 'POST',
    path: '/price-lists/{code}/imports',
    summary: 'Take entries from a file: all of its lines, or none and why; tried first when asked',
    access: 'prices:write',
    idempotent: true,
    params,
    body: z.strictObject({
      csv: z.string().max(2_000_000),
      dryRun: z.boolean(),
      replace: z.boolean().default(false).describe('Remove entries that the file does not name.'),
    }),
    response: priceImportSchema,
  }),
}
