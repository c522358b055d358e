import { notTheirs } from '@ecluse/contracts/interactions.ts'
import type { ExperimentKpi } from '@ecluse/contracts/experiments.ts'
import sql, { type Sql } from 'sql-template-tag'
import { query, type Queryable } from '../../../../kernel/db.ts'

/** So many days before somebody met an experiment tell what they spent before; the same of every experiment. */
const daysBefore = 365
/** More would say nothing more; which of them is chance, the same each time. */
export const mostSampled = 50_000

/** Whose outcomes are asked: rows of `person` and `at`, when they met it, and of what they are grouped by. */
export type Asked = {
  readonly people: Sql
  readonly kpi: ExperimentKpi
  readonly windowDays: number
  readonly now: Date
  /** What is left of each order after what came back, where the figure is the margin. */
  readonly margins: ReadonlyMap<string, number>
}

/** Customers who met an experiment: in the arm they met first, whoever they were merged with since. */
export const exposed = (experimentId: string): Sql => sql`
  select coalesce(p.survivor_id, e.party_id) as person, (array_agg(e.arm order by e.exposed_at, e.party_id))[1] as arm,
    min(e.exposed_at) as at, count(distinct e.arm) > 1 as crossed
  from strategy.experiment_exposure e left join customers.party p on p.id = e.party_id
  where e.experiment_id = ${experimentId} group by 1`

/** Customers of the shops of an experiment, each of the shop where they last ordered in the year before it began. */
export const ofSites = (experimentId: string, startedAt: Date): Sql => sql`
  select h.person, x.arm, x.site_id, ${startedAt}::timestamptz as at from (${homes(startedAt)}) h
  join strategy.experiment_site x on x.site_id = h.site_id and x.experiment_id = ${experimentId}`

/** Customers seen in the year before a moment, at most so many, as if they had met an experiment then. */
export const seenBefore = (at: Date): Sql => sql`
  select s.person, ${at}::timestamptz as at, h.site_id from (
    select distinct coalesce(f.root_id, i.party_id) as person from customers.interaction i
    left join customers.party_family f on f.member_id = i.party_id
    where i.kind <> all(${[...notTheirs]}::text[]) and ${yearBefore(at)}) s
  left join (${homes(at)}) h on h.person = s.person
  order by md5(s.person::text) limit ${mostSampled + 1}`

function yearBefore(at: Date): Sql {
  return sql`i.at >= ${at}::timestamptz - make_interval(days => ${daysBefore}::int) and i.at < ${at}::timestamptz`
}

function homes(at: Date): Sql {
  return sql`select distinct on (1) coalesce(f.root_id, i.party_id) as person, o.site_id from customers.interaction i
    join orders.sales_order o on o.id = i.subject_id
    left join customers.party_family f on f.member_id = i.party_id
    where i.kind = 'order' and o.document_state <> 'cancelled' and o.site_id is not null and ${yearBefore(at)}
    order by 1, i.at desc, i.id`
}

/**
 * What each ordered within the window and in the year before, of everybody who is that customer. What was taken off an order or given
 * back since is taken off, whenever that was: a version that sells what comes back sells nothing.
 */
function bought({ people, windowDays, now, kpi, margins }: Asked): Sql {
  const kept = sql`coalesce(o.total_minor, i.value_minor, 0) - back.refund_minor`
  const worth = kpi === 'margin' ? sql`coalesce(m.margin, 0)` : kept
  return sql`person as (${people}),
    member as (
      select x.person, x.at, x.person as party_id from person x
      union all select x.person, x.at, p.id from person x join customers.party p on p.survivor_id = x.person),
    bought as (
      select b.person, (i.at >= b.at) as after, count(*)::float8 as orders, sum(${worth})::float8 as worth,
        sum(${kept})::float8 as sales, array_agg(i.subject_id) filter (where i.subject_id is not null) as order_ids
      from member b
      join customers.interaction i on i.party_id = b.party_id and i.kind = 'order' and i.at <= ${now}::timestamptz
        and i.at >= b.at - make_interval(days => ${daysBefore}::int) and i.at < b.at + make_interval(days => ${windowDays}::int)
      left join orders.sales_order o on o.id = i.subject_id
      cross join lateral (
        select coalesce(sum(r.refund_minor), 0) as refund_minor from orders.order_return r where r.order_id = i.subject_id) back
      left join unnest(${[...margins.keys()]}::uuid[], ${[...margins.values()]}::float8[]) as m (order_id, margin) on m.order_id = i.subject_id
      where o.document_state is distinct from 'cancelled'
      group by 1, 2)`
}

/** The outcome and what was known before, of each: orders for figures of orders, spending for figures of money. */
function outcome(asked: Asked): Sql {
  const { kpi } = asked
  const orders = sql`coalesce(a.orders, 0)`
  const worth = sql`coalesce(a.worth, 0)`
  const y: Record<ExperimentKpi, Sql> = {
    conversion: sql`(${orders} > 0)::int::float8`,
    orders,
    revenue: worth,
    margin: worth,
    basket: sql`${worth} / nullif(${orders}, 0)`,
  }
  const x = kpi === 'conversion' || kpi === 'orders' ? sql`coalesce(b.orders, 0)` : sql`coalesce(b.sales, 0)`
  return sql`${bought(asked)},
    outcome as (
      select x.*, ${y[kpi]} as y, ${x} as x, ${orders} > 0 as buyer from person x
      left join bought a on a.person = x.person and a.after
      left join bought b on b.person = x.person and not b.after)`
}

/** Ids of all that was ordered within the windows. */
export async function orderedWithin(db: Queryable, asked: Asked): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`with ${bought(asked)} select unnest(order_ids) as id from bought where after`,
  )
  return rows.map(({ id }) => id)
}

export type PersonOutcome = { site_id: string | null; y: number | null; x: number; buyer: boolean }

/** Of each customer by themselves. */
export function outcomesOfEach(db: Queryable, asked: Asked): Promise<PersonOutcome[]> {
  return query(db, sql`with ${outcome(asked)} select site_id, y, x, buyer from outcome order by md5(person::text)`)
}

/** Sums over the customers of an arm whose window ended on a day. */
export type DaySums = {
  arm: string
  day: string
  n: number
  y: number
  yy: number
  x: number
  xx: number
  xy: number
}

/** Of customers whose window is over, by arm and the day on which it was. */
export function sumsByDay(db: Queryable, asked: Asked): Promise<DaySums[]> {
  return query(
    db,
    sql`with ${outcome(asked)}
        select arm, ((at + make_interval(days => ${asked.windowDays}::int)) at time zone 'Europe/Paris')::date::text as day,
          count(*)::int as n, sum(y) as y, sum(y * y) as yy, sum(x) as x, sum(x * x) as xx, sum(x * y) as xy
        from outcome where y is not null and at <= ${asked.now}::timestamptz - make_interval(days => ${asked.windowDays}::int)
        group by 1, 2 order by 2, 1`,
  )
}

export type SiteMeans = { site_id: string; arm: string; n: number; y: number; x: number }

/** Means over the customers of each shop. */
export function meansBySite(db: Queryable, asked: Asked): Promise<SiteMeans[]> {
  return query(
    db,
    sql`with ${outcome(asked)} select site_id, arm, count(*)::int as n, avg(y) as y, avg(x) as x from outcome
        where y is not null group by 1, 2 order by 1`,
  )
}

export type ExposedRow = { arm: string; exposed: number; waiting: number; crossed: number }

/** How many met each arm, and of how many the window is not over. */
export function countExposed(
  db: Queryable,
  { experimentId, windowDays, now }: { experimentId: string; windowDays: number; now: Date },
): Promise<ExposedRow[]> {
  return query(
    db,
    sql`select arm, count(*)::int as exposed, count(*) filter (where crossed)::int as crossed,
          count(*) filter (where at > ${now}::timestamptz - make_interval(days => ${windowDays}::int))::int as waiting
        from (${exposed(experimentId)}) x group by arm`,
  )
}

/** How many different customers were seen in the last days. */
export function reachOf(
  db: Queryable,
  days: readonly number[],
  now: Date,
): Promise<{ days: number; people: number }[]> {
  return query(
    db,
    sql`with seen as (
          select coalesce(f.root_id, i.party_id) as person, max(i.at) as at from customers.interaction i
          left join customers.party_family f on f.member_id = i.party_id
          where i.kind <> all(${[...notTheirs]}::text[]) and ${yearBefore(now)} group by 1)
        select d.days, count(s.person)::int as people from unnest(${days}::int[]) as d (days)
        left join seen s on s.at >= ${now}::timestamptz - make_interval(days => d.days) group by 1 order by 1`,
  )
}

/** Shops with the customers who last ordered there in the year before a moment, the largest first. */
export function customersBySite(db: Queryable, at: Date): Promise<{ site_id: string; customers: number }[]> {
  return query(db, sql`select site_id, count(*)::int as customers from (${homes(at)}) h group by 1 order by 2 desc, 1`)
}
