import type { QuoteState } from '@ecluse/contracts/quotes.ts'
import sql, { empty, join } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { QuoteContent } from '../quotes/quote-content.ts'

export type StoredState = Exclude<QuoteState, 'ordered'>

export type QuoteRow = {
  id: string
  number: string
  channel_id: string
  channel_code: string
  state: StoredState
  revision: number
  access_token: string
  locale: 'fr' | 'en'
  contact_name: string
  contact_email: string | null
  contact_phone: string | null
  company: string | null
  total_minor: bigint
  valid_until: Date
  author: string | null
  accepted_revision: number | null
  accepted_by: string | null
  accepted_at: Date | null
  reason: string | null
  created_at: Date
  updated_at: Date
  order_id: string | null
  order_number: string | null
  order_token: string | null
  held_until: Date | null
}

export type RevisionRow = {
  quote_id: string
  revision: number
  content: QuoteContent
  hash: string
  author: string | null
  created_at: Date
  approval: 'asked' | 'given' | 'denied' | null
  approved_by: string | null
  sent_at: Date | null
}

const columns = sql`q.*, ch.code as channel_code, c.order_id, o.number as order_number, o.access_token as order_token,
  (select min(l.hold_until) from orders.cart_line l where l.cart_id = q.id) as held_until`
export async function selectQuote(db: Queryable, quoteId: string): Promise<QuoteRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from orders.quote q join orders.cart c on c.id = q.id join channels.channel ch on ch.id = q.channel_id
        left join orders.sales_order o on o.id = c.order_id where q.id = ${quoteId}`,
  )
}

export async function selectRevisions(db: Queryable, quoteId: string): Promise<RevisionRow[]> {
  return query(db, sql`select * from orders.quote_revision where quote_id = ${quoteId} order by revision desc`)
}

type Written = Pick<
  QuoteRow,
  | 'id'
  | 'number'
  | 'channel_id'
  | 'revision'
  | 'access_token'
  | 'locale'
  | 'contact_name'
  | 'contact_email'
  | 'contact_phone'
  | 'company'
  | 'total_minor'
  | 'valid_until'
  | 'author'
>

export async function insertQuote(tx: Tx, quote: Written, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.quote (id, number, channel_id, state, revision, access_token, locale, contact_name, contact_email,
          contact_phone, company, total_minor, valid_until, author, created_at, updated_at)
        values (${quote.id}, ${quote.number}, ${quote.channel_id}, 'draft', ${quote.revision}, ${quote.access_token},
          ${quote.locale}, ${quote.contact_name}, ${quote.contact_email}, ${quote.contact_phone}, ${quote.company},
          ${quote.total_minor}, ${quote.valid_until}, ${quote.author}, ${now}, ${now})`,
  )
}

/** A quote goes back to being drawn up, at its next revision. */
export async function updateQuote(tx: Tx, quote: Omit<Written, 'number' | 'access_token' | 'author'>, now: Date) {
  await execute(
    tx,
    sql`update orders.quote set channel_id = ${quote.channel_id}, state = 'draft', revision = ${quote.revision},
          locale = ${quote.locale}, contact_name = ${quote.contact_name}, contact_email = ${quote.contact_email},
          contact_phone = ${quote.contact_phone}, company = ${quote.company}, total_minor = ${quote.total_minor},
          valid_until = ${quote.valid_until}, accepted_revision = null, accepted_by = null, accepted_at = null, reason = null,
          updated_at = ${now}
        where id = ${quote.id}`,
  )
}

export async function insertRevision(
  tx: Tx,
  row: Pick<RevisionRow, 'quote_id' | 'revision' | 'content' | 'hash' | 'author'>,
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.quote_revision (quote_id, revision, content, hash, author, created_at)
        values (${row.quote_id}, ${row.revision}, ${JSON.stringify(row.content)}::json, ${row.hash}, ${row.author}, ${now})`,
  )
}

export async function updateState(
  tx: Tx,
  quoteId: string,
  state: StoredState,
  now: Date,
  reason: string | null = null,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.quote set state = ${state}, reason = ${reason}, updated_at = ${now} where id = ${quoteId}`,
  )
}

export async function updateAccepted(
  tx: Tx,
  quoteId: string,
  accepted: { revision: number; by: string },
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.quote set state = 'accepted', accepted_revision = ${accepted.revision}, accepted_by = ${accepted.by},
          accepted_at = ${now}, updated_at = ${now} where id = ${quoteId}`,
  )
}

/** What happens to a revision beside what it says: its approval and its sending. */
export async function markRevision(
  tx: Tx,
  quoteId: string,
  revision: number,
  marks: { approval?: 'asked' | 'given' | 'denied'; approvedBy?: string | null; sentAt?: Date },
): Promise<void> {
  await execute(
    tx,
    sql`update orders.quote_revision set approval = coalesce(${marks.approval ?? null}, approval),
          approved_by = coalesce(${marks.approvedBy ?? null}, approved_by), sent_at = coalesce(${marks.sentAt ?? null}, sent_at)
        where quote_id = ${quoteId} and revision = ${revision}`,
  )
}

/** The cart of a quote that is being drawn up: nobody can buy it, and whoever saw it before saw other terms. */
export async function closeQuoteCart(tx: Tx, quoteId: string, revision: number, now: Date): Promise<void> {
  await execute(
    tx,
    sql`update orders.cart set quote_revision = ${revision}, closed = true, terms_version = terms_version + 1,
          updated_at = ${now} where id = ${quoteId}`,
  )
}

/** The cart of a quote takes the terms of the revision that was sent, and can be bought. */
export async function openQuoteCart(
  tx: Tx,
  quote: { id: string; revision: number; validUntil: Date; channelCode: string },
  {
    lines,
    delivery,
  }: {
    readonly lines: readonly Pick<QuoteContent['lines'][number], 'variantId' | 'quantity' | 'unitMinor'>[]
    readonly delivery: Pick<QuoteContent['delivery'], 'method' | 'feeMinor'>
  },
  now: Date,
): Promise<void> {
  await execute(tx, sql`delete from orders.cart_line where cart_id = ${quote.id}`)
  await execute(
    tx,
    sql`insert into orders.cart_line (cart_id, variant_id, quantity, added_at, kept_minor, kept_until, kept_channel)
        select ${quote.id}, l.variant_id, l.quantity, ${now}::timestamptz + l.position * interval '1 millisecond', l.minor,
               ${quote.validUntil}, ${quote.channelCode}
        from unnest(${lines.map((line) => line.variantId)}::uuid[], ${lines.map((line) => line.quantity)}::int[],
          ${lines.map((line) => line.unitMinor)}::bigint[]) with ordinality as l (variant_id, quantity, minor, position)`,
  )
  await execute(
    tx,
    sql`update orders.cart set quote_revision = ${quote.revision}, closed = false, valid_until = ${quote.validUntil},
          fee_method = ${delivery.method === 'download' ? null : delivery.method}, fee_minor = ${delivery.feeMinor}, terms_version = terms_version + 1,
          updated_at = ${now} where id = ${quote.id}`,
  )
}

export type ListedQuote = Pick<
  QuoteRow,
  | 'id'
  | 'number'
  | 'state'
  | 'channel_code'
  | 'revision'
  | 'contact_name'
  | 'company'
  | 'total_minor'
  | 'valid_until'
  | 'updated_at'
  | 'author'
  | 'order_id'
>

/** Quotes, last changed first. */
export async function listQuoteRows(
  db: Queryable,
  filter: {
    q?: string | undefined
    state?: QuoteState | undefined
    before: { updatedAt: string; id: string } | undefined
    limit: number
  },
): Promise<ListedQuote[]> {
  const { q, state, before } = filter
  const like = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    sql`true`,
    state === 'ordered' ? sql`c.order_id is not null` : state ? sql`q.state = ${state} and c.order_id is null` : empty,
    q
      ? sql`(q.number ilike ${like} or lower(q.contact_email) = ${q.toLowerCase()}
          or public.unaccent(q.contact_name) ilike public.unaccent(${like})
          or public.unaccent(q.company) ilike public.unaccent(${like}))`
      : empty,
    before
      ? sql`(date_trunc('milliseconds', q.updated_at), q.id) < (${before.updatedAt}::timestamptz, ${before.id}::uuid)`
      : empty,
  ].filter((condition) => condition !== empty)
  return query(
    db,
    sql`select q.id, q.number, q.state, ch.code as channel_code, q.revision, q.contact_name, q.company, q.total_minor,
               q.valid_until, date_trunc('milliseconds', q.updated_at) as updated_at, q.author, c.order_id
        from orders.quote q join orders.cart c on c.id = q.id join channels.channel ch on ch.id = q.channel_id
        where ${join(conditions, ' and ')} order by q.updated_at desc, q.id desc limit ${filter.limit + 1}`,
  )
}

/** Quotes that were not ordered in their time. */
export async function overdueQuotes(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select q.id from orders.quote q join orders.cart c on c.id = q.id
        where q.state in ('sent', 'accepted') and q.valid_until <= ${now} and c.order_id is null limit ${limit}`,
  )
  return rows.map((row) => row.id)
}
