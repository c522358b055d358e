import sql, { type Sql } from 'sql-template-tag'
import { one, query, type Queryable } from '../../../kernel/db.ts'

/** After so many days, what was done weighs half. */
const halfLifeDays = 365
/** What looking weighs against buying. */
const weights = { productView: 0.1, categoryView: 0.05 }
/** An interest is shown from this share on, and counts from that one. */
const interestFrom = { shown: 0.05, counts: 0.2 }
const mostShown = 6

/**
 * What interests customers, their sizes and where they buy, as JSON rows of `customers.trait`: from what they bought and kept, sent back
 * and looked at, the later the heavier; what they said themselves counts instead. Shares are rounded, and do not move while nothing happens.
 * @param rootIds customers who stand by themselves; those merged into them count as they
 * @param now from when on what was done grows old
 */
export async function traitsJson(db: Queryable, rootIds: readonly string[], now: Date): Promise<string> {
  const { json } = await one<{ json: string }>(
    db,
    sql`with ${whatTheyDid(rootIds, now)} ${whatSpeaksForWhat} ${whatCounts}
        select coalesce(json_agg(m), '[]')::text as json from merged m`,
  )
  return json
}

/** Everybody who counts as one of them, what they said of themselves last, what they did, and of it what was bought and kept or sent back. */
function whatTheyDid(rootIds: readonly string[], now: Date): Sql {
  return sql`family as (
          select id as member_id, id as root_id from unnest(${rootIds}::uuid[]) as g (id)
          union all select id, survivor_id from customers.party where survivor_id = any(${rootIds}::uuid[])),
        said as (
          select distinct on (f.root_id) f.root_id, d.said from family f join customers.declaration d on d.party_id = f.member_id
          order by f.root_id, d.at desc, d.id desc),
        act as (
          select f.root_id, i.kind, i.product_id, i.subject_id, i.id, i.quantity, i.detail, i.channel_code,
            power(0.5, extract(epoch from ${now}::timestamptz - i.at) / ${halfLifeDays * 86_400}::float8) as weight
          from family f join customers.interaction i on i.party_id = f.member_id
          where i.kind in ('order', 'purchase', 'product_view', 'category_view')),
        bought as (
          select a.root_id, a.weight, a.product_id, l.variant_id,
            coalesce(l.quantity, a.quantity, 1) - coalesce(l.returned_quantity, 0) as kept, coalesce(l.returned_quantity, 0) as back
          from act a left join orders.sales_order o on o.id = a.subject_id
          left join orders.order_line l on l.order_id = a.subject_id and l.id = a.id
          where a.kind = 'purchase' and a.product_id is not null and coalesce(o.document_state, 'confirmed') = 'confirmed'),`
}

/** What speaks for each interest, each size and each shop. */
const whatSpeaksForWhat = sql`leaf as (
          select distinct on (pc.product_id) pc.product_id, c.code
          from catalog.product_category pc join catalog.category c on c.id = pc.category_id
          where pc.product_id in (select product_id from act where product_id is not null) order by pc.product_id, pc.position),
        liked as (
          select b.root_id, leaf.code as key, sum(b.weight * b.kept) as score, sum(b.kept) as bought, sum(b.back) as returned, 0 as seen
          from bought b join leaf using (product_id) group by 1, 2
          union all
          select a.root_id, leaf.code, sum(a.weight * ${weights.productView}::float8), 0, 0, count(*)
          from act a join leaf using (product_id) where a.kind = 'product_view' group by 1, 2
          union all
          select a.root_id, a.detail, sum(a.weight * ${weights.categoryView}::float8), 0, 0, count(*)
          from act a join catalog.category c on c.code = a.detail where a.kind = 'category_view' group by 1, 2),
        interest as (
          select root_id, 'interest' as kind, key, '' as value, sum(score) as score, sum(bought) as bought, sum(returned) as returned,
            sum(seen) as seen, sum(sum(score)) over (partition by root_id) as total
          from liked group by root_id, key having sum(score) > 0),
        sized as (
          select b.root_id, 'size' as kind, leaf.code as key, upper(v.options ->> s.code) as value,
            sum(b.weight * (b.kept - b.back)) as score, sum(b.kept) as bought, sum(b.back) as returned, 0 as seen
          from bought b join catalog.variant v on v.id = b.variant_id join catalog.product p on p.id = b.product_id
          join leaf on leaf.product_id = b.product_id
          cross join lateral (
            select o ->> 'code' as code from jsonb_array_elements(p.options) o
            where o ->> 'code' ~* '^(size|taille|pointure)$' or o -> 'name' ->> 'fr' ~* '^(taille|pointure)'
            limit 1) s
          where v.options ->> s.code is not null
          group by b.root_id, leaf.code, upper(v.options ->> s.code)
          having sum(b.weight * (b.kept - b.back)) > 0),
        one_site as (
          select c.code as channel_code, min(cs.site_id::text)::uuid as site_id from channels.channel_site cs
          join channels.channel c on c.id = cs.channel_id group by c.code having count(*) = 1),
        visited as (
          select a.root_id, 'shop' as kind, s.code as key, '' as value, sum(a.weight) as score, count(*) as bought, 0 as returned, 0 as seen
          from act a left join orders.sales_order o on o.id = a.subject_id
          left join one_site using (channel_code)
          join channels.site s on s.id = case when o.id is null then one_site.site_id else o.site_id end and s.kind = 'shop'
          where a.kind = 'order' and coalesce(o.document_state, 'confirmed') = 'confirmed'
          group by a.root_id, s.code),`

/** The best of it as shares, and what they said instead. */
const whatCounts = sql`computed as (
          select root_id, kind, key, value, (score / total)::numeric as share, bought, returned, seen,
            row_number() over (partition by root_id order by score desc, key) as place, score / total >= ${interestFrom.counts}::float8 as best
          from interest where score / total >= ${interestFrom.shown}::float8
          union all
          select root_id, kind, key, value, (score / sum(score) over of_all)::numeric, bought, returned, seen, row_number() over of_first,
            row_number() over of_first = 1
          from (select * from sized union all select * from visited) o
          window of_all as (partition by root_id, kind, case kind when 'size' then key end),
            of_first as (partition by root_id, kind, case kind when 'size' then key end order by score desc, key, value)),
        declared as (
          select s.root_id, 'interest' as kind, code as key, '' as value from said s cross join jsonb_array_elements_text(s.said -> 'interests') code
          union
          select s.root_id, 'size', one ->> 'categoryCode', upper(one ->> 'value') from said s cross join jsonb_array_elements(s.said -> 'sizes') one
          union
          select s.root_id, 'shop', s.said ->> 'shopCode', '' from said s where s.said ->> 'shopCode' is not null),
        merged as (
          select coalesce(c.root_id, d.root_id) as party_id, kind, key, value, round(c.share, 3) as share, coalesce(c.bought, 0) as bought,
            coalesce(c.returned, 0) as returned, coalesce(c.seen, 0) as seen, d.root_id is not null as declared,
            case when exists (select from declared x where x.root_id = coalesce(c.root_id, d.root_id) and x.kind = coalesce(c.kind, d.kind)
                and (x.kind <> 'size' or x.key = coalesce(c.key, d.key)))
              then d.root_id is not null else c.best end as counts
          from (select * from computed where place <= ${mostShown}) c
          full join declared d using (root_id, kind, key, value))`

export type HomeRow = {
  party_id: string
  country: string | null
  postal_code: string | null
  locality: string | null
  usual_site_id: string | null
}

/** Where customers live, as they said or as their last order that was delivered and no gift tells, and the shop that counts as theirs. */
export function homesOf(db: Queryable, rootIds: readonly string[]): Promise<HomeRow[]> {
  return query(
    db,
    sql`select p.id as party_id, case when a.address is not null then coalesce(a.address ->> 'country', 'FR') end as country,
          a.address ->> 'postalCode' as postal_code, a.address ->> 'locality' as locality,
          (select s.id from customers.trait t join channels.site s on s.code = t.key
            where t.party_id = p.id and t.kind = 'shop' and t.counts) as usual_site_id
        from customers.party p cross join lateral (
          select coalesce(p.address, (
            select o.address from customers.party m join customers.interaction i on i.party_id = m.id and i.kind = 'order'
            join orders.sales_order o on o.id = i.subject_id
            where (m.id = p.id or m.survivor_id = p.id) and o.address is not null and o.document_state = 'confirmed'
              and not exists (select from orders.order_gift g where g.order_id = o.id)
            order by i.at desc, i.id desc limit 1)) as address) a
        where p.id = any(${rootIds}::uuid[])`,
  )
}

export type ShopRow = { id: string; latitude: number; longitude: number }

/** Shops of which it is known where they lie. */
export function shopsWithPlace(db: Queryable): Promise<ShopRow[]> {
  return query(
    db,
    sql`select id, latitude, longitude from channels.site
        where kind = 'shop' and latitude is not null and longitude is not null order by id`,
  )
}
