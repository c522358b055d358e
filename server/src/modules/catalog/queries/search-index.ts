import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** What of a product can be searched. */
export type SearchableProduct = {
  id: string
  name_fr: string
  name_en: string
  description_fr: string
  description_en: string
  brand: string | null
  tags: string[]
  attributes: Record<string, string>
  options: { name: LocalizedText; values: { name: LocalizedText }[] }[]
  category_ids: string[]
}

export async function selectSearchable(db: Queryable, ids: readonly string[]): Promise<SearchableProduct[]> {
  return query(
    db,
    sql`select p.id, p.name_fr, p.name_en, left(p.description_fr, 6000) as description_fr,
               left(p.description_en, 6000) as description_en, p.brand, p.tags, p.attributes, p.options,
               array(select category_id::text from catalog.product_category c where c.product_id = p.id) as category_ids
        from catalog.product p where p.id = any(${ids}::uuid[])`,
  )
}

/** The texts of one product by weight, folded into words: A for what it is, B for its name, D for the description. */
export type SearchTexts = { a: string; b: string; c: string; d: string }

/** Writes the documents anew. */
export async function upsertDocuments(
  tx: Tx,
  documents: readonly { id: string; fr: SearchTexts; en: SearchTexts }[],
): Promise<void> {
  const rows = documents.map(({ id, fr, en }) => ({
    id,
    fa: fr.a,
    fb: fr.b,
    fc: fr.c,
    fd: fr.d,
    ea: en.a,
    eb: en.b,
    ec: en.c,
    ed: en.d,
  }))
  await execute(
    tx,
    sql`insert into catalog.search_document (product_id, french, english)
        select r.id,
          setweight(to_tsvector('catalog.french', r.fa), 'A') || setweight(to_tsvector('catalog.french', r.fb), 'B') ||
          setweight(to_tsvector('catalog.french', r.fc), 'C') || setweight(to_tsvector('catalog.french', r.fd), 'D'),
          setweight(to_tsvector('catalog.english', r.ea), 'A') || setweight(to_tsvector('catalog.english', r.eb), 'B') ||
          setweight(to_tsvector('catalog.english', r.ec), 'C') || setweight(to_tsvector('catalog.english', r.ed), 'D')
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r
          (id uuid, fa text, fb text, fc text, fd text, ea text, eb text, ec text, ed text)
        on conflict (product_id) do update set french = excluded.french, english = excluded.english`,
  )
}

/** Adds words that were not known; in order, so that two writers wait for each other only one way. */
export async function insertWords(
  tx: Tx,
  words: readonly { locale: string; word: string; written: string }[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into catalog.search_word (locale, word, written)
        select * from unnest(${words.map((w) => w.locale)}::text[], ${words.map((w) => w.word)}::text[],
                             ${words.map((w) => w.written)}::text[]) as w (locale, word, written)
        where not exists (select 1 from catalog.search_word k where k.locale = w.locale and k.word = w.word)
        order by 1, 2
        on conflict do nothing`,
  )
}
