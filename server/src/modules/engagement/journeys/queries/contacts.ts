import type { Medium, Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { ContactAct, JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import type { ContactEventKind, ContactState } from '@ecluse/contracts/journeys.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import type { DecisionInputs } from '../domain/decide.ts'

export type DecisionRow = {
  party_id: string
  id: string
  journey_id: string
  participant_id: string
  visit: number
  version: number
  node_id: string
  at: Date
  inputs: DecisionInputs
  chosen: string | null
  reason: string
}

export async function insertDecisions(tx: Tx, rows: readonly DecisionRow[]): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into engagement.contact_decision
          (party_id, id, journey_id, participant_id, visit, version, node_id, at, inputs, chosen, reason)
        select party_id, id, journey_id, participant_id, visit, version, node_id, at, inputs, chosen, reason
        from json_populate_recordset(null::engagement.contact_decision, ${asJson(rows)}::json)`,
  )
}

export type ContactRow = {
  party_id: string
  id: string
  decision_id: string
  journey_id: string
  participant_id: string
  visit: number
  version: number
  node_id: string
  candidate: string
  medium: Medium
  purpose: Exclude<Purpose, 'service'>
  subject: Subject
  recipient: string
  locale: Locale
  people: string
  hour: number
  cost_micro: bigint
  send_at: Date
}

/** Queues contacts: one for each visit of a node, whoever writes it how often. */
export async function insertContacts(tx: Tx, rows: readonly ContactRow[], now: Date): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into engagement.contact (party_id, id, decision_id, journey_id, participant_id, visit, version, node_id, candidate,
          medium, purpose, subject, recipient, locale, people, hour, cost_micro, state, send_at, created_at)
        select party_id, id, decision_id, journey_id, participant_id, visit, version, node_id, candidate, medium, purpose, subject,
          recipient, locale, people, hour, cost_micro, 'queued', send_at, ${now}::timestamptz
        from json_populate_recordset(null::engagement.contact, ${asJson(rows)}::json)`,
  )
}

export type Lately = { party_id: string; participant_id: string; medium: Medium; purpose: string; send_at: Date }

/** What these were sent, or are about to be, since a moment. */
export function contactsSince(db: Queryable, memberIds: readonly string[], since: Date): Promise<Lately[]> {
  return query(
    db,
    sql`select party_id, participant_id, medium, purpose, send_at from engagement.contact
        where party_id = any(${memberIds}::uuid[]) and send_at > ${since} and state in ('queued', 'sending', 'sent', 'unknown')
        order by send_at`,
  )
}

/** The letters these journeys sent to these, or are about to. */
export function lettersSent(
  db: Queryable,
  journeyIds: readonly string[],
  partyIds: readonly string[],
): Promise<{ party_id: string; journey_id: string; node_id: string }[]> {
  return query(
    db,
    sql`select party_id, journey_id, node_id from engagement.contact
        where party_id = any(${partyIds}::uuid[]) and journey_id = any(${journeyIds}::uuid[]) and medium = 'letter'
          and state in ('queued', 'sending', 'sent', 'unknown') order by created_at, id`,
  )
}

/** Of whom a contact of a node was sent, may have been, or was opened or clicked, by people. What came back was not sent. */
export async function whoseContact(
  db: Queryable,
  participants: readonly { party_id: string; id: string }[],
  nodeId: string,
  what: ContactAct,
): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    db,
    sql`select distinct w.id from unnest(${participants.map((p) => p.party_id)}::uuid[], ${participants.map((p) => p.id)}::uuid[])
          as w (party_id, id)
        join engagement.contact c on c.party_id = w.party_id and c.participant_id = w.id and c.node_id = ${nodeId}
        where case ${what}::text when 'sent' then c.state = 'sent' when 'uncertain' then c.state = 'unknown'
          when 'opened' then coalesce(c.opened_at, c.clicked_at) is not null else c.clicked_at is not null end`,
  )
  return new Set(rows.map(({ id }) => id))
}

export type AnswerRow = {
  scope: string
  key: string
  people: string
  hour: number
  sent: bigint
  answered: bigint
  value_minor: bigint
}

/** What is known of the answers to what these journeys sent, and to each medium. */
export function answersOf(db: Queryable, scopes: readonly string[]): Promise<AnswerRow[]> {
  return query(
    db,
    sql`select scope, key, people, hour, sent, answered, value_minor from engagement.contact_answer
        where scope = any(${scopes}::text[])`,
  )
}

type Learned = { journey_id: string; medium: string; node_id: string; candidate: string; people: string; hour: number }

/** The scope of what is learned of whole media. */
export const mediaScope = 'medium'

/** Adds to what is known of answers: of the very thing, and of its medium. */
export async function learn(
  tx: Tx,
  of: readonly (Learned & { sent: number; answered: number; value_minor: bigint })[],
): Promise<void> {
  if (of.length === 0) return
  const rows = of.flatMap(({ journey_id, medium, node_id, candidate, ...rest }) => [
    { ...rest, scope: journey_id, key: `${node_id}/${candidate}` },
    { ...rest, scope: mediaScope, key: medium, people: '', hour: 0 },
  ])
  await execute(
    tx,
    sql`insert into engagement.contact_answer as a (scope, key, people, hour, sent, answered, value_minor)
        select scope, key, people, hour, sum(sent), sum(answered), sum(value_minor)
        from json_populate_recordset(null::engagement.contact_answer, ${asJson(rows)}::json)
        group by scope, key, people, hour order by scope, key, people, hour
        on conflict (scope, key, people, hour) do update set sent = a.sent + excluded.sent,
          answered = a.answered + excluded.answered, value_minor = a.value_minor + excluded.value_minor`,
  )
}

export type DueContact = ContactRow & { state: ContactState; attempts: number }

export const contactColumns = sql`c.party_id, c.id, c.decision_id, c.journey_id, c.participant_id, c.visit, c.version, c.node_id, c.candidate,
  c.medium, c.purpose, c.subject, c.recipient, c.locale, c.people, c.hour, c.cost_micro, c.send_at, c.state, c.attempts`

/**
 * Takes contacts whose moment has come, of journeys that run, for this process alone until the lease is over. Two processes may look
 * at the same rows; the condition lets one of them have each.
 */
export function claimContacts(db: Queryable, now: Date, leaseUntil: Date, limit: number): Promise<DueContact[]> {
  return query(
    db,
    sql`update engagement.contact c set state = 'sending', claimed_until = ${leaseUntil}, attempts = c.attempts + 1
        from (select d.party_id, d.id from engagement.contact d join engagement.journey j on j.id = d.journey_id
              where d.state = 'queued' and d.send_at <= ${now} and j.state = 'running'
              order by d.send_at, d.id limit ${limit}) due
        where c.party_id = due.party_id and c.id = due.id and c.state = 'queued' and c.send_at <= ${now}
        returning ${contactColumns}`,
  )
}

/** Takes over what a process that is no more left behind: it had asked for it to be carried, and nobody knows whether it was. */
export function claimLost(db: Queryable, now: Date, leaseUntil: Date, limit: number): Promise<DueContact[]> {
  return query(
    db,
    sql`update engagement.contact c set claimed_until = ${leaseUntil}, attempts = c.attempts + 1
        from (select party_id, id from engagement.contact where state = 'sending' and claimed_until <= ${now}
              order by claimed_until, id limit ${limit}) lost
        where c.party_id = lost.party_id and c.id = lost.id and c.state = 'sending' and c.claimed_until <= ${now}
        returning ${contactColumns}`,
  )
}

/** Whether something was sent to somebody as a contact of a journey, by the key it went with. */
export async function isContact(db: Queryable, partyId: string, key: string): Promise<boolean> {
  const found = await maybeOne(
    db,
    sql`select 1 as found from engagement.contact where party_id = ${partyId} and id::text = ${key}`,
  )
  return found !== undefined
}

export type Standing = { journey: string; person: string }

/** How the journey a contact is of stands, and who is sent it. */
export function standingOf(
  db: Queryable,
  { journey_id, party_id, participant_id }: DueContact,
): Promise<Standing | undefined> {
  return maybeOne(
    db,
    sql`select j.state as journey, p.state as person from engagement.journey j
        join engagement.journey_participant p on p.party_id = ${party_id} and p.id = ${participant_id}
        where j.id = ${journey_id}`,
  )
}

export type ContactKey = { readonly party_id: string; readonly id: string }
export type Settled = { state: ContactState; reason: string | null; sendAt?: Date }

/** Writes what became of a contact that is being sent; false where it was settled meanwhile. */
export async function settleContact(
  tx: Tx,
  key: ContactKey,
  { state, reason, sendAt }: Settled,
  now: Date,
): Promise<boolean> {
  const n = await execute(
    tx,
    sql`update engagement.contact set state = ${state}, reason = ${reason}, claimed_until = null,
          send_at = coalesce(${sendAt ?? null}::timestamptz, send_at),
          sent_at = case when ${state} = 'sent' then ${now}::timestamptz else sent_at end
        where party_id = ${key.party_id} and id = ${key.id} and state in ('sending', 'unknown')`,
  )
  return n > 0
}

/** What of a journey is not sent yet is not sent any more; answers what it would have cost. */
export function refuseQueued(
  tx: Tx,
  journeyId: string,
): Promise<{ party_id: string; participant_id: string; node_id: string; cost_micro: bigint }[]> {
  return query(
    tx,
    sql`update engagement.contact set state = 'refused', reason = 'stopped' where journey_id = ${journeyId} and state = 'queued'
        returning party_id, participant_id, node_id, cost_micro`,
  )
}

export type ToldContact = ContactRow & {
  state: ContactState
  sent_at: Date | null
  /** When its message left by the mail server, where it is one. */
  left_at: Date | null
  opened_at: Date | null
  clicked_at: Date | null
}

/** Journeys of contacts that events tell of. */
export async function journeysOfContacts(tx: Tx, keys: readonly ContactKey[]): Promise<string[]> {
  const rows = await query<{ journey_id: string }>(
    tx,
    sql`select distinct c.journey_id from engagement.contact c
        join unnest(${keys.map((k) => k.party_id)}::uuid[], ${keys.map((k) => k.id)}::uuid[]) as k (party_id, id) using (party_id, id)`,
  )
  return rows.map((row) => row.journey_id)
}

export type EventRow = {
  party_id: string
  contact_id: string
  kind: ContactEventKind
  at: Date
  machine: string | null
}

/** Notes events, each once; answers those that are new. */
export function insertEvents(tx: Tx, rows: readonly EventRow[]): Promise<EventRow[]> {
  return query(
    tx,
    sql`insert into engagement.contact_event (party_id, contact_id, kind, at, machine)
        select party_id, contact_id, kind, at, machine
        from json_populate_recordset(null::engagement.contact_event, ${asJson(rows)}::json)
        on conflict do nothing returning party_id, contact_id, kind, at, machine`,
  )
}

export async function writeTold(
  tx: Tx,
  rows: readonly (ContactKey & {
    state: ContactState
    reason: string | null
    sent_at: Date | null
    delivered_at: Date | null
    bounced_at: Date | null
    opened_at: Date | null
    clicked_at: Date | null
  })[],
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`update engagement.contact c set state = t.state, reason = coalesce(t.reason, c.reason), claimed_until = null,
          sent_at = coalesce(c.sent_at, t.sent_at), delivered_at = coalesce(c.delivered_at, t.delivered_at),
          bounced_at = coalesce(c.bounced_at, t.bounced_at), opened_at = coalesce(c.opened_at, t.opened_at),
          clicked_at = coalesce(c.clicked_at, t.clicked_at)
        from json_populate_recordset(null::engagement.contact, ${asJson(rows)}::json) t
        where c.party_id = t.party_id and c.id = t.id`,
  )
}

/** The last contact each was sent before they reached the goal, if nothing was learned from it yet. */
export function answeredContacts(
  tx: Tx,
  participants: readonly { party_id: string; id: string; at: Date }[],
): Promise<(ContactRow & { answered: boolean })[]> {
  return query(
    tx,
    sql`select distinct on (w.id) ${contactColumns}, c.answered_at is not null as answered
        from unnest(${participants.map((p) => p.party_id)}::uuid[], ${participants.map((p) => p.id)}::uuid[],
                    ${participants.map((p) => p.at)}::timestamptz[]) as w (party_id, id, at)
        join engagement.contact c on c.party_id = w.party_id and c.participant_id = w.id and c.sent_at <= w.at
        order by w.id, c.sent_at desc`,
  )
}

export async function markAnswered(tx: Tx, keys: readonly ContactKey[], at: Date): Promise<void> {
  if (keys.length === 0) return
  await execute(
    tx,
    sql`update engagement.contact c set answered_at = ${at}
        from unnest(${keys.map((k) => k.party_id)}::uuid[], ${keys.map((k) => k.id)}::uuid[]) as k (party_id, id)
        where c.party_id = k.party_id and c.id = k.id and c.answered_at is null`,
  )
}

export type DecidedRow = DecisionRow & {
  journey_name: string
  graph: JourneyGraph
  contact: {
    id: string
    medium: Medium
    state: ContactState
    reason: string | null
    send_at: string
    sent_at: string | null
    opened_at: string | null
    clicked_at: string | null
  } | null
}

const decided = (where: Sql): Sql =>
  sql`select d.party_id, d.id, d.journey_id, d.participant_id, d.visit, d.version, d.node_id, d.at, d.inputs, d.chosen, d.reason,
        j.name as journey_name, v.graph, to_jsonb(c) as contact
      from engagement.contact_decision d join engagement.journey j on j.id = d.journey_id
      join engagement.journey_version v on v.journey_id = d.journey_id and v.version = d.version
      left join engagement.contact c on c.party_id = d.party_id and c.participant_id = d.participant_id and c.visit = d.visit
      where ${where} order by d.id desc`

/** What was decided about a customer, the latest first, with what became of it. */
export function listDecisions(
  db: Queryable,
  memberIds: readonly string[],
  afterId: string | undefined,
  limit: number,
): Promise<DecidedRow[]> {
  return query(
    db,
    sql`${decided(sql`d.party_id = any(${memberIds}::uuid[]) ${afterId === undefined ? empty : sql`and d.id < ${afterId}`}`)}
        limit ${limit}`,
  )
}

/** What was decided about somebody on one way through a journey. */
export function decisionsOnTheWay(
  db: Queryable,
  { party_id, id }: { party_id: string; id: string },
): Promise<DecidedRow[]> {
  return query(db, decided(sql`d.party_id = ${party_id} and d.participant_id = ${id}`))
}

/** Contacts made between two days, by journey and medium. */
export function daysBetween(
  db: Queryable,
  from: string,
  until: string,
): Promise<{ date: string; journey_id: string; name: string; medium: Medium; contacts: number }[]> {
  return query(
    db,
    sql`select d.date, d.journey_id, j.name, d.medium, d.contacts from engagement.contact_day d
        join engagement.journey j on j.id = d.journey_id
        where d.date between ${from}::date and ${until}::date order by d.date, j.name, d.medium`,
  )
}
