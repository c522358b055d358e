import type { Media, Product } from '@ecluse/contracts/catalog.ts'
import type { LocalizedText, VatClass } from '@ecluse/contracts/scalars.ts'
import type { WithdrawalException } from '@ecluse/contracts/withdrawal-exceptions.ts'
import sql from 'sql-template-tag'
import { maybeOne, query, type Queryable } from '../../../kernel/db.ts'

/** A product as the read model keeps it: without its long texts. Instants are milliseconds since the epoch. */
export type CatalogProduct = {
  id: string
  handle: string
  kind: Product['kind']
  withdrawalException: WithdrawalException | null
  name: LocalizedText
  brand: string | null
  vatClass: VatClass
  categoryCodes: string[]
  options: Product['options']
  imageUrl: string | null
  imageAlt: LocalizedText | null
  publications: { channelId: string; from: number | null; until: number | null; opensAt: number | null }[]
  /** Those not archived, in order. */
  variants: {
    id: string
    sku: string
    gtin: string | null
    options: Record<string, string>
    weightGrams: number | null
    imageUrl: string | null
  }[]
  createdAt: number
  updatedAt: number
}

type CatalogRow = {
  id: string
  handle: string
  kind: Product['kind']
  withdrawal_exception: WithdrawalException | null
  name_fr: string
  name_en: string
  brand: string | null
  vat_class: VatClass
  options: Product['options']
  created_at: Date
  updated_at: Date
  category_codes: string[]
  image: { url: string; fr: string; en: string } | null
  publications: CatalogProduct['publications'] | null
  variants: CatalogProduct['variants'] | null
}

/** One page of products after an id, or those with the ids asked for. */
export async function selectCatalogProducts(
  db: Queryable,
  page: { ids: readonly string[] } | { after: string; limit: number },
): Promise<CatalogProduct[]> {
  const wanted = 'ids' in page ? { ids: page.ids, after: null, limit: null } : { ids: null, ...page }
  const rows = await query<CatalogRow>(
    db,
    sql`select p.id, p.handle, p.kind, p.withdrawal_exception, p.name_fr, p.name_en, p.brand, p.vat_class, p.options, p.created_at, p.updated_at,
          array(select c.code from catalog.product_category pc join catalog.category c on c.id = pc.category_id
                where pc.product_id = p.id order by pc.position) as category_codes,
          (select jsonb_build_object('url', m.url, 'fr', m.alt_fr, 'en', m.alt_en)
             from catalog.media m where m.product_id = p.id order by m.position limit 1) as image,
          (select jsonb_agg(jsonb_build_object('channelId', u.channel_id,
                    'from', floor(extract(epoch from u.published_from) * 1000),
                    'until', floor(extract(epoch from u.published_until) * 1000),
                    'opensAt', floor(extract(epoch from u.opens_at) * 1000)))
             from catalog.publication u where u.product_id = p.id) as publications,
          (select jsonb_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'gtin', v.gtin, 'options', v.options,
                    'weightGrams', v.weight_grams, 'imageUrl', m.url) order by v.position, v.id)
             from catalog.variant v
             left join catalog.media m on m.product_id = v.product_id and m.position = v.media_position
             where v.product_id = p.id and v.archived_at is null) as variants
        from catalog.product p
        where (${wanted.ids}::uuid[] is null or p.id = any(${wanted.ids}::uuid[]))
          and (${wanted.after}::uuid is null or p.id > ${wanted.after}::uuid)
        order by p.id limit ${wanted.limit}::int`,
  )
  return rows.map((row) => ({
    id: row.id,
    handle: row.handle,
    kind: row.kind,
    withdrawalException: row.withdrawal_exception,
    name: { fr: row.name_fr, en: row.name_en || row.name_fr },
    brand: row.brand,
    vatClass: row.vat_class,
    categoryCodes: row.category_codes,
    options: row.options,
    imageUrl: row.image?.url ?? null,
    imageAlt: row.image && { fr: row.image.fr, en: row.image.en || row.image.fr },
    publications: row.publications ?? [],
    variants: row.variants ?? [],
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }))
}

/** The long texts of a product's page. */
export type ProductTexts = {
  description: LocalizedText
  attributes: Record<string, string>
  tags: string[]
  media: Media[]
  seoTitle: LocalizedText | null
  seoDescription: LocalizedText | null
}

type TextsRow = {
  description_fr: string
  description_en: string
  attributes: Record<string, string>
  tags: string[]
  seo_title: LocalizedText | null
  seo_description: LocalizedText | null
  media: Media[] | null
}

export async function selectProductTexts(db: Queryable, productId: string): Promise<ProductTexts | undefined> {
  const row = await maybeOne<TextsRow>(
    db,
    sql`select description_fr, description_en, attributes, tags, seo_title, seo_description,
          (select jsonb_agg(jsonb_build_object('url', m.url, 'alt', jsonb_build_object('fr', m.alt_fr, 'en', m.alt_en))
                            order by m.position) from catalog.media m where m.product_id = p.id) as media
        from catalog.product p where p.id = ${productId}`,
  )
  if (!row) return undefined
  return {
    description: { fr: row.description_fr, en: row.description_en },
    attributes: row.attributes,
    tags: row.tags,
    media: row.media ?? [],
    seoTitle: row.seo_title,
    seoDescription: row.seo_description,
  }
}

/** What the editor needs besides: raw texts, media indexes, publications by channel code. Prices are not the catalogue's. */
export type EditedProduct = Omit<Product, 'variants'> & {
  variants: Omit<Product['variants'][number], 'price' | 'compareAtPrice'>[]
}

type EditedRow = Omit<CatalogRow, 'image' | 'publications' | 'variants'> &
  Omit<TextsRow, 'media'> & {
    revision: number
    publications: { channelCode: string; from: Date | null; until: Date | null; opensAt: Date | null }[] | null
    variants: EditedProduct['variants'] | null
    media: Media[] | null
  }

export async function selectEditedProduct(db: Queryable, productId: string): Promise<EditedProduct | undefined> {
  const row = await maybeOne<EditedRow>(
    db,
    sql`select p.id, p.handle, p.kind, p.withdrawal_exception, p.name_fr, p.name_en, p.description_fr, p.description_en,
          p.brand, p.vat_class, p.tags, p.attributes, p.options, p.seo_title, p.seo_description, p.revision, p.created_at, p.updated_at,
          array(select c.code from catalog.product_category pc join catalog.category c on c.id = pc.category_id
                where pc.product_id = p.id order by pc.position) as category_codes,
          (select jsonb_agg(jsonb_build_object('url', m.url, 'alt', jsonb_build_object('fr', m.alt_fr, 'en', m.alt_en))
                            order by m.position) from catalog.media m where m.product_id = p.id) as media,
          (select jsonb_agg(jsonb_build_object('channelCode', c.code, 'from', u.published_from, 'until', u.published_until,
                                               'opensAt', u.opens_at)
                            order by c.position, c.code)
             from catalog.publication u join channels.channel c on c.id = u.channel_id
             where u.product_id = p.id) as publications,
          (select jsonb_agg(jsonb_build_object('id', v.id, 'sku', v.sku, 'gtin', v.gtin, 'options', v.options,
                    'weightGrams', v.weight_grams, 'mediaIndex', v.media_position) order by v.position, v.id)
             from catalog.variant v where v.product_id = p.id and v.archived_at is null) as variants
        from catalog.product p where p.id = ${productId}`,
  )
  return row && editedProduct(row)
}

function editedProduct(row: EditedRow): EditedProduct {
  const instant = (value: Date | string | null): string | null =>
    value === null ? null : new Date(value).toISOString()
  return {
    id: row.id,
    handle: row.handle,
    kind: row.kind,
    withdrawalException: row.withdrawal_exception,
    name: { fr: row.name_fr, en: row.name_en },
    description: { fr: row.description_fr, en: row.description_en },
    brand: row.brand,
    vatClass: row.vat_class,
    categoryCodes: row.category_codes,
    tags: row.tags,
    attributes: row.attributes,
    options: row.options,
    media: row.media ?? [],
    publications: (row.publications ?? []).map(({ channelCode, from, until, opensAt }) => ({
      channelCode,
      from: instant(from),
      until: instant(until),
      ...(opensAt === null ? {} : { opensAt: instant(opensAt) }),
    })),
    seoTitle: row.seo_title,
    seoDescription: row.seo_description,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    revision: row.revision,
    variants: row.variants ?? [],
  }
}

/** The product each variant is of. */
export async function productsOfVariants(db: Queryable, variantIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; product_id: string }>(
    db,
    sql`select id, product_id from catalog.variant where id = any(${variantIds}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row.product_id]))
}
