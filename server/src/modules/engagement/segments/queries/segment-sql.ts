import type { DidCondition, SegmentCondition, SegmentRule, ValueMeasure } from '@ecluse/contracts/segments.ts'
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { unrestricted } from '../../../customers/public.ts'
import { hoursBefore } from '../domain/hours-before.ts'

/**
 * The statement that finds who a rule describes: `select party_id`. One statement serves the first count of everybody and what a
 * single event changes, so the two cannot differ. Parties merged into another count as that other.
 *
 * @param now the end of every window
 * @param among everybody to look at: survivors, and those merged into them; all when absent
 */
export function segmentSql(rule: SegmentRule, now: Date, among?: readonly string[]): Sql {
  const counts: Sql[] = []
  const truthOf = (condition: SegmentCondition): Sql => {
    if (condition.type !== 'did') return attributeSql(condition, now)
    const name = raw(`d${counts.length}`)
    counts.push(sql`left join (${didSql(condition, now, among)}) ${name} on ${name}.party_id = p.id`)
    return sql`${name}.party_id is not null`
  }
  const groups = rule.groups.map(({ match, conditions }) =>
    joined(
      match,
      conditions.map((condition) => (condition.not ? sql`not (${truthOf(condition)})` : sql`(${truthOf(condition)})`)),
    ),
  )
  const truth = joined(rule.match, groups)
  const scope = among ? sql`and p.id = any(${among}::uuid[])` : empty
  const about = new Set(rule.groups.flatMap(({ conditions }) => conditions.map(({ type }) => type)))
  if (about.has('value')) counts.push(sql`left join customers.customer_value v on v.party_id = p.id`)
  if (about.has('treatment')) counts.push(sql`left join customers.treatment t on t.party_id = p.id`)
  const counted = counts.length > 0 ? join(counts, ' ') : empty
  return sql`select p.id as party_id from customers.party p ${counted} where p.survivor_id is null ${scope} and ${truth}
    and ${unrestricted(sql`p.id`)}`
}

function joined(match: 'all' | 'any', parts: readonly Sql[]): Sql {
  return sql`(${join(parts, match === 'all' ? ' and ' : ' or ')})`
}

/** Whoever did something so often: each once, as who they were merged into. */
function didSql(condition: DidCondition, now: Date, among: readonly string[] | undefined): Sql {
  const { what, atLeast, atMost, withinDays, channelCodes, productIds, categoryCodes, worthAtLeastMinor } = condition
  const where = [
    sql`i.kind = ${what}`,
    ...(among ? [sql`i.party_id = any(${among}::uuid[])`] : []),
    ...(withinDays === undefined ? [] : [sql`i.at > ${hoursBefore(now, 24 * withinDays)}::timestamptz`]),
    ...(channelCodes ? [sql`i.channel_code = any(${channelCodes}::text[])`] : []),
    ...(productIds ? [sql`i.product_id = any(${productIds}::uuid[])`] : []),
    ...(categoryCodes ? [sql`i.product_id in (${productsUnder(categoryCodes)})`] : []),
  ]
  const having = [
    sql`count(*) >= ${atLeast}`,
    ...(atMost === undefined ? [] : [sql`count(*) <= ${atMost}`]),
    ...(worthAtLeastMinor === undefined ? [] : [sql`sum(i.value_minor) >= ${worthAtLeastMinor}`]),
  ]
  const kept = sql`having ${join(having, ' and ')}`
  // Those who were merged are few: they are counted apart, so that everybody else is counted in one pass over the index.
  return sql`select i.party_id from customers.interaction i where ${join(where, ' and ')} group by i.party_id ${kept}
      and not exists (select 1 from customers.party_family f where f.member_id = i.party_id)
    union all
    select f.root_id from customers.interaction i join customers.party_family f on f.member_id = i.party_id
      where ${join(where, ' and ')} group by f.root_id ${kept}`
}

function productsUnder(codes: readonly string[]): Sql {
  return sql`with recursive under as (
      select id from catalog.category where code = any(${codes}::text[])
      union select c.id from catalog.category c join under u on c.parent_id = u.id)
    select pc.product_id from catalog.product_category pc join under u on u.id = pc.category_id`
}

function codesUnder(codes: readonly string[]): Sql {
  return sql`with recursive under as (
      select id, code from catalog.category where code = any(${codes}::text[])
      union select c.id, c.code from catalog.category c join under u on c.parent_id = u.id)
    select code from under`
}

const measures: Readonly<Record<ValueMeasure, Sql>> = {
  recency: sql`v.recency`,
  frequency: sql`v.frequency`,
  monetary: sql`v.monetary`,
  active: sql`v.active`,
  expected_purchases: sql`v.expected_purchases`,
  expected_value: sql`v.expected_value_minor`,
  purchases: sql`v.purchases`,
  spent: sql`v.spent_minor`,
}

/** What is known of a customer; never null, so that its contrary is its contrary. */
function attributeSql(condition: Exclude<SegmentCondition, DidCondition>, now: Date): Sql {
  switch (condition.type) {
    case 'language':
      return sql`p.locale = ${condition.locale}`
    case 'kind':
      return sql`p.kind = ${condition.kind}`
    case 'account':
      return sql`p.account_id is not null`
    case 'reachable':
      return sql`${{ email: sql`p.email`, phone: sql`p.phone`, post: sql`p.address` }[condition.by]} is not null`
    case 'postal_code':
      return sql`coalesce(p.address ->> 'postalCode' like any(${condition.startsWith.map((code) => `${code}%`)}::text[]), false)`
    case 'value': {
      const { measure, atLeast, atMost } = condition
      const bounds = [
        ...(atLeast === undefined ? [] : [sql`${measures[measure]} >= ${atLeast}::float8`]),
        ...(atMost === undefined ? [] : [sql`${measures[measure]} <= ${atMost}::float8`]),
      ]
      return sql`coalesce(${join(bounds, ' and ')}, false)`
    }
    case 'interest':
      return sql`exists (select from customers.trait x where x.party_id = p.id and x.kind = 'interest' and x.counts
        and x.key in (${codesUnder(condition.categoryCodes)}))`
    case 'size': {
      const among = condition.categoryCodes ? sql`and x.key in (${codesUnder(condition.categoryCodes)})` : empty
      return sql`exists (select from customers.trait x where x.party_id = p.id and x.kind = 'size' and x.counts ${among}
        and x.value = any(${condition.sizes.map((size) => size.toUpperCase())}::text[]))`
    }
    case 'usual_shop':
      return sql`exists (select from customers.location x where x.party_id = p.id
        and x.usual_site_id = any(${condition.siteIds}::uuid[]))`
    case 'distance': {
      const km = condition.to === 'usual_shop' ? sql`x.usual_km` : sql`x.nearest_km`
      const { atLeastKm = 0, atMostKm = 100_000 } = condition
      return sql`exists (select from customers.location x where x.party_id = p.id
        and ${km} between ${atLeastKm}::float8 and ${atMostKm}::float8)`
    }
    case 'treatment':
      return sql`coalesce(t.treatment, 'transactional') = ${condition.treatment}`
    case 'household':
      // Who lives in one alone lives in none: it is two or more that are asked for.
      return sql`exists (select from customers.household_member h join customers.household_member o using (household_id)
        where h.party_id = p.id having count(*) >= ${condition.atLeast})`
    case 'known_for':
      return sql`p.created_at > ${hoursBefore(now, 24 * condition.withinDays)}::timestamptz`
  }
}
