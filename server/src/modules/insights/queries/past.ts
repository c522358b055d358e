import sql, { type Sql } from 'sql-template-tag'
import { execute, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { LineFact, OrderFact, ReturnFact } from '../domain/count-sales.ts'
import { grouped } from '../domain/grouped.ts'
import type { Whose } from './figures.ts'
import type { Days } from './order-facts.ts'

/** A line of a sale of before; below zero units it came back. */
export type PastSale = {
  source: string
  number: string
  position: number
  /** As `2024-03-02`. */
  day: string
  channel_code: string
  site_id: string | null
  variant_id: string | null
  units: number
  /** Of the whole line, without VAT. */
  net_minor: number
  unit_cost_minor: number | null
  first_purchase: boolean | null
  parcels: number
}

/** What a channel met and spent on a day of before. */
export type PastContact = {
  source: string
  day: string
  /** Empty where what was spent on a medium is of no channel. */
  channel_code: string
  /** A medium outside of the channels, by its name: television, posters. Empty for the channel itself. */
  medium: string
  visits: number
  views: number
  converted: number
  /** In millionths of a euro. */
  outreach_micro: number
}

/**
 * Marks days to be counted again. One that is marked already is held until the transaction ends, or it could be counted and its mark
 * taken off before what changed can be read; all hold them in one order, so that none waits for the other.
 */
const stale = (days: Sql): Sql =>
  sql`insert into insights.stale_day (day) select distinct day from (${days}) changed order by day
      on conflict (day) do update set day = excluded.day`

export type Written = { created: number; updated: number }

/** A line that stood on another day or in another channel: corrected, or of another sale that bears the same number. */
export type MovedSale = Pick<PastSale, 'source' | 'number' | 'position' | 'day' | 'channel_code'>

/**
 * Keeps lines of sales; those that are known are replaced. Their days, and the days they lay on, are to be counted again.
 * @returns with where those stood that are somewhere else now
 */
export function upsertPastSales(
  tx: Tx,
  lines: readonly PastSale[],
): Promise<Written & { moved: readonly MovedSale[] }> {
  return one(
    tx,
    sql`with given as materialized (select * from json_populate_recordset(null::insights.past_sale, ${JSON.stringify(lines)}::json)),
        known as materialized (select p.source, p.number, p.position, p.day, p.channel_code,
            p.day <> g.day or p.channel_code <> g.channel_code as moved
          from insights.past_sale p join given g using (source, number, position) where p is distinct from g),
        written as (
          insert into insights.past_sale as p select * from given
          on conflict (source, number, position) do update set day = excluded.day, channel_code = excluded.channel_code,
            site_id = excluded.site_id, variant_id = excluded.variant_id, units = excluded.units, net_minor = excluded.net_minor,
            unit_cost_minor = excluded.unit_cost_minor, first_purchase = excluded.first_purchase, parcels = excluded.parcels
          where p is distinct from excluded
          returning p.day, p.xmax = 0 as created),
        marked as (${stale(sql`select day from written union select day from known`)})
        select count(*) filter (where created)::int as created, count(*) filter (where not created)::int as updated,
          (select coalesce(json_agg(json_build_object('source', source, 'number', number, 'position', position, 'day', day,
              'channel_code', channel_code)), '[]') from known where moved) as moved
        from written`,
  )
}

/** Keeps what channels met on days; those that are known are replaced. */
export function upsertPastContacts(tx: Tx, days: readonly PastContact[]): Promise<Written> {
  return one(
    tx,
    sql`with given as materialized (select * from json_populate_recordset(null::insights.past_contact, ${JSON.stringify(days)}::json)),
        written as (
          insert into insights.past_contact as p select * from given
          on conflict (source, day, channel_code, medium) do update set visits = excluded.visits, views = excluded.views,
            converted = excluded.converted, outreach_micro = excluded.outreach_micro
          where p is distinct from excluded
          returning p.day, p.xmax = 0 as created),
        marked as (${stale(sql`select day from written`)})
        select count(*) filter (where created)::int as created, count(*) filter (where not created)::int as updated from written`,
  )
}

type PastRow = Omit<PastSale, 'net_minor' | 'unit_cost_minor'> & {
  net_minor: bigint
  unit_cost_minor: bigint | null
  product_id: string | null
}

/** Sales and returns of before that lie in some days, as figures are counted from those of today. */
export async function pastFacts(db: Queryable, days: Days): Promise<{ orders: OrderFact[]; returns: ReturnFact[] }> {
  const rows = await query<PastRow>(
    db,
    sql`select p.source, p.number, p.position, to_char(p.day, 'YYYY-MM-DD') as day, p.channel_code, p.site_id, p.variant_id, v.product_id,
          p.units, p.net_minor, p.unit_cost_minor, p.first_purchase, p.parcels
        from insights.past_sale p left join catalog.variant v on v.id = p.variant_id
        where p.day between ${days.from}::date and ${days.until}::date
        order by p.source, p.number, p.position`,
  )
  const sales = grouped(rows, (row) => [row.source, row.number, row.day, row.channel_code, row.site_id].join('\n'))
  const parts = [...sales.values()].map((lines) => ({
    sold: lines.filter(({ units }) => units > 0),
    back: lines.filter(({ units }) => units < 0),
  }))
  return {
    orders: parts.flatMap(({ sold }) => (sold[0] ? [toOrder(sold[0], sold)] : [])),
    returns: parts.flatMap(({ back }) => (back[0] ? [toReturn(back[0], back)] : [])),
  }
}

const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`)

const whereOf = ({ day, channel_code: channelCode, site_id: siteId }: PastRow) => ({ day, channelCode, siteId })

function toLine({ source, number, position, units, ...row }: PastRow): LineFact {
  return {
    lineId: `${source} ${number} ${position}`,
    variantId: row.variant_id,
    productId: row.product_id,
    units: Math.abs(units),
    // Amounts of before have no VAT in them any more.
    grossMinor: row.net_minor,
    vatBasisPoints: 0,
    markdownMinor: 0n,
    unitCostMinor: row.unit_cost_minor,
  }
}

/** Means of payment, messages and promises of before are not known: they cost and count nothing. */
function toOrder(first: PastRow, rows: readonly PastRow[]): OrderFact {
  const known = rows.find(({ first_purchase: is }) => is !== null)?.first_purchase ?? null
  return {
    ...whereOf(first),
    orderId: `${first.source} ${first.number}`,
    placedAt: noonOf(first.day),
    cancelled: false,
    totalMinor: rows.reduce((sum, { net_minor: net }) => sum + net, 0n),
    deliveryVatBasisPoints: 0,
    discountMinor: 0n,
    known: known === null ? null : !known,
    parcels: rows.reduce((sum, { parcels }) => sum + parcels, 0),
    contacts: 0,
    messagesMinor: 0n,
    cardPayments: 0,
    cardPaidMinor: 0n,
    kept: null,
    notFound: 0,
    rating: null,
    segments: [],
    lines: rows.map(toLine),
  }
}

function toReturn(first: PastRow, rows: readonly PastRow[]): ReturnFact {
  return {
    ...whereOf(first),
    soldAt: noonOf(first.day),
    refundMinor: rows.reduce((sum, { net_minor: net }) => sum + net, 0n),
    carriageMinor: 0n,
    deliveryVatBasisPoints: 0,
    segments: [],
    lines: rows.map((row) => ({ ...toLine(row), toSellAgain: true })),
  }
}

export type PastSource = {
  source: string
  sales: number
  lines: number
  contact_days: number
  from: string
  until: string
  net_minor: bigint
}

/** What is kept of before, by the system it comes from. */
export function pastSources(db: Queryable): Promise<PastSource[]> {
  return query(
    db,
    sql`with sold as (select source, count(distinct number)::int as sales, count(*)::int as lines, min(day) as first, max(day) as last,
            sum(case when units > 0 then net_minor else -net_minor end)::bigint as net_minor
          from insights.past_sale group by 1),
        met as (select source, count(*)::int as contact_days, min(day) as first, max(day) as last from insights.past_contact group by 1)
        select source, coalesce(s.sales, 0) as sales, coalesce(s.lines, 0) as lines, coalesce(m.contact_days, 0) as contact_days,
          to_char(least(s.first, m.first), 'YYYY-MM-DD') as from, to_char(greatest(s.last, m.last), 'YYYY-MM-DD') as until,
          coalesce(s.net_minor, 0) as net_minor
        from sold s full join met m using (source) order by source`,
  )
}

/** The first and last of some days that have something of before that counts in these figures; null where none has. */
export async function pastWithin(db: Queryable, { from, until }: Days, whose: Whose): Promise<Days | null> {
  const { channel, siteId, maySee } = whose
  const ofShops = siteId !== null || maySee !== null
  const row = await one<{ from: string | null; until: string | null }>(
    db,
    sql`select to_char(min(day), 'YYYY-MM-DD') as from, to_char(max(day), 'YYYY-MM-DD') as until from (
          select day from insights.past_sale
          where day between ${from}::date and ${until}::date and (${channel}::text is null or channel_code = ${channel})
            and (${siteId}::uuid is null or site_id = ${siteId}) and (${maySee}::uuid[] is null or site_id = any(${maySee}::uuid[]))
          union all select day from insights.past_contact
          where not ${ofShops}::boolean and day between ${from}::date and ${until}::date
            and (${channel}::text is null or channel_code = ${channel})) each`,
  )
  return row.from === null || row.until === null ? null : { from: row.from, until: row.until }
}

/** Forgets what one system told; its days are to be counted again. */
export async function deletePast(tx: Tx, source: string): Promise<boolean> {
  const gone = await execute(
    tx,
    sql`with sold as (delete from insights.past_sale where source = ${source} returning day),
        met as (delete from insights.past_contact where source = ${source} returning day)
        ${stale(sql`select day from sold union select day from met`)}`,
  )
  return gone > 0
}
