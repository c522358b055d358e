import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A product's own row. */
export type ProductRecord = {
  id: string
  product: ProductInput
  descriptionFr: string
  descriptionEn: string
  contentHash: Buffer
}

function productRows(records: readonly ProductRecord[]): string {
  return JSON.stringify(
    records.map(({ id, product, descriptionFr, descriptionEn, contentHash }) => ({
      id,
      handle: product.handle,
      kind: product.kind,
      withdrawal_exception: product.withdrawalException,
      name_fr: product.name.fr,
      name_en: product.name.en,
      description_fr: descriptionFr,
      description_en: descriptionEn,
      brand: product.brand,
      vat_class: product.vatClass,
      tags: product.tags,
      attributes: product.attributes,
      options: product.options,
      seo_title: product.seoTitle,
      seo_description: product.seoDescription,
      content_hash: contentHash.toString('hex'),
    })),
  )
}

const productColumns = sql`id uuid, handle text, kind text, withdrawal_exception text, name_fr text, name_en text, description_fr text,
  description_en text, brand text, vat_class text, tags text[], attributes jsonb, options jsonb, seo_title jsonb,
  seo_description jsonb, content_hash text`

/** Adds products; answers how many there was room for: a handle taken meanwhile is passed over. */
export async function insertProducts(tx: Tx, records: readonly ProductRecord[], now: Date): Promise<number> {
  return execute(
    tx,
    sql`insert into catalog.product (id, handle, kind, withdrawal_exception, name_fr, name_en, description_fr, description_en, brand,
          vat_class, tags, attributes, options, seo_title, seo_description, content_hash, created_at, updated_at)
        select id, handle, kind, withdrawal_exception, name_fr, name_en, description_fr, description_en, brand, vat_class, tags,
          attributes, options, seo_title, seo_description, decode(content_hash, 'hex'), ${now}, ${now}
        from jsonb_to_recordset(${productRows(records)}::jsonb) as r (${productColumns})
        on conflict (handle) do nothing`,
  )
}

/** Replaces products whose rows are locked. */
export async function updateProducts(tx: Tx, records: readonly ProductRecord[], now: Date): Promise<void> {
  await execute(
    tx,
    sql`update catalog.product p set handle = r.handle, kind = r.kind,
          withdrawal_exception = r.withdrawal_exception, name_fr = r.name_fr, name_en = r.name_en,
          description_fr = r.description_fr, description_en = r.description_en, brand = r.brand, vat_class = r.vat_class,
          tags = r.tags, attributes = r.attributes, options = r.options, seo_title = r.seo_title,
          seo_description = r.seo_description, content_hash = decode(r.content_hash, 'hex'), revision = p.revision + 1,
          updated_at = ${now}
        from jsonb_to_recordset(${productRows(records)}::jsonb) as r (${productColumns})
        where p.id = r.id`,
  )
}

/** A variant as far as a writer must know it. */
export type VariantKey = {
  id: string
  product_id: string
  sku: string
  gtin: string | null
  archived: boolean
}

/** Variants of these products, and those that carry one of these SKUs or GTINs. */
export async function selectVariantKeys(
  db: Queryable,
  productIds: readonly string[],
  skus: readonly string[],
  gtins: readonly string[],
): Promise<VariantKey[]> {
  return query(
    db,
    sql`select id, product_id, sku, gtin, archived_at is not null as archived from catalog.variant
        where product_id = any(${productIds}::uuid[]) or sku = any(${skus}::text[]) or gtin = any(${gtins}::text[])`,
  )
}

/** A variant's row. */
export type VariantRecord = {
  id: string
  productId: string
  sku: string
  gtin: string | null
  options: Record<string, string>
  weightGrams: number | null
  mediaPosition: number | null
  position: number
}

/** Takes the GTINs of these variants away, so that one can pass to another in the statement that follows. */
export async function clearGtins(tx: Tx, variantIds: readonly string[]): Promise<void> {
  await execute(tx, sql`update catalog.variant set gtin = null where id = any(${variantIds}::uuid[])`)
}

/** Adds variants, or changes and revives those that have these ids. */
export async function upsertVariants(tx: Tx, records: readonly VariantRecord[]): Promise<void> {
  await execute(
    tx,
    sql`insert into catalog.variant (id, product_id, sku, gtin, options, weight_grams, media_position, position)
        select r.id, r."productId", r.sku, r.gtin, r.options, r."weightGrams", r."mediaPosition", r.position
        from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r
          (id uuid, "productId" uuid, sku text, gtin text, options jsonb, "weightGrams" int, "mediaPosition" int, position int)
        on conflict (id) do update set gtin = excluded.gtin, options = excluded.options,
          weight_grams = excluded.weight_grams, media_position = excluded.media_position, position = excluded.position,
          archived_at = null`,
  )
}

/** Archives the variants of these products that are not kept; their GTIN is free again. */
export async function archiveVariants(
  tx: Tx,
  productIds: readonly string[],
  keptIds: readonly string[],
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update catalog.variant set archived_at = ${now}, gtin = null
        where product_id = any(${productIds}::uuid[]) and archived_at is null and id <> all(${keptIds}::uuid[])`,
  )
}

/** Replaces the pictures of products. */
export async function replaceMedia(
  tx: Tx,
  productIds: readonly string[],
  rows: readonly { productId: string; position: number; url: string; altFr: string; altEn: string }[],
): Promise<void> {
  await execute(tx, sql`delete from catalog.media where product_id = any(${productIds}::uuid[])`)
  await execute(
    tx,
    sql`insert into catalog.media (product_id, position, url, alt_fr, alt_en)
        select * from unnest(${rows.map((r) => r.productId)}::uuid[], ${rows.map((r) => r.position)}::int[],
          ${rows.map((r) => r.url)}::text[], ${rows.map((r) => r.altFr)}::text[], ${rows.map((r) => r.altEn)}::text[])`,
  )
}

/** Replaces where and when products are sold. */
export async function replacePublications(
  tx: Tx,
  productIds: readonly string[],
  rows: readonly {
    productId: string
    channelId: string
    from: string | null
    until: string | null
    opensAt: string | null
  }[],
): Promise<void> {
  await execute(tx, sql`delete from catalog.publication where product_id = any(${productIds}::uuid[])`)
  await execute(
    tx,
    sql`insert into catalog.publication (product_id, channel_id, published_from, published_until, opens_at)
        select * from unnest(${rows.map((r) => r.productId)}::uuid[], ${rows.map((r) => r.channelId)}::uuid[],
          ${rows.map((r) => r.from)}::timestamptz[], ${rows.map((r) => r.until)}::timestamptz[],
          ${rows.map((r) => r.opensAt)}::timestamptz[])`,
  )
}
