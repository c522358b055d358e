import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { raw } from 'sql-template-tag'
import { execute, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

const configOf: Record<Locale, string> = { fr: `'catalog.french'`, en: `'catalog.english'` }
const columnOf: Record<Locale, string> = { fr: 'french', en: 'english' }

/** Ids of the products a question finds, best first: what it is counts most, then name, brand and tags. */
export async function selectRanked(db: Queryable, locale: Locale, question: SearchQuestion): Promise<string[]> {
  const config = raw(configOf[locale])
  const column = raw(columnOf[locale])
  const last = question.unfinished
  const row = await one<{ ids: string | null }>(
    db,
    // Materialised, or the question would be parsed again for each product it finds.
    sql`with question as materialized (
          select case when ${last}::text is null then w.q
                 else w.q && (to_tsquery(${config}, ${`${last ?? 'x'}:*`}) || to_tsquery('simple', ${`${last ?? 'x'}:*`})) end as q
          from (select to_tsquery(${config}, ${question.words.join(question.any ? ' | ' : ' & ')}) as q) w)
        select string_agg(m.product_id::text, ',' order by m.rank desc, m.product_id) as ids
        from (select d.product_id, ts_rank('{0.02, 0.1, 0.4, 1}', d.${column}, question.q) as rank
              from question, catalog.search_document d where d.${column} @@ question.q
              -- Ranked before it is sorted: what is sorted then is two numbers, not the document.
              offset 0) m`,
  )
  return row.ids === null ? [] : row.ids.split(',')
}

/** Folded words, letters and digits only, `:*` after one that may go on: all must be found, or any. */
export type SearchQuestion = { words: readonly string[]; unfinished: string | null; any?: boolean }

/** Which of these words the index knows, after stemming; stop words count as known. */
export async function selectKnownWords(db: Queryable, locale: Locale, words: readonly string[]): Promise<Set<string>> {
  const config = raw(configOf[locale])
  const column = raw(columnOf[locale])
  const rows = await query<{ word: string }>(
    db,
    sql`select w.word from unnest(${words}::text[]) as w (word), to_tsquery(${config}, w.word) as q
        where numnode(q) = 0 or exists (select 1 from catalog.search_document d where d.${column} @@ q)`,
  )
  return new Set(rows.map((row) => row.word))
}

/** For this transaction, words that share a fifth of their trigrams are alike: two typos in a short word leave no more. */
export async function lowerSimilarity(tx: Tx): Promise<void> {
  await execute(tx, sql`select set_config('pg_trgm.similarity_threshold', '0.2', true)`)
}

/** Words of the catalogue that look like these. */
export async function selectSimilarWords(
  db: Queryable,
  locale: Locale,
  words: readonly string[],
): Promise<{ wanted: string; word: string; written: string }[]> {
  return query(
    db,
    sql`select w.wanted, s.word, s.written
        from unnest(${words}::text[]) as w (wanted)
        cross join lateral (
          select k.word, k.written from catalog.search_word k
          where k.locale = ${locale} and k.word % w.wanted and abs(length(k.word) - length(w.wanted)) <= 2
          order by similarity(k.word, w.wanted) desc, k.word limit 24) s`,
  )
}

/** Which of these words the catalogue uses, as it writes them. */
export async function selectUsedWords(
  db: Queryable,
  locale: Locale,
  words: readonly string[],
): Promise<{ word: string; written: string }[]> {
  return query(
    db,
    sql`select word, written from catalog.search_word where locale = ${locale} and word = any(${words}::text[]) order by word`,
  )
}

/** A variant's code: exact, whatever its case; a GTIN with or without its leading zeros. Archived variants have none. */
export async function selectVariantsByCode(
  db: Queryable,
  code: string,
): Promise<{ variantId: string; productId: string }[]> {
  const digits = /^\d{6,14}$/.test(code) ? code.replace(/^0+/, '') : null
  const gtins = digits === null ? [] : [8, 12, 13, 14].map((length) => digits.padStart(length, '0'))
  return query(
    db,
    sql`select id as "variantId", product_id as "productId" from catalog.variant
        where archived_at is null and (lower(sku) = lower(${code}) or gtin = any(${gtins}::text[]))
        order by sku = ${code} desc, id limit 20`,
  )
}

/** Products with a variant whose SKU begins so. */
export async function selectProductsBySkuStart(db: Queryable, start: string): Promise<string[]> {
  const pattern = `${start.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const rows = await query<{ product_id: string }>(
    db,
    sql`select product_id from catalog.variant where archived_at is null and lower(sku) like ${pattern}
        order by lower(sku) limit 50`,
  )
  return [...new Set(rows.map((row) => row.product_id))]
}
