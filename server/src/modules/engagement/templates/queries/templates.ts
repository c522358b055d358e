import type { Purpose, Subject } from '@ecluse/contracts/consents.ts'
import type { MailContent } from '@ecluse/contracts/mail-templates.ts'
import sql, { type Sql } from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

export type TemplateRow = {
  id: string
  name: string
  purpose: Purpose
  medium: 'email' | 'letter'
  topic: Subject | null
  content: MailContent
  revision: number
  published_version: number | null
  published_revision: number | null
  sent: number
  updated_at: Date
}

const columns = sql`t.id, t.name, t.purpose, t.medium, t.topic, t.content, t.revision, t.published_version, t.published_revision, t.updated_at,
  (select count(*)::int from engagement.message m where m.template_id = t.id and m.template_version is not null) as sent`

/** Templates that were not put away. */
export function selectTemplates(db: Queryable): Promise<TemplateRow[]> {
  return query(db, sql`select ${columns} from engagement.mail_template t where t.archived_at is null`)
}

export function templateById(db: Queryable, id: string): Promise<TemplateRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from engagement.mail_template t where t.id = ${id} and t.archived_at is null`,
  )
}

type Written = Pick<TemplateRow, 'id' | 'name' | 'purpose' | 'medium' | 'topic' | 'content' | 'updated_at'>

export async function insertTemplate(tx: Tx, row: Written & { created_by: string | null }): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.mail_template (id, name, purpose, medium, topic, content, created_at, created_by, updated_at)
        values (${row.id}, ${row.name}, ${row.purpose}, ${row.medium}, ${row.topic}, ${JSON.stringify(row.content)}::jsonb,
          ${row.updated_at}, ${row.created_by}, ${row.updated_at})`,
  )
}

export async function updateTemplateRow(tx: Tx, row: Omit<Written, 'medium'>): Promise<void> {
  await execute(
    tx,
    sql`update engagement.mail_template set name = ${row.name}, purpose = ${row.purpose}, topic = ${row.topic},
          content = ${JSON.stringify(row.content)}::jsonb, revision = revision + 1, updated_at = ${row.updated_at}
        where id = ${row.id}`,
  )
}

export async function archiveTemplate(tx: Tx, id: string, now: Date): Promise<void> {
  await execute(tx, sql`update engagement.mail_template set archived_at = ${now} where id = ${id}`)
}

/** Writes the next version of a template that is locked, and makes it what is sent. */
export async function insertVersion(
  tx: Tx,
  { id, now, by }: { id: string; now: Date; by: string | null },
): Promise<void> {
  await execute(
    tx,
    sql`with next as (
          insert into engagement.mail_template_version (template_id, version, purpose, topic, content, published_at, published_by)
          select id, coalesce(published_version, 0) + 1, purpose, topic, content, ${now}, ${by}
          from engagement.mail_template where id = ${id}
          returning version
        )
        update engagement.mail_template set published_version = next.version, published_revision = revision
        from next where id = ${id}`,
  )
}

export type VersionRow = { version: number; published_at: Date; published_by: string | null; sent: number }

/** The versions of a template, newest first, each with how often it was sent. */
export function selectVersions(db: Queryable, templateId: string): Promise<VersionRow[]> {
  return query(
    db,
    sql`select v.version, v.published_at, v.published_by, (select count(*)::int from engagement.message m
            where m.template_id = v.template_id and m.template_version = v.version) as sent
        from engagement.mail_template_version v where v.template_id = ${templateId} order by v.version desc limit 100`,
  )
}

/** What a version says; it never changes. */
export function versionContent(
  db: Queryable,
  templateId: string,
  version: number,
): Promise<{ content: MailContent; purpose: Purpose } | undefined> {
  return maybeOne(
    db,
    sql`select content, purpose from engagement.mail_template_version
        where template_id = ${templateId} and version = ${version}`,
  )
}

/** Pictures by their ids, without their bytes. */
export function selectPictures(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; name: string; width: number; height: number }[]> {
  return query(db, sql`select id, name, width, height from engagement.mail_picture where id = any(${ids}::text[])`)
}

export function pictureBytes(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; media_type: string; bytes: Buffer }[]> {
  return query(db, sql`select id, media_type, bytes from engagement.mail_picture where id = any(${ids}::text[])`)
}

type NewPicture = { id: string; name: string; mediaType: string; width: number; height: number; bytes: Buffer }

/** Keeps a picture once, whoever brought it first. */
export async function insertPicture(tx: Tx, picture: NewPicture, now: Date, by: string | null): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.mail_picture (id, name, media_type, width, height, bytes, created_at, created_by)
        values (${picture.id}, ${picture.name}, ${picture.mediaType}, ${picture.width}, ${picture.height}, ${picture.bytes},
          ${now}, ${by})
        on conflict (id) do nothing`,
  )
}

/** A message that is to be written from a template, for one customer. */
export type WantedMail = {
  readonly id: string
  readonly partyId: string
  readonly templateId: string
  /** Null: the one that is published. */
  readonly version: number | null
  readonly occurrence: string
  readonly values: Readonly<Record<string, string>>
  readonly notBefore: Date | null
}

/** What became of what was wanted: written now or before under the same occurrence, or why not. */
export type QueuedMail = {
  party_id: string
  occurrence: string
  message_id: string | null
  refusal: 'no_version' | 'no_address' | null
}

const wantedColumns = sql`g (id uuid, "partyId" uuid, "templateId" uuid, version integer, occurrence text, values jsonb,
  "notBefore" timestamptz)`

/** Writes messages to customers, each once for its occurrence, and tells what became of each. */
export async function insertOwnMessages(tx: Tx, wanted: readonly WantedMail[], now: Date): Promise<QueuedMail[]> {
  const given = sql`select g.*, p.id as to_id, p.email, p.locale, v.version as of_version, v.purpose, v.topic
    from json_to_recordset(${JSON.stringify(wanted)}::json) as ${wantedColumns}
    left join customers.party a on a.id = g."partyId"
    left join customers.party p on p.id = coalesce(a.survivor_id, a.id)
    left join engagement.mail_template t on t.id = g."templateId"
    left join engagement.mail_template_version v on v.template_id = t.id and v.version = coalesce(g.version, t.published_version)`
  const written = await query<QueuedMail>(tx, writing(given, now))
  const refused = await query<QueuedMail>(
    tx,
    sql`select w."partyId" as party_id, w.occurrence, null as message_id,
          case when w.of_version is null then 'no_version' else 'no_address' end as refusal
        from (${given}) w where w.of_version is null or coalesce(w.email, '') = ''`,
  )
  const kept = await query<QueuedMail>(
    tx,
    sql`select w."partyId" as party_id, w.occurrence, m.id as message_id, null as refusal from (${given}) w
        join engagement.message m on m.order_id = w."partyId" and m.template = 'own' and m.occurrence = w.occurrence`,
  )
  const before = kept.filter((one) => !written.some(({ message_id }) => message_id === one.message_id))
  return [...written, ...before, ...refused.filter((one) => !kept.some((other) => isSame(one, other)))]
}

const isSame = (one: QueuedMail, other: QueuedMail): boolean =>
  one.party_id === other.party_id && one.occurrence === other.occurrence

const writing = (given: Sql, now: Date): Sql =>
  sql`insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, state, created_at,
        next_attempt_at, purpose, party_id, topic, template_id, template_version)
      select w."partyId", w.id, 'email', 'own', w.occurrence, w.locale, w.email, jsonb_build_object('values', w.values), 'waiting',
        ${now}, greatest(${now}, w."notBefore"), w.purpose, w.to_id, w.topic, w."templateId", w.of_version
      from (${given}) w where w.of_version is not null and w.email <> ''
      on conflict (order_id, template, occurrence) do nothing
      returning order_id as party_id, occurrence, id as message_id, null::text as refusal`

/** A message of a draft to whoever writes it, already made. */
export async function insertTestMessage(
  tx: Tx,
  message: {
    id: string
    templateId: string
    locale: string
    to: string
    subject: string
    html: string
    text: string
    now: Date
  },
): Promise<void> {
  await one(
    tx,
    sql`insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, subject, html, body,
          state, created_at, next_attempt_at, template_id)
        values (${message.templateId}, ${message.id}, 'email', 'own', ${`test ${message.id}`}, ${message.locale}, ${message.to}, '{}',
          ${message.subject}, ${message.html}, ${message.text}, 'waiting', ${message.now}, ${message.now}, ${message.templateId})
        returning id`,
  )
}
