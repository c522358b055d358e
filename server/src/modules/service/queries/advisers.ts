import type { AdviserReason } from '@ecluse/contracts/advisers.ts'
import { permissionsOfRole, roles, type Role } from '@ecluse/contracts/permissions.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Who looks after customers must be able to read them. */
const readingRoles = roles.filter((role) => permissionsOfRole[role].includes('customers:read'))

export type AdviserRow = {
  account_id: string
  name: string
  languages: Locale[]
  category_codes: string[]
  most_customers: number
  active: boolean
  customers: number
  every_site: boolean
  sites: { id: string; name: string; phone: string | null; latitude: number | null; longitude: number | null }[]
}

/** Members of staff who look after customers and still work here, with their shops and how many they look after. */
export function selectAdvisers(db: Queryable, accountId?: string): Promise<AdviserRow[]> {
  return query(
    db,
    sql`select d.account_id, a.name, d.languages, d.category_codes, d.most_customers, d.active, s.every_site,
               (select count(*)::int from service.advised v where v.account_id = d.account_id) as customers,
               (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'phone', t.phone, 'latitude', t.latitude,
                  'longitude', t.longitude) order by t.name), '[]') from channels.site t
                where t.kind = 'shop' and (s.every_site or t.id in (select ss.site_id from access.staff_site ss where ss.account_id = d.account_id))
               ) as sites
        from service.adviser d join access.staff s on s.account_id = d.account_id and s.active and s.role = any(${readingRoles})
        join access.account a on a.id = d.account_id
        ${accountId === undefined ? empty : sql`where d.account_id = ${accountId}`} order by a.name, d.account_id`,
  )
}

/** The role of a member of staff who works here. */
export function roleOfStaff(db: Queryable, accountId: string): Promise<{ role: Role } | undefined> {
  return maybeOne(db, sql`select role from access.staff where account_id = ${accountId} and active`)
}

type Settings = Pick<AdviserRow, 'account_id' | 'languages' | 'category_codes' | 'most_customers' | 'active'>

export async function upsertAdviser(tx: Tx, row: Settings, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into service.adviser (account_id, languages, category_codes, most_customers, active, updated_at)
        values (${row.account_id}, ${row.languages}, ${row.category_codes}, ${row.most_customers}, ${row.active}, ${now})
        on conflict (account_id) do update set languages = excluded.languages, category_codes = excluded.category_codes,
          most_customers = excluded.most_customers, active = excluded.active, updated_at = excluded.updated_at`,
  )
}

/** Gives up the customers of advisers who left or advise no more; answers how many. */
export function releaseAdvised(tx: Tx): Promise<number> {
  return execute(
    tx,
    sql`delete from service.advised v where v.account_id is not null and not exists (
          select from service.adviser d join access.staff s on s.account_id = d.account_id
          where d.account_id = v.account_id and d.active and s.active and s.role = any(${readingRoles}))`,
  )
}

export type ToAdvise = {
  id: string
  locale: Locale
  postal_code: string | null
  country: string
  usual_site_id: string | null
  category_codes: string[]
}

/** Customers with an account whom nobody looks after and nobody decided about, with what they bought: the longest known first. */
export function customersToAdvise(db: Queryable, limit: number): Promise<ToAdvise[]> {
  return query(
    db,
    sql`with waiting as (
          select p.id, p.locale, coalesce(p.address ->> 'postalCode', h.postal_code) as postal_code,
            coalesce(p.address ->> 'country', h.country, 'FR') as country, h.usual_site_id
          from customers.party p left join customers.location h on h.party_id = p.id
          where p.survivor_id is null and p.account_id is not null and p.kind = 'person'
            and not exists (select from service.advised v where v.party_id = p.id)
            and not exists (select from service.advised v join customers.party m on m.id = v.party_id where m.survivor_id = p.id)
          order by p.id limit ${limit})
        select w.*, array(select distinct c.code from customers.party_family f
            join customers.interaction i on i.party_id = f.member_id and i.kind = 'purchase'
            join catalog.product_category pc on pc.product_id = i.product_id join catalog.category c on c.id = pc.category_id
            where f.root_id = w.id
          union select distinct c.code from customers.interaction i
            join catalog.product_category pc on pc.product_id = i.product_id join catalog.category c on c.id = pc.category_id
            where i.party_id = w.id and i.kind = 'purchase'
          union select x.key from customers.trait x where x.party_id = w.id and x.kind = 'interest' and x.counts
          order by 1) as category_codes
        from waiting w order by w.id`,
  )
}

export type AdvisedRow = {
  party_id: string
  account_id: string | null
  reason: AdviserReason | null
  actor: string | null
  at: Date
}

/** Gives customers to advisers. What somebody decided meanwhile stays. */
export async function insertAdvised(tx: Tx, rows: readonly AdvisedRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into service.advised (party_id, account_id, reason, actor, at)
        select party_id, account_id, reason, actor, at
        from json_populate_recordset(null::service.advised, ${JSON.stringify(rows)}::json) on conflict (party_id) do nothing`,
  )
}

/** What somebody decided of a customer. Those merged into them keep their own, for when the merge is taken back. */
export async function decideAdvised(tx: Tx, { party_id, account_id, actor, at }: AdvisedRow): Promise<void> {
  await execute(
    tx,
    sql`insert into service.advised (party_id, account_id, reason, actor, at) values (${party_id}, ${account_id}, null, ${actor}, ${at})
        on conflict (party_id) do update set account_id = excluded.account_id, reason = null, actor = excluded.actor, at = excluded.at`,
  )
}

/** Who looks after everybody who is one customer: what was written last. Who left is nobody. */
export function advisedOf(
  db: Queryable,
  members: readonly string[],
): Promise<(AdvisedRow & { name: string | null }) | undefined> {
  return maybeOne(
    db,
    sql`select v.party_id, v.account_id, v.reason, v.actor, v.at, a.name
        from service.advised v left join access.staff s on s.account_id = v.account_id
        left join access.account a on a.id = v.account_id
        where v.party_id = any(${members}::uuid[]) and (v.account_id is null or (s.active and s.role = any(${readingRoles})))
        order by v.at desc, v.party_id limit 1`,
  )
}

/** The customers somebody looks after: of those who are one, whom they are shown as. */
export function advisedBy(
  db: Queryable,
  accountId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<{ customer_id: string; name: string; at: Date }[]> {
  const [at, id] = after ?? []
  return query(
    db,
    sql`select * from (
          select distinct on (r.id) r.id as customer_id, coalesce(nullif(r.name, ''), r.email, r.phone, '') as name, v.at
          from service.advised v join customers.party p on p.id = v.party_id
          join customers.party r on r.id = coalesce(p.survivor_id, p.id)
          where v.account_id = ${accountId} and not exists (
            select from service.advised o join customers.party m on m.id = o.party_id
            where (m.id = r.id or m.survivor_id = r.id) and o.at > v.at)
          order by r.id, v.at desc) c
        ${after ? sql`where (c.at, c.customer_id) < (${at}::timestamptz, ${id}::uuid)` : empty}
        order by c.at desc, c.customer_id desc limit ${limit}`,
  )
}

/** The party an account belongs to. */
export function partyOfAccount(db: Queryable, accountId: string): Promise<{ party_id: string | null } | undefined> {
  return maybeOne(db, sql`select party_id from customers.party_key where kind = 'account' and value = ${accountId}`)
}
