import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { ofSites } from '../../orders/public.ts'
import type { Details, Template, Wanted } from '../domain/template.ts'

/** By what messages go. */
export type MessageMedium = 'email' | 'sms' | 'push' | 'social' | 'letter'

export type MessageRow = {
  id: string
  order_id: string
  medium: MessageMedium
  template: Template | 'own' | 'text' | 'journey'
  recipient: string
  subject: string
  state: 'waiting' | 'sent' | 'local' | 'failed' | 'unknown'
  created_at: Date
  sent_at: Date | null
  attempts: number
  error: string | null
  purpose: Purpose
  party_id: string | null
  template_id: string | null
  template_version: number | null
  template_name: string | null
  cost_micro: bigint | null
  parts: number | null
  provider_ref: string | null
  delivery: 'delivered' | 'undelivered' | null
  delivery_at: Date | null
}

const columns = sql`m.id, m.order_id, m.medium, m.template, m.recipient, m.subject, m.state, m.created_at, m.sent_at,
  m.attempts, m.error, m.purpose, m.party_id, m.template_id, m.template_version, m.cost_micro, m.parts, m.provider_ref,
  m.delivery, m.delivery_at, (select t.name from engagement.mail_template t where t.id = m.template_id) as template_name`

type Insert = (tx: Tx, wanted: readonly (Wanted & { id: string })[], now: Date) => Promise<number>

/**
 * Writes the messages that events ask for, to whoever gave an address; one already written stays.
 * @param recipients for each row `g` of what is wanted: what it is about, their language, their address and who they are
 */
const insertTo =
  (recipients: Sql): Insert =>
  (tx, wanted, now) =>
    execute(
      tx,
      sql`insert into engagement.message
            (order_id, id, medium, template, occurrence, locale, recipient, details, state, created_at, next_attempt_at, party_id)
          select r.about, g.id, 'email', g.template, g.occurrence, r.locale, r.email, g.details, 'waiting', ${now}, ${now}, r.party_id
          from json_to_recordset(${JSON.stringify(wanted)}::json)
                 as g ("orderId" uuid, id uuid, template text, occurrence text, details jsonb)
          cross join lateral (${recipients}) as r (about, locale, email, party_id)
          where r.email <> ''
          on conflict (order_id, template, occurrence) do nothing`,
    )

/** To the buyers of orders; the receipt of a withdrawal goes where its buyer wants it. */
export const insertMessages: Insert = insertTo(
  sql`select o.id, coalesce(w.locale, o.locale), coalesce(w.email, o.contact_email), o.party_id from orders.sales_order o
      left join orders.withdrawal w on w.order_id = o.id and w.id = (g.details ->> 'withdrawalId')::uuid
      where o.id = g."orderId"`,
)

/** To those who were made a quote. */
export const insertQuoteMessages: Insert = insertTo(
  sql`select q.id, q.locale, q.contact_email, q.party_id from orders.quote q where q.id = g."orderId"`,
)

/** To those who reserved articles to try. */
export const insertReservationMessages: Insert = insertTo(
  sql`select a.id, a.locale, a.contact_email, a.party_id from orders.reservation a where a.id = g."orderId"`,
)

/** To those who have an appointment. */
export const insertAppointmentMessages: Insert = insertTo(
  sql`select a.id, a.locale, a.contact_email, a.party_id from service.appointment a where a.id = g."orderId"`,
)

/** To whoever is asked to confirm that they wish to be written to. */
export const insertConsentMessages: Insert = insertTo(
  sql`select c.party_id, c.content::jsonb ->> 'locale', c.address, c.party_id from customers.consent c
      where c.party_id = g."orderId" and c.id = (g.details ->> 'consentId')::uuid`,
)

/** To people who buy for a company: about their membership, or about a request they made or are to decide. */
export const insertCompanyMessages: Insert = insertTo(
  sql`select g."orderId", m.locale, m.email, null::uuid from customers.company_member m
      where m.id = coalesce((g.details ->> 'memberId')::uuid, g."orderId") and m.state <> 'removed'`,
)

export type DueMessage = {
  id: string
  order_id: string
  medium: Exclude<MessageMedium, 'letter'>
  fallback: string | null
  template: Template | 'own' | 'text'
  locale: Locale
  recipient: string
  details: Details
  subject: string
  html: string | null
  body: string | null
  /** Where a notification or a social message leads. */
  link: string | null
  parts: number | null
  attempts: number
  /** When it was last given to a mail server that has not answered since. */
  handed_at: Date | null
  purpose: Purpose
  party_id: string | null
  topic: Subject | null
  template_id: string | null
  template_version: number | null
  occurrence: string
}

/**
 * Takes messages that are due, for this process alone until the lease is over: what a crash leaves behind is then due
 * again. Two processes may look at the same rows; the condition on the time lets one of them have each. They come in the
 * order they were written, so that an order is told in the order things happened.
 */
export function claimDue(db: Queryable, now: Date, leaseUntil: Date, limit: number): Promise<DueMessage[]> {
  return query(
    db,
    sql`with taken as (
          update engagement.message m set attempts = m.attempts + 1, next_attempt_at = ${leaseUntil}
        from (select order_id, id from engagement.message where state = 'waiting' and next_attempt_at <= ${now}
              order by next_attempt_at, id limit ${limit}) due
        where m.order_id = due.order_id and m.id = due.id and m.state = 'waiting' and m.next_attempt_at <= ${now}
        returning m.id, m.order_id, m.medium, m.fallback, m.template, m.locale, m.recipient, m.details, m.subject, m.html, m.body, m.link, m.parts, m.attempts, m.handed_at,
          m.purpose, m.party_id, m.topic, m.template_id, m.template_version, m.occurrence
        )
        select * from taken order by id`,
  )
}

type Key = { readonly order_id: string; readonly id: string }

export async function storeContent(
  db: Queryable,
  key: Key,
  content: { subject: string; html: string; text: string },
): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set subject = ${content.subject}, html = ${content.html}, body = ${content.text}
        where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** Has a service message to an address go by another medium, with its words; the address is kept for when that fails. */
export async function goInstead(
  db: Queryable,
  key: Key,
  by: {
    medium: MessageMedium
    to: string
    partyId: string
    body: string
    link: string | null
    parts: number
    costMicro: number | null
  },
): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set medium = ${by.medium}, fallback = recipient, recipient = ${by.to}, party_id = ${by.partyId},
          body = ${by.body}, link = ${by.link}, parts = ${by.parts}, cost_micro = ${by.costMicro}
        where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** Has a service message go by e-mail after all; what it cost is kept. */
export async function fallBack(
  db: Queryable,
  key: Key & { readonly medium: MessageMedium },
  reason: string,
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set medium = 'email', recipient = fallback, fallback = null, body = null, html = null, link = null, sent_at = null,
          state = 'waiting', attempts = 0, next_attempt_at = ${now}, error = ${`${key.medium}: ${reason}`}
        where order_id = ${key.order_id} and id = ${key.id} and fallback is not null`,
  )
}

/** Notes that a message left, or stays here because there is no server to send it by. */
export async function markDone(
  db: Queryable,
  key: Key,
  state: 'sent' | 'local',
  now: Date,
  reference: string | null = null,
): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set state = ${state}, sent_at = ${state === 'sent' ? now : null}::timestamptz, error = null,
          provider_ref = coalesce(${reference}, provider_ref)
        where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** Notes that a message is given to a server that takes no key, before it is. */
export async function markHanded(db: Queryable, key: Key, now: Date): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set handed_at = ${now} where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** Notes that nobody knows whether a message left: it is not sent again. */
export async function markUnknown(db: Queryable, key: Key, reason: string): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set state = 'unknown', error = ${reason} where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** Notes a failed attempt; without a next one the message is given up. */
export async function markAttemptFailed(db: Queryable, key: Key, reason: string, nextAt: Date | null): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set error = ${reason}, state = ${nextAt === null ? 'failed' : 'waiting'}, handed_at = null,
          next_attempt_at = coalesce(${nextAt}::timestamptz, next_attempt_at)
        where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** Puts a message off to when it may leave: it did nothing wrong, so that the attempt does not count. */
export async function postpone(db: Queryable, key: Key, reason: string, until: Date): Promise<void> {
  await execute(
    db,
    sql`update engagement.message set error = ${reason}, next_attempt_at = ${until}, attempts = attempts - 1
        where order_id = ${key.order_id} and id = ${key.id}`,
  )
}

/** The token that lets the buyer see the order. */
export async function accessTokenOf(db: Queryable, orderId: string): Promise<string | undefined> {
  const row = await maybeOne<{ access_token: string }>(
    db,
    sql`select access_token from orders.sales_order where id = ${orderId}`,
  )
  return row?.access_token
}

/** Messages of the orders that staff of some shops see: those fetched, sold, prepared or shipped there. */
function ofOrdersSeen(siteIds: readonly string[] | null) {
  if (siteIds === null) return empty
  return sql`and exists (select 1 from orders.sales_order o where o.id = m.order_id and ${ofSites(siteIds)})`
}

/** Messages, newest first. */
export function listMessages(
  db: Queryable,
  filter: {
    q: string | undefined
    orderId: string | undefined
    siteIds: readonly string[] | null
    afterId: string | undefined
    limit: number
  },
): Promise<MessageRow[]> {
  const pattern = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return query(
    db,
    sql`select ${columns} from engagement.message m where true
        ${filter.q ? sql`and (m.recipient ilike ${pattern} or m.subject ilike ${pattern})` : empty}
        ${filter.orderId ? sql`and m.order_id = ${filter.orderId}` : empty}
        ${filter.afterId ? sql`and m.id < ${filter.afterId}` : empty}
        ${ofOrdersSeen(filter.siteIds)}
        order by m.id desc limit ${filter.limit}`,
  )
}

export function messageById(
  db: Queryable,
  id: string,
  siteIds: readonly string[] | null,
): Promise<(MessageRow & { html: string | null; body: string | null }) | undefined> {
  return maybeOne(
    db,
    sql`select ${columns}, m.html, m.body from engagement.message m where m.id = ${id} ${ofOrdersSeen(siteIds)}`,
  )
}

/** Deletes messages older than they are kept. */
export function deleteMessagesBefore(db: Queryable, before: Date): Promise<number> {
  return execute(db, sql`delete from engagement.message where created_at < ${before} and state <> 'waiting'`)
}
