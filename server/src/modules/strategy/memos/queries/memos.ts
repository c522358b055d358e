import type { MemoBody, MemoComparison, MemoOption } from '@ecluse/contracts/memos.ts'
import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { ScenarioResults } from '@ecluse/contracts/scenarios.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../../kernel/db.ts'

export type MemoRow = {
  id: string
  title: string
  question: string
  options: MemoOption[]
  risks: string
  decision: string
  chosen_run_id: string | null
  owner: string
  review_on: string | null
  state: 'draft' | 'decided'
  created_at: Date
  created_by: string | null
  decided_at: Date | null
  decided_by: string | null
}

export function selectMemo(db: Queryable, id: string): Promise<MemoRow | undefined> {
  return maybeOne(
    db,
    sql`select id, title, question, options, risks, decision, chosen_run_id, owner, review_on, state, created_at, created_by,
          decided_at, decided_by
        from strategy.memo where id = ${id}`,
  )
}

export function selectMemos(db: Queryable): Promise<Omit<MemoRow, 'options'>[]> {
  return query(
    db,
    sql`select id, title, question, risks, decision, chosen_run_id, owner, review_on, state, created_at, created_by,
          decided_at, decided_by
        from strategy.memo order by id desc limit 200`,
  )
}

export type ReviewRow = { id: string; note: string; comparison: MemoComparison; at: Date; created_by: string | null }

export function selectReviews(db: Queryable, memoId: string): Promise<ReviewRow[]> {
  return query(
    db,
    sql`select id, note, comparison, at, created_by from strategy.memo_review where memo_id = ${memoId} order by id`,
  )
}

export type OptionRow = {
  id: string
  scenario_id: string
  name: string
  version: number
  content: ScenarioContent
  engine_version: string
  seed: number
  draws: number
  input_hash: string
  results: ScenarioResults | null
}

/** Runs with the scenario they are of, to be copied into a memo. */
export function selectOptions(db: Queryable, runIds: readonly string[]): Promise<OptionRow[]> {
  return query(
    db,
    sql`select r.id, r.scenario_id, s.name, r.version, v.content, r.engine_version, r.seed, r.draws, r.input_hash, r.results
        from strategy.scenario_run r
        join strategy.scenario s on s.id = r.scenario_id
        join strategy.scenario_version v on v.scenario_id = r.scenario_id and v.version = r.version
        where r.id = any(${runIds}::uuid[])`,
  )
}

export type NewMemo = {
  id: string
  title: string
  question: string
  options: MemoOption[]
  at: Date
  by: string | null
}

export async function insertMemo(db: Queryable, memo: NewMemo): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.memo (id, title, question, options, risks, decision, owner, state, created_at, created_by)
        values (${memo.id}, ${memo.title}, ${memo.question}, ${JSON.stringify(memo.options)}::jsonb, '', '', '', 'draft',
          ${memo.at}, ${memo.by})`,
  )
}

/** Writes a memo; nothing when it is decided. */
export async function updateMemo(db: Queryable, id: string, memo: MemoBody): Promise<boolean> {
  const rows = await execute(
    db,
    sql`update strategy.memo set title = ${memo.title}, question = ${memo.question}, risks = ${memo.risks},
          decision = ${memo.decision}, chosen_run_id = ${memo.chosenRunId}, owner = ${memo.owner}, review_on = ${memo.reviewOn}
        where id = ${id} and state = 'draft'`,
  )
  return rows === 1
}

export async function markDecided(db: Queryable, id: string, at: Date, by: string | null): Promise<boolean> {
  const rows = await execute(
    db,
    sql`update strategy.memo set state = 'decided', decided_at = ${at}, decided_by = ${by}
        where id = ${id} and state = 'draft'`,
  )
  return rows === 1
}

export async function insertReview(
  db: Queryable,
  row: { id: string; memoId: string; note: string; comparison: MemoComparison; at: Date; by: string | null },
): Promise<void> {
  await execute(
    db,
    sql`insert into strategy.memo_review (id, memo_id, note, comparison, at, created_by)
        values (${row.id}, ${row.memoId}, ${row.note}, ${JSON.stringify(row.comparison)}::jsonb, ${row.at}, ${row.by})`,
  )
}
