import type { PartnerOperationKind } from '@ecluse/contracts/partners.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type OperationRow = {
  partner_id: string
  id: string
  kind: PartnerOperationKind
  state: 'held' | 'done' | 'released'
  points: number
  amount_minor: bigint
  reference: string
  shop: string | null
  reverses_id: string | null
  reversed_points: number
  reversed_minor: bigint
  at: Date
  until: Date | null
  done_at: Date | null
}

export type PartRow = { party_id: string; points: number; returned: number }

const columns = sql`partner_id, id, kind, state, points, amount_minor, reference, shop, reverses_id, reversed_points, reversed_minor, at,
  until, done_at`

export function operationRow(db: Queryable, partnerId: string, id: string): Promise<OperationRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from loyalty.partner_operation where partner_id = ${partnerId} and id = ${id}`,
  )
}

export function operationOfReference(
  db: Queryable,
  { partnerId, kind, reference }: { partnerId: string; kind: PartnerOperationKind; reference: string },
): Promise<OperationRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from loyalty.partner_operation
        where partner_id = ${partnerId} and kind = ${kind} and reference = ${reference}`,
  )
}

export async function insertOperation(tx: Tx, row: OperationRow): Promise<void> {
  await execute(
    tx,
    sql`insert into loyalty.partner_operation (partner_id, id, kind, state, points, amount_minor, reference, shop, reverses_id,
                                               reversed_points, reversed_minor, at, until, done_at)
        values (${row.partner_id}, ${row.id}, ${row.kind}, ${row.state}, ${row.points}, ${row.amount_minor}, ${row.reference},
                ${row.shop}, ${row.reverses_id}, ${row.reversed_points}, ${row.reversed_minor}, ${row.at}, ${row.until},
                ${row.done_at})`,
  )
}

/** Writes where an operation stands, and how much of it was undone. */
export async function updateOperation(tx: Tx, row: OperationRow): Promise<void> {
  await execute(
    tx,
    sql`update loyalty.partner_operation set state = ${row.state}, done_at = ${row.done_at},
          reversed_points = ${row.reversed_points}, reversed_minor = ${row.reversed_minor}
        where partner_id = ${row.partner_id} and id = ${row.id}`,
  )
}

export async function insertParts(
  tx: Tx,
  of: { partnerId: string; operationId: string },
  parts: ReadonlyMap<string, bigint>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into loyalty.partner_part (partner_id, operation_id, party_id, points)
        select ${of.partnerId}::uuid, ${of.operationId}::uuid, p.party_id, p.points
        from unnest(${[...parts.keys()]}::uuid[], ${[...parts.values()]}::bigint[]) as p (party_id, points)`,
  )
}

/** Whose points an operation moved; nobody's once they are erased. */
export function partsOf(db: Queryable, partnerId: string, operationId: string): Promise<PartRow[]> {
  return query(
    db,
    sql`select party_id, points, returned from loyalty.partner_part
        where partner_id = ${partnerId} and operation_id = ${operationId} order by party_id`,
  )
}

export async function updateReturned(
  tx: Tx,
  of: { partnerId: string; operationId: string },
  given: ReadonlyMap<string, bigint>,
): Promise<void> {
  await execute(
    tx,
    sql`update loyalty.partner_part p set returned = p.returned + g.points
        from unnest(${[...given.keys()]}::uuid[], ${[...given.values()]}::bigint[]) as g (party_id, points)
        where p.partner_id = ${of.partnerId} and p.operation_id = ${of.operationId} and p.party_id = g.party_id`,
  )
}

/** Points given or taken by a partner since an instant, or held: all of them, and those of some parties. What came back counts. */
export function usedSince(
  db: Queryable,
  asked: { partnerId: string; kind: 'earn' | 'spend'; since: Date; partyIds: readonly string[] },
): Promise<{ all: bigint; theirs: bigint }> {
  return one(
    db,
    sql`select coalesce(sum(p.points), 0)::bigint as all,
               coalesce(sum(p.points) filter (where p.party_id = any(${asked.partyIds}::uuid[])), 0)::bigint as theirs
        from loyalty.partner_operation o join loyalty.partner_part p on p.partner_id = o.partner_id and p.operation_id = o.id
        where o.partner_id = ${asked.partnerId} and o.kind = ${asked.kind} and o.at >= ${asked.since} and o.state <> 'released'`,
  )
}

/** What is held at partners’ tills and was neither taken nor given back in time. */
export function heldTooLong(db: Queryable, now: Date): Promise<{ partner_id: string; id: string }[]> {
  return query(
    db,
    sql`select partner_id, id from loyalty.partner_operation where state = 'held' and until <= ${now} order by until, id`,
  )
}

/** At which partner some operations were, and what became of them. */
export function partnersOfOperations(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; name: string; state: OperationRow['state'] }[]> {
  return query(
    db,
    sql`select o.id, p.name, o.state from loyalty.partner_operation o join loyalty.partner p on p.id = o.partner_id
        where o.id = any(${ids}::uuid[])`,
  )
}

/** What was done in a time, the first first, above zero to us. */
export function doneBetween(
  db: Queryable,
  asked: { partnerId: string; from: Date; until: Date; limit: number | null },
): Promise<(Pick<OperationRow, 'id' | 'kind' | 'reference' | 'shop' | 'points'> & { done_at: Date; net: bigint })[]> {
  return query(
    db,
    sql`select id, done_at, kind, reference, shop, points,
               case when kind in ('earn', 'spend_reversal') then amount_minor else -amount_minor end as net
        from loyalty.partner_operation
        where partner_id = ${asked.partnerId} and done_at >= ${asked.from} and done_at < ${asked.until}
        order by done_at, id limit ${asked.limit}`,
  )
}

export function totalsBetween(
  db: Queryable,
  asked: { partnerId: string; from: Date; until: Date },
): Promise<{ kind: PartnerOperationKind; count: number; points: bigint; net: bigint }[]> {
  return query(
    db,
    sql`select kind, count(*)::int as count, sum(points)::bigint as points,
               sum(case when kind in ('earn', 'spend_reversal') then amount_minor else -amount_minor end)::bigint as net
        from loyalty.partner_operation
        where partner_id = ${asked.partnerId} and done_at >= ${asked.from} and done_at < ${asked.until}
        group by kind order by kind`,
  )
}

/** Whether the data of any of these may only be kept. */
export async function areRestricted(db: Queryable, partyIds: readonly string[]): Promise<boolean> {
  const row = await maybeOne(
    db,
    sql`select 1 as found from customers.restricted where root_id = any(${partyIds}::uuid[]) limit 1`,
  )
  return row !== undefined
}
