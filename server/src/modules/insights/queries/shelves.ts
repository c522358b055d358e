import sql from 'sql-template-tag'
import { execute, type Tx } from '../../../kernel/db.ts'
import type { Days } from './order-facts.ts'

/**
 * Counts what shelves lacked at the end of each of some days anew: of today's assortment, the articles that had ever lain at a shop or
 * depot by then, and those of which nothing was left there. Shelves of suppliers who ship for us are theirs. How much lay there is the sum of the journal, as it always is.
 */
export async function replaceShelves(tx: Tx, { from, until }: Days): Promise<void> {
  await execute(tx, sql`delete from insights.stock_day where day between ${from}::date and ${until}::date`)
  await execute(
    tx,
    sql`with moved as (
          select m.variant_id, p.site_id, greatest((m.moved_at at time zone 'Europe/Paris')::date, ${from}::date) as day, sum(m.quantity) as units
          from inventory.stock_movement m
          join inventory.place p on p.id = m.place_id
          join catalog.variant v on v.id = m.variant_id and v.archived_at is null
          where m.moved_at < (${until}::date + 1)::timestamp at time zone 'Europe/Paris'
            and exists (select from catalog.publication a where a.product_id = v.product_id)
            and not exists (select from inventory.supplier_place x where x.place_id = p.id)
          group by 1, 2, 3),
        lay as (
          select variant_id, site_id, day, sum(units) over (partition by variant_id, site_id order by day) as units from moved),
        beside as (
          select site_id, day, units, lag(units) over (partition by variant_id, site_id order by day) as before from lay),
        change as (
          select site_id, day, count(*) filter (where before is null) as articles,
            sum((units <= 0)::int - coalesce((before <= 0)::int, 0)) as missing
          from beside group by 1, 2),
        standing as (
          select d::date as day, s.site_id, sum(c.articles) over w as articles, sum(c.missing) over w as missing
          from generate_series(${from}::date, ${until}::date, interval '1 day') d
          cross join (select distinct site_id from change) s
          left join change c on c.site_id = s.site_id and c.day = d::date
          window w as (partition by s.site_id order by d))
        insert into insights.stock_day (day, site_id, articles, missing)
        select day, site_id, articles, missing from standing where articles > 0`,
  )
}
