import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { LastAct, Person, PersonalPart, PersonalTable, Quiet } from '../../../kernel/personal.ts'
import { keepRefusals } from '../consent/keep-refusals.ts'
import { membersOf } from './merges.ts'
import { restrictionsOf } from './restrictions.ts'

const ofParties: readonly PersonalTable[] = [
  {
    table: 'customers.party',
    read: ({ parties }) =>
      sql`select created_at, id, kind, name, email, phone, address, locale, account_id, reference, merged_into, survivor_id, sort_name, search
          from customers.party where id = any(${parties}::uuid[]) order by created_at, id`,
    erase: ({ parties }) => sql`delete from customers.party where id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.identification',
    read: ({ parties }) =>
      sql`select recorded_at, kind, value, source, channel_code, party_id from customers.identification
          where party_id = any(${parties}::uuid[]) order by recorded_at, id`,
    erase: ({ parties }) => sql`delete from customers.identification where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.merge',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, act, absorbed_id, survivor_id, rule, note from customers.merge
          where absorbed_id = any(${parties}::uuid[]) or survivor_id = any(${parties}::uuid[]) order by at, id`,
    erase: ({ parties }) =>
      sql`delete from customers.merge where absorbed_id = any(${parties}::uuid[]) or survivor_id = any(${parties}::uuid[])`,
  },
  {
    // Who else it may be is about two people: the other one is not told of.
    table: 'customers.match',
    withheld: { party_id: 'copy', other_id: 'copy', reasons: 'copy', actor: 'staff' },
    read: ({ parties }) =>
      sql`select found_at, probability, state, decided_at from customers.match
          where party_id = any(${parties}::uuid[]) or other_id = any(${parties}::uuid[]) order by found_at`,
    erase: ({ parties }) =>
      sql`delete from customers.match where party_id = any(${parties}::uuid[]) or other_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.household_event',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, act, household_id, source, party_id from customers.household_event
          where party_id = any(${parties}::uuid[]) order by at, id`,
    erase: ({ parties }) => sql`delete from customers.household_event where party_id = any(${parties}::uuid[])`,
  },
  {
    // With whom is about the others: they are not told of.
    table: 'customers.household_member',
    read: ({ parties }) =>
      sql`select since, household_id, party_id from customers.household_member
          where party_id = any(${parties}::uuid[])`,
    erase: ({ parties }) => sql`delete from customers.household_member where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.household_proposal',
    withheld: { party_id: 'copy', other_id: 'copy', reasons: 'copy', event_ids: 'copy', actor: 'staff' },
    read: ({ parties }) =>
      sql`select found_at, score, state, decided_at from customers.household_proposal
          where party_id = any(${parties}::uuid[]) or other_id = any(${parties}::uuid[]) order by found_at`,
    erase: ({ parties }) =>
      sql`delete from customers.household_proposal where party_id = any(${parties}::uuid[]) or other_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.restriction',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select since, reason, note, ends_at, told, lifted_at, party_id from customers.restriction
          where party_id = any(${parties}::uuid[]) order by since`,
    erase: ({ parties }) => sql`delete from customers.restriction where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.consent',
    kept: { content: 'proof' },
    read: ({ parties }) =>
      sql`select at, act, medium, purpose, content, address, sequence, previous, hash, signature, key_id, party_id
          from customers.consent where party_id = any(${parties}::uuid[]) order by party_id, sequence`,
    erase: ({ parties }) =>
      sql`update customers.consent set address = null where party_id = any(${parties}::uuid[]) and address is not null`,
  },
  {
    table: 'customers.party_key',
    read: ({ parties }) =>
      sql`select kind, value, shared_by, party_id from customers.party_key where party_id = any(${parties}::uuid[]) order by kind, value`,
    // What others use too stays theirs.
    erase: ({ parties }) =>
      sql`with theirs as (
            delete from customers.party_key where party_id = any(${parties}::uuid[]) and shared_at is null returning kind
          ), others as (
            update customers.party_key set party_id = null where party_id = any(${parties}::uuid[]) and shared_at is not null
            returning kind
          ) select kind from theirs union all select kind from others`,
  },
  {
    table: 'customers.interaction',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, kind, detail, channel_code, subject_id, product_id, quantity, value_minor, party_id from customers.interaction
          where party_id = any(${parties}::uuid[]) order by at, id`,
    erase: ({ parties }) => sql`delete from customers.interaction where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.customer_read',
    withheld: { reader_id: 'staff', reader_kind: 'staff', reader_name: 'staff' },
    read: ({ parties }) =>
      sql`select quarter_at, screens, read_as, party_id from customers.customer_read
          where party_id = any(${parties}::uuid[]) order by quarter_at`,
    erase: ({ parties }) => sql`delete from customers.customer_read where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.customer_value',
    read: ({ parties }) =>
      sql`select computed_at, as_of, purchases, first_on, last_on, spent_minor, recency, frequency, monetary, active, expected_purchases,
                 expected_value_minor, fit_id, party_id
          from customers.customer_value where party_id = any(${parties}::uuid[]) order by computed_at`,
    erase: ({ parties }) => sql`delete from customers.customer_value where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.trait',
    read: ({ parties }) =>
      sql`select kind, key, value, share, bought, returned, seen, declared, counts, party_id from customers.trait
          where party_id = any(${parties}::uuid[]) order by kind, key, value`,
    erase: ({ parties }) => sql`delete from customers.trait where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.location',
    read: ({ parties }) =>
      sql`select country, postal_code, locality, usual_site_id, usual_km, nearest_site_id, nearest_km, known_by, party_id from customers.location
          where party_id = any(${parties}::uuid[])`,
    erase: ({ parties }) => sql`delete from customers.location where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.declaration',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, said, source, party_id from customers.declaration
          where party_id = any(${parties}::uuid[]) order by at, id`,
    erase: ({ parties }) => sql`delete from customers.declaration where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.treatment',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select since, treatment, decided_by, reason, note, expected_value_minor, active, party_id from customers.treatment
          where party_id = any(${parties}::uuid[]) order by since`,
    erase: ({ parties }) => sql`delete from customers.treatment where party_id = any(${parties}::uuid[])`,
  },
  {
    table: 'customers.treatment_change',
    withheld: { actor: 'staff' },
    read: ({ parties }) =>
      sql`select at, treatment, decided_by, reason, note, expected_value_minor, active, limit_value_minor, limit_active, party_id
          from customers.treatment_change where party_id = any(${parties}::uuid[]) order by at`,
    erase: ({ parties }) => sql`delete from customers.treatment_change where party_id = any(${parties}::uuid[])`,
  },
]

const ofCompanies: readonly PersonalTable[] = [
  {
    table: 'customers.company_member',
    withheld: { token_hash: 'secret' },
    read: ({ members }) =>
      sql`select m.created_at, c.name as company, m.company_id, m.role, m.state, m.name, m.email, m.locale, m.account_id,
                 m.site_ids, m.order_limit_minor, m.month_limit_minor, m.joined_at, m.removed_at
          from customers.company_member m join customers.company c on c.id = m.company_id
          where m.id = any(${members}::uuid[]) order by m.created_at`,
    // Their place stays, so that what they ordered for the company still belongs to one person of it.
    erase: ({ members }, { now }) =>
      sql`update customers.company_member set name = '', email = '', account_id = null, token_hash = null, token_expires_at = null,
            state = 'removed', removed_at = coalesce(removed_at, ${now})
          where id = any(${members}::uuid[]) and (email <> '' or account_id is not null)`,
  },
  {
    table: 'customers.company_site',
    withheld: { company_id: 'firm', siret: 'firm', address: 'firm', instructions: 'firm', month_limit_minor: 'firm' },
    read: ({ emails }) =>
      sql`select name, contact_name, contact_email, contact_phone from customers.company_site
          where lower(contact_email) = any(${emails}::text[]) order by id`,
    erase: ({ emails, words }) =>
      sql`update customers.company_site set contact_name = null, contact_email = null, contact_phone = null,
            address = case when lower(address ->> 'name') = any(${words}::text[]) then jsonb_set(address, '{name}', '"–"') else address end
          where lower(contact_email) = any(${emails}::text[])`,
  },
]

type Known = { kind: string; value: string; shared: boolean }

/** All that was learned of everybody who is one customer. */
function knownOf(db: Queryable, parties: readonly string[]): Promise<Known[]> {
  return query(
    db,
    sql`select distinct i.kind, i.value,
               exists (select from customers.party_key k where k.kind = i.kind and k.value = i.value
                       and (k.shared_at is not null or k.party_id <> all(${parties}::uuid[]))) as shared
        from customers.identification i where i.party_id = any(${parties}::uuid[]) and i.kind <> 'locale'`,
  )
}

/** Parties that accounts and mailboxes lead to. A mailbox that several people share leads to none of them. */
async function ledTo(
  db: Queryable,
  { accounts, mailboxes }: Person,
): Promise<{ party_id: string | null; mailbox: string | null; shared: boolean }[]> {
  return query(
    db,
    sql`select party_id, case when kind = 'email' then value end as mailbox, shared_at is not null as shared from customers.party_key
        where (kind = 'account' and value = any(${accounts}::text[])) or (kind = 'email' and value = any(${mailboxes}::text[]))`,
  )
}

async function locate(db: Queryable, person: Person): Promise<Partial<Person>> {
  const led = await ledTo(db, person)
  const found = led.flatMap(({ party_id, shared: several }) => (party_id === null || several ? [] : [party_id]))
  const families = await Promise.all([...person.parties, ...found].map((id) => membersOf(db, id)))
  const parties = [...new Set(families.flat())]
  const known = await knownOf(db, parties)
  const valuesOf = (kind: string, shared = false) =>
    known.filter((one) => one.kind === kind && one.shared === shared).map(({ value }) => value)
  const names = valuesOf('name')
  const ofSeveral = new Set(led.filter((one) => one.shared).map(({ mailbox }) => mailbox))
  const emails = [...valuesOf('email'), ...person.mailboxes.filter((mailbox) => !ofSeveral.has(mailbox))]
  const shared = [...valuesOf('email', true), ...valuesOf('phone'), ...valuesOf('phone', true)]
  const accounts = [...person.accounts, ...valuesOf('account')]
  const members = await query<{ id: string; name: string; folded: string }>(
    db,
    sql`select id, name, lower(unaccent(name)) as folded from customers.company_member
        where account_id = any(${accounts}::text[]) or email = any(${emails}::text[])`,
  )
  const folded = await query<{ folded: string }>(
    db,
    sql`select distinct lower(unaccent(n.name)) as folded from unnest(${names}::text[]) as n (name)`,
  )
  const streets = valuesOf('address').map((json) => (JSON.parse(json) as { street?: string }).street ?? '')
  const rest = (['card', 'social', 'marketplace', 'device', 'reference'] as const).flatMap((kind) => valuesOf(kind))
  return {
    parties,
    accounts: valuesOf('account'),
    members: members.map(({ id }) => id),
    emails,
    shared,
    names: [...names, ...members.map(({ name }) => name)],
    folded: [...folded, ...members].map((row) => row.folded),
    words: [...names, ...emails, ...shared, ...streets, ...rest],
  }
}

/** Who is the last to run a company must hand it over first. */
async function obstacles(db: Queryable, { members, parties }: Person): Promise<string[]> {
  const alone = await query(
    db,
    sql`select m.id from customers.company_member m
        where m.id = any(${members}::uuid[]) and m.role = 'administrator' and m.state = 'active' and not exists (
          select from customers.company_member o where o.company_id = m.company_id and o.role = 'administrator'
            and o.state = 'active' and o.id <> all(${members}::uuid[]))`,
  )
  const restricted = (await restrictionsOf(db, parties)).length > 0
  return [...(alone.length > 0 ? ['last_administrator'] : []), ...(restricted ? ['restricted'] : [])]
}

/** What the log holds of them, and what they allowed, refused or wished: a question nobody answered is no act. */
function lastActs(db: Queryable, quiet: readonly Quiet[]): Promise<LastAct[]> {
  const parties = quiet.map(({ partyId }) => partyId)
  return query<LastAct>(
    db,
    sql`select party_id as "partyId", kind, max(at) as at from customers.interaction
        where party_id = any(${parties}::uuid[]) group by party_id, kind
        union all
        select party_id, 'consent', max(at) from customers.consent
        where party_id = any(${parties}::uuid[]) and act <> 'asked' group by party_id`,
  )
}

/** Who a person is: profile, what it was computed from, what they allowed, what they did, and who they are in companies. */
export const personalOfCustomers: PersonalPart = {
  module: 'customers',
  tables: [...ofParties, ...ofCompanies],
  locate,
  obstacles,
  lastActs,
  prepare: keepRefusals,
}
