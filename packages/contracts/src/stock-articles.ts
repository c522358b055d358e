import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, localeSchema } from './scalars.ts'

/** How lots or serial numbers of an article are followed. */
export const stockTrackingSchema = z
  .strictObject({
    mode: z.enum(['lot', 'serial']),
    withExpiry: z.boolean().describe('Its lots have a date until which they are good.'),
    minDaysLeft: z.int().min(0).max(3650).describe('A lot is sold while it stays good for at least so many days.'),
  })
  .refine(({ withExpiry, minDaysLeft }) => withExpiry || minDaysLeft === 0, { error: 'tracking.no_expiry' })
  .meta({ id: 'StockTracking' })
export type StockTracking = z.infer<typeof stockTrackingSchema>

/** An article as documents of stock name it. */
export const stockArticle = {
  variantId: idSchema,
  sku: z.string(),
  gtin: z.string().nullable(),
  productName: z.string(),
  variantLabel: z.string(),
  imageUrl: z.string().nullable(),
  tracking: stockTrackingSchema.nullable().describe('Set when its lots or serial numbers are followed.'),
}
export const stockArticleSchema = z.strictObject(stockArticle).meta({ id: 'StockArticle' })
export type StockArticle = z.infer<typeof stockArticleSchema>

/** A position in a document of stock: how many units of an article. */
export const documentUnits = z.int().min(1).max(1_000_000)

/** Whether no article is named twice in the lines of a document. */
export function eachArticleOnce(lines: readonly { variantId: string }[]): boolean {
  return new Set(lines.map(({ variantId }) => variantId)).size === lines.length
}

export const stockArticleEndpoints = {
  searchStockArticles: endpoint({
    method: 'GET',
    path: '/stock-articles',
    summary: 'Articles by a part of their name, SKU or GTIN',
    access: 'stock:read',
    query: z.strictObject({
      q: z.string().trim().min(1).max(200),
      locale: localeSchema,
      limit: z.coerce.number().int().min(1).max(50).default(12),
    }),
    response: z.strictObject({ items: z.array(stockArticleSchema) }),
  }),
  findStockArticle: endpoint({
    method: 'GET',
    path: '/stock-articles/by-code',
    summary:
      'The article of a scanned or typed code: a GTIN, a GS1 element string or Digital Link, or an SKU in any case',
    access: 'stock:read',
    query: z.strictObject({ code: z.string().trim().min(1).max(200), locale: localeSchema }),
    response: stockArticleSchema,
  }),
}
