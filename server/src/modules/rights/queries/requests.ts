import type { IdentityProof, RightsKind, RightsOrigin, RightsState } from '@ecluse/contracts/rights.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type RequestRow = {
  id: string
  number: string
  kind: RightsKind
  state: RightsState
  origin: RightsOrigin
  party_id: string | null
  account_id: string | null
  email: string | null
  fingerprint: Buffer | null
  locale: Locale
  received_at: Date
  due_at: Date
  extended_reason: string | null
  identity: IdentityProof | null
  identified_at: Date | null
  identified_by: string | null
  reason: string
  answer: string
  closed_at: Date | null
  closed_by: string | null
  progress: number
  obstacles: string[]
}

const columns = sql`id, number, kind, state, origin, party_id, account_id, email, fingerprint, locale, received_at, due_at, extended_reason,
  identity, identified_at, identified_by, reason, answer, closed_at, closed_by, progress, obstacles`

export async function insertRequest(tx: Tx, row: RequestRow): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.request (${columns})
        values (${row.id}, ${row.number}, ${row.kind}, ${row.state}, ${row.origin}, ${row.party_id}, ${row.account_id}, ${row.email},
                ${row.fingerprint}, ${row.locale}, ${row.received_at}, ${row.due_at}, ${row.extended_reason}, ${row.identity},
                ${row.identified_at}, ${row.identified_by}, ${row.reason}, ${row.answer}, ${row.closed_at}, ${row.closed_by},
                ${row.progress}, ${row.obstacles})`,
  )
}

export function requestById(db: Queryable, id: string): Promise<RequestRow | undefined> {
  return maybeOne(db, sql`select ${columns} from rights.request where id = ${id}`)
}

/** Writes what may change of a request. */
export async function updateRequest(tx: Queryable, row: RequestRow): Promise<void> {
  await execute(
    tx,
    sql`update rights.request set state = ${row.state}, due_at = ${row.due_at}, extended_reason = ${row.extended_reason},
          identity = ${row.identity}, identified_at = ${row.identified_at}, identified_by = ${row.identified_by},
          answer = ${row.answer}, closed_at = ${row.closed_at}, closed_by = ${row.closed_by}, obstacles = ${row.obstacles}
        where id = ${row.id}`,
  )
}

export async function setProgress(db: Queryable, id: string, percent: number): Promise<void> {
  await execute(db, sql`update rights.request set progress = ${percent} where id = ${id}`)
}

/** Requests as the desk lists them: those that wait by when they are due, those that are closed by when they came, the latest first. */
export function listRequests(
  db: Queryable,
  { open, after, limit }: { open: boolean; after: string[] | undefined; limit: number },
): Promise<RequestRow[]> {
  const at = open ? sql`due_at` : sql`received_at`
  const later = after
    ? open
      ? sql`and (due_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`
      : sql`and (received_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : empty
  return query(
    db,
    sql`select ${columns} from rights.request
        where ${open ? sql`closed_at is null and state <> 'to_confirm'` : sql`closed_at is not null`} ${later}
        order by ${at} ${open ? sql`asc` : sql`desc`}, id ${open ? sql`asc` : sql`desc`} limit ${limit}`,
  )
}

/** How many wait, and how many of them are late. */
export async function countOpen(db: Queryable, now: Date): Promise<{ open: number; late: number }> {
  const row = await maybeOne<{ open: number; late: number }>(
    db,
    sql`select count(*)::int as open, count(*) filter (where due_at < ${now})::int as late
        from rights.request where closed_at is null and state <> 'to_confirm'`,
  )
  return row ?? { open: 0, late: 0 }
}

/** Questions nobody answered: nothing is kept of whoever did not ask. @returns how many */
export function deleteUnconfirmed(db: Queryable, before: Date): Promise<number> {
  return execute(db, sql`delete from rights.request where state = 'to_confirm' and received_at < ${before}`)
}

/** Erasures that wait until nothing keeps them any more. */
export async function postponedRequests(db: Queryable): Promise<string[]> {
  const rows = await query<{ id: string }>(
    db,
    sql`select id from rights.request where state = 'postponed' order by received_at, id limit 500`,
  )
  return rows.map(({ id }) => id)
}
