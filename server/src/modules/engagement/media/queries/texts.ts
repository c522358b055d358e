import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { ServiceMedium } from '@ecluse/contracts/texts.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import { servicesOf } from '../../push/queries/devices.ts'
import type { MessageMedium } from '../../queries/messages.ts'

export type TextRow = {
  id: string
  partyId: string
  occurrence: string
  medium: 'sms' | 'push' | 'social'
  locale: Locale
  to: string
  /** Unless given, the beginning of the text. */
  title?: string
  text: string
  link?: string | null
  purpose: Purpose
  topic: Subject | null
  parts: number | null
  costMicro: number | null
  notBefore: Date
}

/** Writes a short message, once for its occurrence; answers the id of the one that was written, now or before. */
export async function insertText(tx: Tx, row: TextRow, now: Date): Promise<string> {
  const rows = await query<{ id: string }>(
    tx,
    sql`with written as (
          insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, subject, body, state,
            created_at, next_attempt_at, purpose, party_id, topic, parts, cost_micro, link)
          values (${row.partyId}, ${row.id}, ${row.medium}, 'text', ${row.occurrence}, ${row.locale}, ${row.to}, '{}', left(${row.title ?? row.text}, 150), ${row.text},
            'waiting', ${now}, ${row.notBefore}, ${row.purpose}, ${row.partyId}, ${row.topic}, ${row.parts}, ${row.costMicro}, ${row.link ?? null})
          on conflict (order_id, template, occurrence) do nothing returning id
        )
        select id from written
        union all
        select id from engagement.message where order_id = ${row.partyId} and template = 'text' and occurrence = ${row.occurrence}
        limit 1`,
  )
  return rows[0]?.id ?? row.id
}

/** By what somebody wishes to hear of what they asked for; null: they said nothing. */
export async function serviceWishOf(db: Queryable, partyId: string): Promise<ServiceMedium | null> {
  const row = await maybeOne<{ medium: ServiceMedium }>(
    db,
    sql`select medium from engagement.service_wish where party_id = ${partyId}`,
  )
  return row?.medium ?? null
}

/** Who bought an order, for whoever holds its token. */
export function buyerByToken(
  db: Queryable,
  orderId: string,
  token: string,
): Promise<{ name: string; email: string | null; phone: string | null; locale: Locale } | undefined> {
  return maybeOne(
    db,
    sql`select coalesce(contact_name, '') as name, contact_email as email, contact_phone as phone, locale from orders.sales_order
        where id = ${orderId} and access_token = ${token}`,
  )
}

export async function putServiceWish(
  tx: Tx,
  wish: { partyId: string; medium: ServiceMedium; now: Date; actor: string | null },
): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.service_wish (party_id, medium, at, actor)
        values (${wish.partyId}, ${wish.medium}, ${wish.now}, ${wish.actor})
        on conflict (party_id) do update set medium = excluded.medium, at = excluded.at, actor = excluded.actor`,
  )
}

/**
 * Where a service message to an address goes instead: whoever has the address wishes text messages and has a number, or notifications and
 * has a device. An address that several share says nothing of one of them.
 */
export async function insteadOfMail(
  db: Queryable,
  email: string,
): Promise<{ party_id: string; medium: Exclude<ServiceMedium, 'email'>; to: string } | undefined> {
  const wished = await maybeOne<{ party_id: string; medium: Exclude<ServiceMedium, 'email'>; to: string | null }>(
    db,
    sql`select p.id as party_id, w.medium, case w.medium when 'sms' then p.phone else ${servicesOf(sql`p.id`)} end as "to"
        from customers.party_key k
        join customers.party a on a.id = k.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id)
        join engagement.service_wish w on w.party_id = p.id and w.medium <> 'email'
        where k.kind = 'email' and k.value = lower(${email}) and k.shared_at is null`,
  )
  return wished?.to ? { ...wished, to: wished.to } : undefined
}

/** Who said that a telephone is theirs: nobody, one, or all who share it. */
export async function partiesOfPhone(db: Queryable, phone: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select distinct coalesce(p.survivor_id, p.id) as id from customers.identification i
        join customers.party p on p.id = i.party_id where i.kind = 'phone' and i.value = ${phone} order by id limit 50`,
  )
  return rows.map(({ id }) => id)
}

/** The message that whoever carried it calls so. */
export function messageOfProvider(
  db: Queryable,
  medium: MessageMedium,
  reference: string,
): Promise<
  | {
      id: string
      order_id: string
      occurrence: string
      party_id: string | null
      medium: MessageMedium
      purpose: Purpose
      fallback: string | null
    }
  | undefined
> {
  return maybeOne(
    db,
    sql`select id, order_id, occurrence, party_id, medium, purpose, fallback from engagement.message
        where provider_ref = ${reference} and medium = ${medium}`,
  )
}

/** Notes what became of a message; the first word of its end stays. One of which nobody knew whether it left, did. @returns whether it was news */
export async function noteDelivery(
  tx: Tx,
  key: { order_id: string; id: string },
  { state, at }: { state: 'delivered' | 'undelivered'; at: Date },
): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update engagement.message set delivery = ${state}, delivery_at = ${at},
          state = case when state = 'unknown' then 'sent' else state end,
          sent_at = case when state = 'unknown' then handed_at else sent_at end
        where order_id = ${key.order_id} and id = ${key.id} and delivery is null`,
  )
  return changed === 1
}

export type AnswerRow = {
  external_id: string
  id: string
  medium: 'email' | 'sms' | 'letter' | 'social'
  sender: string
  party_id: string | null
  message_id: string | null
  subject: string
  body: string
  wish: 'stop' | 'start' | 'neither'
  received_at: Date
}

/** Keeps an answer once. @returns whether it was not there yet */
export async function insertAnswer(tx: Tx, row: AnswerRow): Promise<boolean> {
  const written = await execute(
    tx,
    sql`insert into engagement.answer (external_id, id, medium, sender, party_id, message_id, subject, body, wish, received_at)
        values (${row.external_id}, ${row.id}, ${row.medium}, ${row.sender}, ${row.party_id}, ${row.message_id}, ${row.subject},
          ${row.body}, ${row.wish}, ${row.received_at})
        on conflict (external_id) do nothing`,
  )
  return written === 1
}

export function selectAnswers(
  db: Queryable,
  { customerId, afterId, limit }: { customerId: string | undefined; afterId: string | undefined; limit: number },
): Promise<AnswerRow[]> {
  return query(
    db,
    sql`select external_id, id, medium, sender, party_id, message_id, subject, body, wish, received_at from engagement.answer
        where true ${customerId ? sql`and party_id = ${customerId}` : empty} ${afterId ? sql`and id < ${afterId}` : empty}
        order by id desc limit ${limit}`,
  )
}

/** By which media somebody could not be reached lately, and how often. */
export function mediaThatFailed(
  db: Queryable,
  partyId: string,
  since: Date,
): Promise<{ medium: string; failed: number }[]> {
  return query(
    db,
    sql`select medium, count(*)::int as failed from engagement.message
        where party_id = ${partyId} and created_at > ${since} and (delivery = 'undelivered' or (state = 'failed' and error not like 'consent:%'))
        group by medium`,
  )
}
