import type { HoldReason, RetentionCategory, RetentionRule, RetentionState } from '@ecluse/contracts/retention.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type RetentionRuleRow = { version: number; rule: RetentionRule; since: Date; actor: string | null }

/** The rule in force; undefined while nobody decided one. */
export function currentRule(db: Queryable): Promise<RetentionRuleRow | undefined> {
  return maybeOne(db, sql`select version, rule, since, actor from rights.retention_rule order by version desc limit 1`)
}

export async function insertRule(tx: Tx, row: RetentionRuleRow): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.retention_rule (version, rule, since, actor)
        values (${row.version}, ${JSON.stringify(row.rule)}::jsonb, ${row.since}, ${row.actor})`,
  )
}

export type RunCounts = Readonly<
  Record<'examined' | 'planned' | 'announced' | 'waiting' | 'held' | 'erasing' | 'spared', number>
>
export type RunRow = {
  id: string
  live: boolean
  version: number
  last_party_id: string | null
  counts: RunCounts | Record<string, never>
  started_at: Date
  done_at: Date | null
}

const runColumns = sql`id, live, version, last_party_id, counts, started_at, done_at`

/** Runs, the latest first. */
export function runsOf(db: Queryable, limit: number): Promise<RunRow[]> {
  return query(db, sql`select ${runColumns} from rights.retention_run order by started_at desc, id desc limit ${limit}`)
}

export async function insertRun(tx: Tx, row: Pick<RunRow, 'id' | 'live' | 'version' | 'started_at'>): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.retention_run (id, live, version, started_at)
        values (${row.id}, ${row.live}, ${row.version}, ${row.started_at})`,
  )
}

export async function updateRun(tx: Tx, row: RunRow): Promise<void> {
  await execute(
    tx,
    sql`update rights.retention_run set last_party_id = ${row.last_party_id}, counts = ${JSON.stringify(row.counts)}::jsonb,
          done_at = ${row.done_at} where id = ${row.id}`,
  )
}

export type CaseRow = {
  party_id: string
  id: string
  category: RetentionCategory
  state: RetentionState
  last_act_kind: string | null
  last_act_on: string
  erase_on: string
  announced_on: string | null
  obstacles: string[]
  request_id: string | null
  run_id: string
  locale: Locale
  kept_at: Date | null
  updated_at: Date
}

const caseColumns = sql`party_id, id, category, state, last_act_kind, to_char(last_act_on, 'YYYY-MM-DD') as last_act_on,
  to_char(erase_on, 'YYYY-MM-DD') as erase_on, to_char(announced_on, 'YYYY-MM-DD') as announced_on, obstacles, request_id, run_id,
  locale, kept_at, updated_at`

export function casesOf(db: Queryable, partyIds: readonly string[]): Promise<CaseRow[]> {
  return query(db, sql`select ${caseColumns} from rights.retention_case where party_id = any(${partyIds}::uuid[])`)
}

export function caseById(db: Queryable, id: string): Promise<CaseRow | undefined> {
  return maybeOne(db, sql`select ${caseColumns} from rights.retention_case where id = ${id}`)
}

/** Writes cases as they are now, over what they were. */
export async function putCases(tx: Tx, rows: readonly CaseRow[]): Promise<void> {
  if (rows.length === 0) return
  await execute(
    tx,
    sql`insert into rights.retention_case (party_id, id, category, state, last_act_kind, last_act_on, erase_on, announced_on, obstacles,
          request_id, run_id, locale, kept_at, updated_at)
        select party_id, id, category, state, last_act_kind, last_act_on, erase_on, announced_on, obstacles, request_id, run_id, locale,
          kept_at, updated_at
        from json_populate_recordset(null::rights.retention_case, ${asJson(rows)}::json)
        on conflict (party_id) do update set category = excluded.category, state = excluded.state,
          last_act_kind = excluded.last_act_kind, last_act_on = excluded.last_act_on, erase_on = excluded.erase_on,
          announced_on = excluded.announced_on, obstacles = excluded.obstacles, request_id = excluded.request_id,
          run_id = excluded.run_id, locale = excluded.locale, kept_at = excluded.kept_at, updated_at = excluded.updated_at`,
  )
}

/** Cases a whole run did not find any more: they were heard of again. @returns whose, and what it stood at */
export function dropUnseen(tx: Tx, runId: string): Promise<{ party_id: string; state: RetentionState }[]> {
  return query(
    tx,
    sql`delete from rights.retention_case where run_id <> ${runId} and state not in ('erasing', 'kept') returning party_id, state`,
  )
}

export async function dropCases(tx: Tx, partyIds: readonly string[]): Promise<void> {
  await execute(tx, sql`delete from rights.retention_case where party_id = any(${partyIds}::uuid[])`)
}

/** Cases by the day they end, the soonest first. */
export function listCases(
  db: Queryable,
  { state, after, limit }: { state: RetentionState | undefined; after: string[] | undefined; limit: number },
): Promise<CaseRow[]> {
  return query(
    db,
    sql`select ${caseColumns} from rights.retention_case
        where ${state ? sql`state = ${state}` : sql`true`}
          ${after ? sql`and (erase_on, party_id) > (${after[0]}::date, ${after[1]}::uuid)` : empty}
        order by erase_on, party_id limit ${limit}`,
  )
}

export function countCases(db: Queryable): Promise<{ state: RetentionState; count: number }[]> {
  return query(db, sql`select state, count(*)::int as count from rights.retention_case group by state order by state`)
}

export type HoldRow = {
  id: string
  party_id: string
  reason: HoldReason
  note: string
  since: Date
  actor: string | null
}

/** What keeps any of these from being erased. */
export function holdsOf(db: Queryable, partyIds: readonly string[]): Promise<HoldRow[]> {
  return query(
    db,
    sql`select id, party_id, reason, note, since, actor from rights.hold
        where party_id = any(${partyIds}::uuid[]) and released_at is null order by since, id`,
  )
}

export async function insertHold(tx: Tx, row: HoldRow): Promise<void> {
  await execute(
    tx,
    sql`insert into rights.hold (id, party_id, reason, note, since, actor)
        values (${row.id}, ${row.party_id}, ${row.reason}, ${row.note}, ${row.since}, ${row.actor})`,
  )
}

/** Ends a hold of one of these. @returns how many there were */
export function endHold(
  tx: Tx,
  { id, partyIds, now, by }: { id: string; partyIds: readonly string[]; now: Date; by: string | null },
): Promise<number> {
  return execute(
    tx,
    sql`update rights.hold set released_at = ${now}, released_by = ${by}
        where id = ${id} and party_id = any(${partyIds}::uuid[]) and released_at is null`,
  )
}
