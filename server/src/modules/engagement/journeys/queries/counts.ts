import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import type { OutcomeSums } from '../domain/outcomes.ts'

/** Something that happened at a node, so many times. */
export type Counted = {
  readonly journeyId: string
  readonly nodeId: string
  /** A visit, a way out, a contact and what became of it, or why none was made. */
  readonly what: 'visit' | 'port' | 'contact' | 'cost' | 'strike'
  readonly key: string
  readonly n: number
}

/** Counts on, in the order in which rows are locked. */
export async function countOn(tx: Tx, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return
  const rows = counted.map(({ journeyId, nodeId, what, key, n }) => ({
    journey_id: journeyId,
    node_id: nodeId,
    what,
    key,
    n,
  }))
  await execute(
    tx,
    sql`insert into engagement.journey_count as c (journey_id, node_id, what, key, n)
        select journey_id, node_id, what, key, sum(n)
        from json_populate_recordset(null::engagement.journey_count, ${asJson(rows)}::json)
        group by journey_id, node_id, what, key order by journey_id, node_id, what, key
        on conflict (journey_id, node_id, what, key) do update set n = c.n + excluded.n`,
  )
}

/** Adds to the sums over people. */
export async function addOutcomes(tx: Tx, rows: readonly OutcomeSums[]): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into engagement.journey_outcome as o (journey_id, arm, node_id, cell, people, goal, contacts, value, value_squares,
          cost, cost_squares, value_by_cost)
        select journey_id, arm, node_id, cell, people, goal, contacts, value, value_squares, cost, cost_squares, value_by_cost
        from json_populate_recordset(null::engagement.journey_outcome, ${asJson(rows)}::json)
        order by journey_id, arm, node_id, cell
        on conflict (journey_id, arm, node_id, cell) do update set people = o.people + excluded.people,
          goal = o.goal + excluded.goal, contacts = o.contacts + excluded.contacts, value = o.value + excluded.value,
          value_squares = o.value_squares + excluded.value_squares, cost = o.cost + excluded.cost,
          cost_squares = o.cost_squares + excluded.cost_squares, value_by_cost = o.value_by_cost + excluded.value_by_cost`,
  )
}

export function countsOf(
  db: Queryable,
  journeyId: string,
): Promise<{ node_id: string; what: Counted['what']; key: string; n: bigint }[]> {
  return query(
    db,
    sql`select node_id, what, key, n from engagement.journey_count where journey_id = ${journeyId} order by node_id, what, key`,
  )
}

/** The sums of a journey, as numbers: squares of cents and millionths are far beyond what integers hold. */
export function outcomesOf(db: Queryable, journeyId: string): Promise<OutcomeSums[]> {
  return query(
    db,
    sql`select journey_id, arm, node_id, cell, people::float8, goal::float8, contacts::float8, value::float8, value_squares::float8,
          cost::float8, cost_squares::float8, value_by_cost::float8
        from engagement.journey_outcome where journey_id = ${journeyId} order by arm, node_id, cell`,
  )
}

/** Counts contacts made, for the calendar. */
export async function countDay(
  tx: Tx,
  rows: readonly { date: string; journey_id: string; medium: string; contacts: number }[],
): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into engagement.contact_day as d (date, journey_id, medium, contacts)
        select date, journey_id, medium, sum(contacts)::int
        from json_populate_recordset(null::engagement.contact_day, ${asJson(rows)}::json)
        group by date, journey_id, medium order by date, journey_id, medium
        on conflict (date, journey_id, medium) do update set contacts = d.contacts + excluded.contacts`,
  )
}
