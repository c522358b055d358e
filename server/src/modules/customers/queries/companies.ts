import type { CompanyInput, CompanyRole, CompanySiteInput } from '@ecluse/contracts/companies.ts'
import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type CompanyRow = {
  id: string
  number: string
  name: string
  trade_name: string | null
  country: string
  siren: string | null
  vat_number: string | null
  email: string | null
  phone: string | null
  locale: Locale
  price_list: string | null
  reference_required: boolean
  active: boolean
  sort_name: string
  created_at: Date
}

const columns = sql`c.id, c.number, c.name, c.trade_name, c.country, c.siren, c.vat_number, c.email, c.phone, c.locale,
  c.price_list, c.reference_required, c.active, c.sort_name, c.created_at`

/** What is written of a company, its identifiers without spaces. */
export type CompanyToWrite = CompanyInput & { id: string; number: string; sortName: string; search: string }

export async function insertCompany(tx: Tx, company: CompanyToWrite, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into customers.company (id, number, name, trade_name, country, siren, vat_number, email, phone, locale, price_list,
          reference_required, active, sort_name, search, created_at, updated_at)
        values (${company.id}, ${company.number}, ${company.name}, ${company.tradeName}, ${company.country}, ${company.siren},
          ${company.vatNumber}, ${company.email}, ${company.phone}, ${company.locale}, ${company.priceList},
          ${company.referenceRequired}, ${company.active}, ${company.sortName}, ${company.search}, ${now}, ${now})`,
  )
}

/** @returns whether there is such a company */
export async function updateCompanyRow(tx: Tx, company: Omit<CompanyToWrite, 'number'>, now: Date): Promise<boolean> {
  const count = await execute(
    tx,
    sql`update customers.company c set name = ${company.name}, trade_name = ${company.tradeName}, country = ${company.country},
          siren = ${company.siren}, vat_number = ${company.vatNumber}, email = ${company.email}, phone = ${company.phone},
          locale = ${company.locale}, price_list = ${company.priceList}, reference_required = ${company.referenceRequired},
          active = ${company.active}, sort_name = ${company.sortName}, search = ${company.search}, updated_at = ${now}
        where c.id = ${company.id}`,
  )
  return count === 1
}

export function companyById(db: Queryable, id: string): Promise<CompanyRow | undefined> {
  return maybeOne(db, sql`select ${columns} from customers.company c where c.id = ${id}`)
}

export type ListedCompany = CompanyRow & { sites: number; members: number }

/** Companies by name; `words` are folded and must all be found. */
export function listCompanyRows(
  db: Queryable,
  filter: { words: readonly string[]; after: string[] | undefined; limit: number },
): Promise<ListedCompany[]> {
  const patterns = filter.words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const later = filter.after ? sql`and (c.sort_name, c.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)` : empty
  return query(
    db,
    sql`select ${columns},
               (select count(*)::int from customers.company_site s where s.company_id = c.id and s.active) as sites,
               (select count(*)::int from customers.company_member m where m.company_id = c.id and m.state <> 'removed') as members
        from customers.company c
        where ${patterns.length > 0 ? sql`c.search like all(${patterns}::text[])` : sql`true`} ${later}
        order by c.sort_name, c.id limit ${filter.limit}`,
  )
}

export type SiteRow = {
  id: string
  company_id: string
  name: string
  siret: string | null
  address: PostalAddress
  contact_name: string | null
  contact_email: string | null
  contact_phone: string | null
  instructions: string
  month_limit_minor: bigint | null
  active: boolean
}

export function sitesOfCompany(db: Queryable, companyId: string): Promise<SiteRow[]> {
  return query(
    db,
    sql`select id, company_id, name, siret, address, contact_name, contact_email, contact_phone, instructions, month_limit_minor,
               active
        from customers.company_site where company_id = ${companyId} order by created_at, id`,
  )
}

/** Writes a site; one of another company stays as it is. @returns whether it was written */
export async function upsertSite(
  tx: Tx,
  { id, companyId }: { id: string; companyId: string },
  site: CompanySiteInput,
  now: Date,
): Promise<boolean> {
  const count = await execute(
    tx,
    sql`insert into customers.company_site as s (id, company_id, name, siret, address, contact_name, contact_email, contact_phone,
          instructions, month_limit_minor, active, created_at)
        values (${id}, ${companyId}, ${site.name}, ${site.siret}, ${JSON.stringify(site.address)}::jsonb, ${site.contactName},
          ${site.contactEmail}, ${site.contactPhone}, ${site.instructions}, ${site.monthLimitMinor}, ${site.active}, ${now})
        on conflict (id) do update set name = excluded.name, siret = excluded.siret, address = excluded.address,
          contact_name = excluded.contact_name, contact_email = excluded.contact_email, contact_phone = excluded.contact_phone,
          instructions = excluded.instructions, month_limit_minor = excluded.month_limit_minor, active = excluded.active
        where s.company_id = excluded.company_id`,
  )
  return count === 1
}

export type MemberRow = {
  id: string
  company_id: string
  email: string
  name: string
  locale: Locale
  role: CompanyRole
  state: 'invited' | 'active' | 'removed'
  account_id: string | null
  token_expires_at: Date | null
  site_ids: string[]
  order_limit_minor: bigint | null
  month_limit_minor: bigint | null
  created_at: Date
  joined_at: Date | null
}

const memberColumns = sql`m.id, m.company_id, m.email, m.name, m.locale, m.role, m.state, m.account_id, m.token_expires_at,
  m.site_ids::text[] as site_ids, m.order_limit_minor, m.month_limit_minor, m.created_at, m.joined_at`

/** The people of a company and those invited, in the order they came. */
export function membersOfCompany(db: Queryable, companyId: string): Promise<MemberRow[]> {
  return query(
    db,
    sql`select ${memberColumns} from customers.company_member m
        where m.company_id = ${companyId} and m.state <> 'removed' order by m.created_at, m.id`,
  )
}

/** What an account is to a company, if anything. */
export function membershipOf(db: Queryable, companyId: string, accountId: string): Promise<MemberRow | undefined> {
  return maybeOne(
    db,
    sql`select ${memberColumns} from customers.company_member m
        where m.company_id = ${companyId} and m.account_id = ${accountId} and m.state = 'active'`,
  )
}

/** A member by id, also one who left. */
export function memberById(db: Queryable, memberId: string): Promise<MemberRow | undefined> {
  return maybeOne(db, sql`select ${memberColumns} from customers.company_member m where m.id = ${memberId}`)
}

export function companiesOfAccount(
  db: Queryable,
  accountId: string,
): Promise<{ id: string; name: string; role: CompanyRole }[]> {
  return query(
    db,
    sql`select c.id, c.name, m.role from customers.company_member m join customers.company c on c.id = m.company_id
        where m.account_id = ${accountId} and m.state = 'active' and c.active order by c.sort_name, c.id`,
  )
}

/** The invitation a secret opens, while it can be accepted. */
export function invitedBy(
  db: Queryable,
  tokenHash: Buffer,
): Promise<(MemberRow & { company_name: string }) | undefined> {
  return maybeOne(
    db,
    sql`select ${memberColumns}, c.name as company_name from customers.company_member m
        join customers.company c on c.id = m.company_id
        where m.token_hash = ${tokenHash} and m.state = 'invited'`,
  )
}

export type MemberToWrite = Pick<
  MemberRow,
  'id' | 'company_id' | 'email' | 'name' | 'locale' | 'role' | 'state' | 'account_id' | 'site_ids'
> & {
  order_limit_minor: number | null
  month_limit_minor: number | null
  joined_at: Date | null
}

/** Adds people; an address that is in the company already adds nobody. @returns the ids that were added */
export async function insertMembers(tx: Tx, rows: readonly MemberToWrite[], now: Date): Promise<Set<string>> {
  const added = await query<{ id: string }>(
    tx,
    sql`insert into customers.company_member (id, company_id, email, name, locale, role, state, account_id, site_ids,
          order_limit_minor, month_limit_minor, created_at, joined_at)
        select g.id, g.company_id, g.email, g.name, g.locale, g.role, g.state, g.account_id, g.site_ids, g.order_limit_minor,
               g.month_limit_minor, ${now}, g.joined_at
        from json_populate_recordset(null::customers.company_member, ${asJson(rows)}::json) g
        on conflict do nothing returning id`,
  )
  return new Set(added.map((row) => row.id))
}

/** Gives an invitation a new secret, in place of the one before. */
export async function writeToken(tx: Tx, memberId: string, tokenHash: Buffer, expiresAt: Date): Promise<void> {
  await execute(
    tx,
    sql`update customers.company_member set token_hash = ${tokenHash}, token_expires_at = ${expiresAt}
        where id = ${memberId} and state = 'invited'`,
  )
}

export async function updateMemberRow(
  tx: Tx,
  memberId: string,
  member: {
    name: string
    role: CompanyRole
    siteIds: readonly string[]
    orderLimitMinor: number | null
    monthLimitMinor: number | null
  },
): Promise<void> {
  await execute(
    tx,
    sql`update customers.company_member set name = ${member.name}, role = ${member.role}, site_ids = ${[...member.siteIds]}::uuid[],
          order_limit_minor = ${member.orderLimitMinor}, month_limit_minor = ${member.monthLimitMinor}
        where id = ${memberId}`,
  )
}

/** Makes an invitation a membership. */
export async function joinMember(tx: Tx, memberId: string, accountId: string, now: Date): Promise<void> {
  await execute(
    tx,
    sql`update customers.company_member
        set state = 'active', account_id = ${accountId}, joined_at = ${now}, token_hash = null, token_expires_at = null
        where id = ${memberId} and state = 'invited'`,
  )
}

export async function removeMemberRow(tx: Tx, memberId: string, now: Date): Promise<void> {
  await execute(
    tx,
    sql`update customers.company_member set state = 'removed', removed_at = ${now}, token_hash = null, token_expires_at = null
        where id = ${memberId}`,
  )
  await execute(tx, sql`delete from customers.approval_rule where member_id = ${memberId}`)
}

export type RuleRow = { position: number; from_minor: bigint; member_id: string }

export function rulesOfCompany(db: Queryable, companyId: string): Promise<RuleRow[]> {
  return query(
    db,
    sql`select position, from_minor, member_id from customers.approval_rule where company_id = ${companyId} order by position`,
  )
}

export async function replaceRules(
  tx: Tx,
  companyId: string,
  rules: readonly { fromMinor: number; memberId: string }[],
): Promise<void> {
  await execute(tx, sql`delete from customers.approval_rule where company_id = ${companyId}`)
  await execute(
    tx,
    sql`insert into customers.approval_rule (company_id, position, from_minor, member_id)
        select ${companyId}, g.position, g.from_minor, g.member_id
        from unnest(${rules.map((rule) => rule.fromMinor)}::bigint[], ${rules.map((rule) => rule.memberId)}::uuid[])
          with ordinality as g (from_minor, member_id, position)`,
  )
}
