import sql from 'sql-template-tag'
import type { ChainLink } from '../../../kernel/chain.ts'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { Person } from '../../../kernel/personal.ts'

/** What was done of a table: how many rows said something of the person before. */
export type ErasureStep = { readonly table: string; readonly rows: number }

export type ErasureRow = {
  request_id: string
  scope: Person | null
  steps: ErasureStep[]
  started_at: Date
  done_at: Date | null
}

/** Begins an erasure, once: by what its rows are found is written before the first of them is gone. */
export async function beginErasure(tx: Tx, requestId: string, scope: Person, now: Date): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.erasure (request_id, scope, started_at) values (${requestId}, ${JSON.stringify(scope)}::jsonb, ${now})
        on conflict (request_id) do nothing`,
  )
}

export function erasureOf(db: Queryable, requestId: string): Promise<ErasureRow | undefined> {
  return maybeOne(
    db,
    sql`select request_id, scope, steps, started_at, done_at from rights.erasure where request_id = ${requestId}`,
  )
}

export async function addStep(tx: Tx, requestId: string, step: ErasureStep): Promise<void> {
  await execute(
    tx,
    sql`update rights.erasure set steps = steps || ${JSON.stringify([step])}::jsonb where request_id = ${requestId}`,
  )
}

/** Ends an erasure: by what its rows were found is gone as well, and so is whose the requests were. */
export async function endErasure(
  tx: Tx,
  requestId: string,
  { parties, accounts, emails }: Person,
  now: Date,
): Promise<void> {
  await execute(tx, sql`update rights.erasure set scope = null, done_at = ${now} where request_id = ${requestId}`)
  await execute(
    tx,
    sql`update rights.request set party_id = null, account_id = null, email = null, reason = '', extended_reason = null, answer = ''
        where id = ${requestId} or party_id = any(${parties}::uuid[]) or email = any(${emails}::text[])
          or account_id = any(${accounts}::text[])`,
  )
}

export type LegalRow = {
  id: string
  request_id: string
  law: string
  reference: string
  content: Record<string, unknown>
  kept_until: string
}

/** Puts what the law keeps apart, once each. */
export async function insertLegalRecords(tx: Tx, rows: readonly LegalRow[]): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into rights.legal_record (id, request_id, law, reference, content, kept_until)
        select g.id, g.request_id, g.law, g.reference, g.content, g.kept_until
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as g (id uuid, request_id uuid, law text, reference text, content jsonb, kept_until date)
        on conflict (request_id, law, reference) do nothing`,
  )
}

/** What is kept of one erasure, by law: how many, and until when. */
export function keptOf(db: Queryable, requestId: string): Promise<{ law: string; records: number; until: string }[]> {
  return query(
    db,
    sql`select law, count(*)::int as records, to_char(max(kept_until), 'YYYY-MM-DD') as until from rights.legal_record
        where request_id = ${requestId} group by law order by law`,
  )
}

/** Records of an order, a quote or a withdrawal, by its number: for whoever must answer for the accounts. */
export function legalRecordsOf(db: Queryable, reference: string): Promise<LegalRow[]> {
  return query(
    db,
    sql`select id, request_id, law, reference, content, to_char(kept_until, 'YYYY-MM-DD') as kept_until from rights.legal_record
        where reference = ${reference} order by law limit 20`,
  )
}

/** What no law asks for any more. @returns how many */
export function deleteEndedRecords(db: Queryable, today: string): Promise<number> {
  return execute(db, sql`delete from rights.legal_record where kept_until < ${today}::date`)
}

export type CertificateRow = ChainLink & { sequence: number; id: string; request_id: string }

export async function insertCertificate(tx: Tx, row: CertificateRow): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.certificate (sequence, id, request_id, content, previous, hash, signature, key_id)
        values (${row.sequence}, ${row.id}, ${row.request_id}, ${row.content}, ${row.previous}, ${row.hash}, ${row.signature}, ${row.key_id})`,
  )
}

export function certificateOf(db: Queryable, requestId: string): Promise<CertificateRow | undefined> {
  return maybeOne(
    db,
    sql`select sequence, id, request_id, content, previous, hash, signature, key_id from rights.certificate where request_id = ${requestId}`,
  )
}

/** The whole chain, from its first certificate. */
export function certificates(db: Queryable): Promise<CertificateRow[]> {
  return query(
    db,
    sql`select sequence, id, request_id, content, previous, hash, signature, key_id from rights.certificate order by sequence`,
  )
}
