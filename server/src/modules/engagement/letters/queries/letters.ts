import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql, { empty, type Sql } from 'sql-template-tag'
import { asJson, execute, maybeOne, one, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import type { Mail } from '../../mail/mail.ts'

/** What is kept of a letter beside what all messages have. */
export type LetterMade = {
  /** The words of a journey's step; without them it is made from its template. */
  readonly content?: MailContent
  /** The contact of a journey it is. */
  readonly contactId?: string
  /** As drawn: the address block, the words, and what they weigh. */
  readonly lines?: readonly string[]
  readonly mail?: Pick<Mail, 'subject' | 'title' | 'blocks'>
  readonly pages?: number
  readonly grams?: number
  readonly upToGrams?: number
}

export type NewLetter = {
  readonly order_id: string
  readonly id: string
  /** `own`: from a template; `journey`: from the words of a step. */
  readonly template: 'own' | 'journey'
  readonly occurrence: string
  readonly locale: Locale
  readonly recipient: string
  readonly subject: string
  readonly purpose: Purpose
  readonly party_id: string
  readonly topic: Subject | null
  readonly template_id: string | null
  readonly template_version: number | null
  readonly provider_ref: string
  readonly letter: LetterMade
}

/** Writes letters to wait for a batch, each once for its occurrence. @returns how many were not there yet */
export function insertLetters(tx: Tx, rows: readonly NewLetter[], now: Date): Promise<number> {
  return execute(
    tx,
    sql`insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, subject, state, created_at,
          next_attempt_at, purpose, party_id, topic, template_id, template_version, provider_ref, letter)
        select order_id, id, 'letter', template, occurrence, locale, recipient, '{}', subject, 'waiting', ${now}::timestamptz,
          'infinity', purpose, party_id, topic, template_id, template_version, provider_ref, letter
        from json_populate_recordset(null::engagement.message, ${asJson(rows)}::json)
        on conflict (order_id, template, occurrence) do nothing`,
  )
}

/** Which of these were written a letter for an occurrence, that was not refused since. */
export async function writtenAmong(
  db: Queryable,
  occurrence: string,
  partyIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (partyIds.length === 0) return new Set()
  const rows = await query<{ order_id: string }>(
    db,
    sql`select order_id from engagement.message where order_id = any(${partyIds}::uuid[]) and template = 'own'
          and occurrence = ${occurrence} and state <> 'failed'`,
  )
  return new Set(rows.map(({ order_id }) => order_id))
}

export async function countWaitingLetters(db: Queryable): Promise<number> {
  const row = await one<{ n: number }>(
    db,
    sql`select count(*)::int as n from engagement.message where medium = 'letter' and state = 'waiting' and batch_id is null`,
  )
  return row.n
}

export type LetterRow = {
  order_id: string
  id: string
  party_id: string
  locale: Locale
  purpose: Purpose
  topic: Subject | null
  template_id: string | null
  template_version: number | null
  provider_ref: string
  letter: LetterMade
}

/** Puts the letters that wait longest into a batch, at most so many. */
export function takeLetters(tx: Tx, batchId: string, limit: number): Promise<LetterRow[]> {
  return query(
    tx,
    sql`with taken as (
          update engagement.message m set batch_id = ${batchId}
          from (select order_id, id from engagement.message where medium = 'letter' and state = 'waiting' and batch_id is null
                order by id limit ${limit}) w
          where m.order_id = w.order_id and m.id = w.id and m.batch_id is null and m.state = 'waiting'
          returning m.order_id, m.id, m.party_id, m.locale, m.purpose, m.topic, m.template_id, m.template_version, m.provider_ref, m.letter
        )
        select * from taken order by id`,
  )
}

type Key = { readonly order_id: string; readonly id: string }

/** Notes letters that may not leave, and why: they are in no batch. */
export async function refuseLetters(tx: Tx, rows: readonly (Key & { error: string })[]): Promise<void> {
  await execute(
    tx,
    sql`update engagement.message m set state = 'failed', batch_id = null, error = r.error
        from json_to_recordset(${asJson(rows)}::json) as r (order_id uuid, id uuid, error text)
        where m.order_id = r.order_id and m.id = r.id`,
  )
}

export type DrawnLetter = Key & {
  readonly recipient: string
  readonly subject: string
  readonly body: string
  readonly parts: number
  readonly cost_micro: number
  readonly letter: LetterMade
}

/** Writes letters as they are printed. */
export async function writeDrawn(tx: Tx, rows: readonly DrawnLetter[]): Promise<void> {
  await execute(
    tx,
    sql`update engagement.message m set recipient = r.recipient, subject = r.subject, body = r.body, parts = r.parts,
          cost_micro = r.cost_micro, letter = r.letter, attempts = 1
        from json_to_recordset(${asJson(rows)}::json) as r (order_id uuid, id uuid, recipient text, subject text, body text,
          parts smallint, cost_micro bigint, letter jsonb)
        where m.order_id = r.order_id and m.id = r.id`,
  )
}

/** When each of these was last written to, by purpose. */
export function lastWritten(
  db: Queryable,
  partyIds: readonly string[],
): Promise<{ party_id: string; purpose: Purpose; at: Date }[]> {
  return query(
    db,
    sql`select party_id, purpose, max(coalesce(sent_at, created_at)) as at from engagement.message
        where party_id = any(${partyIds}::uuid[]) and state in ('sent', 'local') group by party_id, purpose`,
  )
}

export async function insertBatch(tx: Tx, batch: { id: string; now: Date; by: string | null }): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.letter_batch (id, number, created_at, created_by)
        select ${batch.id}::uuid, coalesce(max(number), 0) + 1, ${batch.now}::timestamptz, ${batch.by} from engagement.letter_batch`,
  )
}

export async function deleteBatch(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from engagement.letter_batch where id = ${id}`)
}

export type BatchRow = {
  id: string
  number: number
  created_at: Date
  created_by: string | null
  handed_over_at: Date | null
  letters: number
  sheets: number
  cost_micro: bigint
  returned: number
  answered: number
  classes: { upToGrams: number; letters: number; sheets: number; costMicro: number }[]
}

const batchColumns: Sql = sql`b.id, b.number, b.created_at, b.created_by, b.handed_over_at, s.letters, s.sheets, s.cost_micro, s.returned,
  s.answered, s.classes`

/** What the letters of a batch come to, by their weight. */
const batchSums: Sql = sql`cross join lateral (
    select coalesce(sum(c.letters), 0)::int as letters, coalesce(sum(c.sheets), 0)::int as sheets, coalesce(sum(c.cost), 0)::bigint as cost_micro,
      coalesce(sum(c.returned), 0)::int as returned, coalesce(sum(c.answered), 0)::int as answered,
      coalesce(json_agg(json_build_object('upToGrams', c.up, 'letters', c.letters, 'sheets', c.sheets, 'costMicro', c.cost) order by c.up), '[]') as classes
    from (
      select (m.letter ->> 'upToGrams')::int as up, count(*)::int as letters, sum(m.parts)::int as sheets, sum(m.cost_micro)::bigint as cost,
        count(*) filter (where m.delivery = 'undelivered')::int as returned,
        count(*) filter (where exists (select 1 from engagement.answer a where a.external_id = 'letter:' || m.id))::int as answered
      from engagement.message m where m.batch_id = b.id group by 1
    ) c
  ) s`

/** Batches, newest first. */
export function selectBatches(
  db: Queryable,
  { beforeNumber, limit }: { beforeNumber: string | undefined; limit: number },
): Promise<BatchRow[]> {
  return query(
    db,
    sql`select ${batchColumns} from engagement.letter_batch b ${batchSums}
        where true ${beforeNumber ? sql`and b.number < ${beforeNumber}::int` : empty} order by b.number desc limit ${limit}`,
  )
}

export function batchById(db: Queryable, id: string): Promise<BatchRow | undefined> {
  return maybeOne(db, sql`select ${batchColumns} from engagement.letter_batch b ${batchSums} where b.id = ${id}`)
}

/** The letters of a batch, in the order they are printed. */
export function lettersOfBatch(
  db: Queryable,
  batchId: string,
): Promise<{ provider_ref: string; locale: Locale; purpose: Purpose; letter: LetterMade }[]> {
  return query(
    db,
    sql`select provider_ref, locale, purpose, letter from engagement.message where batch_id = ${batchId} order by id`,
  )
}

/** Notes that a batch was handed over, once. @returns the letters that are sent by it; undefined when it was before */
export async function handOver(
  tx: Tx,
  { id, now, by }: { id: string; now: Date; by: string | null },
): Promise<{ id: string; party_id: string | null; medium: string }[] | undefined> {
  const changed = await execute(
    tx,
    sql`update engagement.letter_batch set handed_over_at = ${now}, handed_over_by = ${by}
        where id = ${id} and handed_over_at is null`,
  )
  if (changed === 0) return undefined
  return query(
    tx,
    sql`update engagement.message set state = 'sent', sent_at = ${now} where batch_id = ${id} and state = 'waiting'
        returning id, party_id, medium`,
  )
}

export type LetterOfCode = {
  order_id: string
  id: string
  party_id: string
  purpose: Purpose
  subject: string
  name: string
  locale: Locale
  address: PostalAddress | null
  letter: LetterMade
}

/** The letter that has a code on it, once it was drawn. */
export function letterOfCode(db: Queryable, code: string): Promise<LetterOfCode | undefined> {
  return maybeOne(
    db,
    sql`select m.order_id, m.id, m.party_id, m.purpose, m.subject, m.locale, m.letter, p.name, p.address
        from engagement.message m join customers.party a on a.id = m.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id)
        where m.provider_ref = ${code} and m.medium = 'letter' and m.batch_id is not null`,
  )
}

/** Notes that a letter came back; whoever forgot to note that it left is helped. @returns whether it was news */
export async function noteReturned(tx: Tx, key: Key, { reason, now }: { reason: string; now: Date }): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update engagement.message set delivery = 'undelivered', delivery_at = ${now}, error = ${reason}, state = 'sent',
          sent_at = coalesce(sent_at, ${now})
        where order_id = ${key.order_id} and id = ${key.id} and delivery is null`,
  )
  return changed === 1
}

/** Members of a segment, at most so many. */
export async function membersToWrite(db: Queryable, segmentId: string, limit: number): Promise<string[]> {
  const rows = await query<{ party_id: string }>(
    db,
    sql`select party_id from engagement.segment_member where segment_id = ${segmentId} order by party_id limit ${limit}`,
  )
  return rows.map(({ party_id }) => party_id)
}
