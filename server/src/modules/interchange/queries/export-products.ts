import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { ExportedProduct } from '../domain/exported-product.ts'

/** A page of products after one, in the order they were made: one statement, however many variants. */
export async function exportedProducts(
  db: Queryable,
  { afterId, placeId, limit }: { afterId: string; placeId: string | null; limit: number },
): Promise<ExportedProduct[]> {
  return query(
    db,
    sql`select p.id, p.handle, p.kind, p.brand, p.vat_class as "vatClass",
          p.withdrawal_exception as "withdrawalException", p.tags, p.attributes, p.options,
          jsonb_build_object('fr', p.name_fr, 'en', p.name_en) as name,
          jsonb_build_object('fr', p.description_fr, 'en', p.description_en) as description,
          p.seo_title as "seoTitle", p.seo_description as "seoDescription",
          coalesce((select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name_fr) order by pc.position)
            from catalog.product_category pc join catalog.category c on c.id = pc.category_id
            where pc.product_id = p.id), '[]') as categories,
          coalesce((select jsonb_agg(jsonb_build_object('url', m.url, 'alt', jsonb_build_object('fr', m.alt_fr, 'en', m.alt_en))
              order by m.position)
            from catalog.media m where m.product_id = p.id), '[]') as media,
          coalesce((select jsonb_agg(jsonb_build_object('channelCode', c.code, 'from', u.published_from, 'until', u.published_until)
                || case when u.opens_at is null then '{}' else jsonb_build_object('opensAt', u.opens_at) end
              order by c.position, c.code)
            from catalog.publication u join channels.channel c on c.id = u.channel_id
            where u.product_id = p.id), '[]') as publications,
          coalesce((select jsonb_agg(jsonb_build_object('sku', v.sku, 'gtin', v.gtin, 'options', v.options,
                'weightGrams', v.weight_grams, 'mediaIndex', v.media_position, 'priceMinor', pr.amount_minor::text,
                'compareAtMinor', pr.compare_at_minor::text, 'onHand', s.on_hand::text) order by v.position, v.id)
            from catalog.variant v
            left join pricing.price pr on pr.variant_id = v.id
              and pr.price_list_id = (select id from pricing.price_list where code = 'public')
            left join lateral (
              select coalesce(sum(m.quantity), 0) as on_hand
              from inventory.stock_item i left join inventory.stock_movement m on m.pool_id = i.pool_id
              where i.variant_id = v.id and i.place_id = ${placeId}::uuid
              group by i.pool_id) s on true
            where v.product_id = p.id and v.archived_at is null), '[]') as variants
        from catalog.product p where p.id > ${afterId}::uuid order by p.id limit ${limit}::int`,
  )
}
