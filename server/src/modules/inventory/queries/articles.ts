import { variantLabel } from '@ecluse/contracts/variant-label.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { StockArticle, StockTracking } from '@ecluse/contracts/stock-articles.ts'
import sql, { type Sql } from 'sql-template-tag'
import { maybeOne, query, type Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ProductOptions } from './stock.ts'

/** How an article is named: columns and joins, to be put beside a table whose variant is joined as `v`. */
export type ArticleRow = {
  variant_id: string
  sku: string
  gtin: string | null
  product_name: string
  options: Record<string, string>
  product_options: ProductOptions
  image_url: string | null
  tracking: StockTracking | null
}

/** How an article joined as `v` is followed: null for most. */
const trackingOf: Sql = sql`(select json_build_object('mode', t.mode, 'withExpiry', t.with_expiry, 'minDaysLeft', t.min_days_left)
      from inventory.tracked_variant t where t.variant_id = v.id)`

export const articleColumns = (locale: Locale): Sql =>
  sql`v.id as variant_id, v.sku, v.gtin,
      case when ${locale} = 'en' and pr.name_en <> '' then pr.name_en else pr.name_fr end as product_name,
      v.options, pr.options as product_options, m.url as image_url, ${trackingOf} as tracking`

export const articleJoins: Sql = sql`join catalog.product pr on pr.id = v.product_id
  left join catalog.media m on m.product_id = v.product_id and m.position = coalesce(v.media_position, 0)`

export function articleOf(row: ArticleRow, locale: Locale): StockArticle {
  return {
    variantId: row.variant_id,
    sku: row.sku,
    gtin: row.gtin,
    productName: row.product_name,
    variantLabel: variantLabel(row.product_options, row.options, locale),
    imageUrl: row.image_url,
    tracking: row.tracking,
  }
}

/** The article of a GTIN that can lie on a shelf, however many zeros it is written with, or of an SKU in any case. */
export async function findArticle(db: Queryable, code: string, locale: Locale): Promise<ArticleRow | undefined> {
  return maybeOne(
    db,
    sql`select ${articleColumns(locale)} from catalog.variant v ${articleJoins}
        where v.archived_at is null and pr.kind <> 'digital'
          and (lower(v.sku) = lower(${code}) or (${code} ~ '^[0-9]{8,14}$' and ltrim(v.gtin, '0') = ltrim(${code}, '0')))
        order by lower(v.sku) = lower(${code}) desc limit 1`,
  )
}

/** Articles that can lie on a shelf, by a part of their name, SKU or GTIN, by SKU. */
export async function searchArticles(db: Queryable, q: string, locale: Locale, limit: number): Promise<ArticleRow[]> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return query(
    db,
    sql`select ${articleColumns(locale)} from catalog.variant v ${articleJoins}
        where v.archived_at is null and pr.kind <> 'digital'
          and (v.sku ilike ${like} or v.gtin like ${like} or public.unaccent(pr.name_fr) ilike public.unaccent(${like})
               or public.unaccent(pr.name_en) ilike public.unaccent(${like}))
        order by v.sku limit ${limit}`,
  )
}

/**
 * Makes sure that the lines of what came or left are lines of the document.
 * @throws inventory.not_on_document
 */
export async function requireOnDocument(
  db: Queryable,
  lines: readonly { variantId: string }[],
  known: ReadonlySet<string>,
): Promise<void> {
  const stranger = lines.find(({ variantId }) => !known.has(variantId))
  if (!stranger) return
  const row = await maybeOne<{ sku: string }>(db, sql`select sku from catalog.variant where id = ${stranger.variantId}`)
  throw refuse('inventory.not_on_document', { sku: row?.sku ?? '?' })
}
