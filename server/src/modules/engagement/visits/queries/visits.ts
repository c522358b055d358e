import type { SalesVisit, VisitOutcome } from '@ecluse/contracts/sales-visits.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import { unrestricted } from '../../../customers/public.ts'

export type VisitRow = {
  party_id: string
  /** Everybody who is this one customer. */
  member_ids: string[]
  id: string
  name: string
  address: PostalAddress | null
  about: string
  questions: string
  visit_on: string
  state: SalesVisit['state']
  created_by: string | null
  closed_at: Date | null
  outcome: VisitOutcome | null
  note: string
  asked: boolean
}

const columns = sql`v.party_id, v.id,
  (select array_agg(m.id) from customers.party m where m.id = p.id or m.survivor_id = p.id) as member_ids, p.name, p.address, v.about, v.questions, v.visit_on::text as visit_on, v.state, v.created_by, v.closed_at,
  v.outcome, v.note, v.asked`

/** Visits to make, by their day. */
export function openVisits(
  db: Queryable,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<VisitRow[]> {
  const later = after ? sql`and (v.visit_on, v.id) > (${after[0]}::date, ${after[1]}::uuid)` : empty
  return query(
    db,
    sql`select ${columns} from engagement.sales_visit v join customers.party a on a.id = v.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id) where v.state = 'open' ${later}
        order by v.visit_on, v.id limit ${limit}`,
  )
}

/** Visits of everybody who is one customer: open ones first, by their day, then the latest. */
export function visitsOf(db: Queryable, memberIds: readonly string[], limit: number): Promise<VisitRow[]> {
  return query(
    db,
    sql`select ${columns} from engagement.sales_visit v join customers.party a on a.id = v.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id) where v.party_id = any(${memberIds}::uuid[])
        order by v.state <> 'open', case when v.state = 'open' then v.visit_on end, v.closed_at desc, v.id limit ${limit}`,
  )
}

export async function visitById(db: Queryable, partyId: string, id: string): Promise<VisitRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from engagement.sales_visit v join customers.party a on a.id = v.party_id
        join customers.party p on p.id = coalesce(a.survivor_id, a.id) where v.party_id = ${partyId} and v.id = ${id}`,
  )
}

/** Whether somebody's data may be used, and whether they refused the last visit. */
export async function mayBeVisited(
  db: Queryable,
  partyId: string,
  memberIds: readonly string[],
): Promise<{ free: boolean; refused: boolean }> {
  const row = await maybeOne<{ free: boolean; refused: boolean }>(
    db,
    sql`select ${unrestricted(sql`p.id`)} as free, coalesce((select v.outcome = 'refused' from engagement.sales_visit v
          where v.party_id = any(${memberIds}::uuid[]) and v.state <> 'open' order by v.closed_at desc, v.id desc limit 1), false) as refused
        from customers.party p where p.id = ${partyId}`,
  )
  return row ?? { free: false, refused: false }
}

/** Plans a visit, once for its id. */
export async function insertVisit(
  tx: Tx,
  row: Pick<VisitRow, 'party_id' | 'id' | 'about' | 'questions' | 'visit_on' | 'created_by' | 'asked'>,
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into engagement.sales_visit (party_id, id, about, questions, visit_on, state, created_at, created_by, asked)
        values (${row.party_id}, ${row.id}, ${row.about}, ${row.questions}, ${row.visit_on}, 'open', ${now}, ${row.created_by},
          ${row.asked})
        on conflict do nothing`,
  )
}

/** Writes what came of a visit, once. @returns whether it was open */
export async function settleVisit(
  tx: Tx,
  visit: {
    partyId: string
    id: string
    outcome: VisitOutcome
    state: 'done' | 'given_up'
    note: string
    by: string | null
    now: Date
  },
): Promise<boolean> {
  const settled = await execute(
    tx,
    sql`update engagement.sales_visit set state = ${visit.state}, outcome = ${visit.outcome}, note = ${visit.note},
          closed_at = ${visit.now}, closed_by = ${visit.by}
        where party_id = ${visit.partyId} and id = ${visit.id} and state = 'open'`,
  )
  return settled === 1
}
