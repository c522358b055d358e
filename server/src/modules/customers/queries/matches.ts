import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import type { ComparedParty, Reason } from '../domain/person-of-party.ts'

export type MatchState = 'open' | 'later' | 'merged' | 'not_same'
export type MatchRow = {
  party_id: string
  other_id: string
  probability: number
  reasons: readonly Reason[]
  state: MatchState
  actor: string | null
  found_at: Date
  decided_at: Date | null
}

/** People who may be somebody else as well: those with a name who stand by themselves. Companies with an account are not. */
export function comparedParties(db: Queryable): Promise<ComparedParty[]> {
  return query(
    db,
    sql`select p.id, p.name, p.email, p.phone, p.address from customers.party p
        where p.survivor_id is null and p.kind = 'person' and p.sort_name <> ''
          and not exists (select 1 from customers.company c where c.id = p.id)
        order by p.id`,
  )
}

export type Candidate = {
  readonly a: string
  readonly b: string
  readonly probability: number
  readonly reasons: readonly Reason[]
}

/** Keeps pairs that were found. What was decided stays; what waits is told with its newest reasons. Answers how many are new. */
export async function keepMatches(tx: Queryable, pairs: readonly Candidate[], now: Date): Promise<number> {
  if (pairs.length === 0) return 0
  const rows = await query<{ added: boolean }>(
    tx,
    sql`insert into customers.match (party_id, other_id, probability, reasons, state, found_at)
        select least(g.a, g.b), greatest(g.a, g.b), g.probability, g.reasons, 'open', ${now}
        from json_to_recordset(${JSON.stringify(pairs)}::json) as g (a uuid, b uuid, probability float8, reasons jsonb)
        where g.a <> g.b
        on conflict (party_id, other_id) do update set probability = excluded.probability, reasons = excluded.reasons
          where match.state in ('open', 'later')
        returning (xmax = 0) as added`,
  )
  return rows.filter(({ added }) => added).length
}

/** Pairs that wait and are not found any more, or of which one was merged elsewhere, leave the queue. */
export function dropStale(db: Queryable, pairs: readonly Candidate[]): Promise<number> {
  return execute(
    db,
    sql`delete from customers.match m where m.state in ('open', 'later') and not exists (
          select 1 from unnest(${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[]) as g (a, b)
          where least(g.a, g.b) = m.party_id and greatest(g.a, g.b) = m.other_id)`,
  )
}

const columns = sql`m.party_id, m.other_id, m.probability, m.reasons, m.state, m.actor, m.found_at, m.decided_at`

/** Pairs in one state, the likeliest first; of those that wait, none of which either was merged meanwhile. */
export function listMatches(
  db: Queryable,
  filter: { state: MatchState; after: readonly string[] | undefined; limit: number },
): Promise<MatchRow[]> {
  const [probability, partyId, otherId] = filter.after ?? []
  const alone = sql`and not exists (select 1 from customers.party p
    where p.id in (m.party_id, m.other_id) and p.survivor_id is not null)`
  return query(
    db,
    sql`select ${columns} from customers.match m where m.state = ${filter.state}
        ${filter.state === 'merged' ? empty : alone}
        ${filter.after ? sql`and (-m.probability, m.party_id, m.other_id) > (-${probability}::float8, ${partyId}::uuid, ${otherId}::uuid)` : empty}
        order by -m.probability, m.party_id, m.other_id limit ${filter.limit}`,
  )
}

export function matchOf(db: Queryable, partyId: string, otherId: string): Promise<MatchRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from customers.match m where m.party_id = ${partyId} and m.other_id = ${otherId}`,
  )
}

/** Decides a pair if it is still in the state it was read in; another who decided at once is first. */
export async function decideMatch(
  tx: Tx,
  pair: { partyId: string; otherId: string; from: readonly MatchState[]; to: MatchState },
  by: { actor: string | null; at: Date },
): Promise<boolean> {
  const changed = await execute(
    tx,
    sql`update customers.match set state = ${pair.to}, actor = ${by.actor}, decided_at = ${by.at}
        where party_id = ${pair.partyId} and other_id = ${pair.otherId} and state = any(${pair.from}::text[])`,
  )
  return changed === 1
}
