import type { ImportKind, ImportSettings } from '@ecluse/contracts/interchange.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable } from '../../../kernel/db.ts'
import type { Issue } from '../domain/issue.ts'
import type { ImportProgress } from '../run-import.ts'

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export type RunRow = {
  id: string
  kind: ImportKind
  file_name: string
  settings: ImportSettings
  dry_run: boolean
  state: RunState
  cancel_requested: boolean
  bytes_read: bigint
  bytes_total: bigint
  created: bigint
  updated: bigint
  unchanged: bigint
  refused: bigint
  warnings: bigint
  refused_lines: number
  counts: Record<string, number>
  error: { code: string; values: Record<string, string | number> } | null
  created_by: string | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

const columns = sql`id, kind, file_name, settings, dry_run, state, cancel_requested, bytes_read, bytes_total, created, updated,
  unchanged, refused, warnings, counts, error, created_by, created_at, started_at, finished_at,
  (select count(*)::int from interchange.import_issue i where i.import_id = import_run.id and i.severity = 'refused') as refused_lines`

export type NewRun = {
  id: string
  kind: ImportKind
  fileName: string
  settings: ImportSettings
  dryRun: boolean
  bytesTotal: number
  createdBy: string | null
}

export async function insertRun(db: Queryable, run: NewRun, now: Date): Promise<void> {
  await execute(
    db,
    sql`insert into interchange.import_run (id, kind, file_name, settings, dry_run, state, bytes_total, created_by, created_at)
        values (${run.id}, ${run.kind}, ${run.fileName}, ${JSON.stringify(run.settings)}::jsonb, ${run.dryRun}, 'waiting',
          ${run.bytesTotal}, ${run.createdBy}, ${now})`,
  )
}

export async function selectRun(db: Queryable, id: string): Promise<RunRow | undefined> {
  return maybeOne(db, sql`select ${columns} from interchange.import_run where id = ${id}`)
}

/** Imports before one, newest first. */
export async function selectRuns(db: Queryable, beforeId: string | undefined, limit: number): Promise<RunRow[]> {
  return query(
    db,
    sql`select ${columns} from interchange.import_run where (${beforeId ?? null}::uuid is null or id < ${beforeId ?? null}::uuid)
        order by id desc limit ${limit}`,
  )
}

/**
 * Takes a run to work on, from the start: one that waits, or whose runner fell silent.
 * @returns undefined when another has it, or it is over
 */
export async function claimRun(
  db: Queryable,
  { id, runner, now, silentSince }: { id: string; runner: string; now: Date; silentSince: Date },
): Promise<RunRow | undefined> {
  return maybeOne(
    db,
    sql`update interchange.import_run set state = 'running', runner = ${runner}, heartbeat_at = ${now},
          started_at = coalesce(started_at, ${now}), bytes_read = 0, created = 0, updated = 0, unchanged = 0, refused = 0,
          warnings = 0, counts = '{}'
        where id = ${id} and (state = 'waiting' or (state = 'running' and heartbeat_at < ${silentSince}))
        returning ${columns}`,
  )
}

/** Runs that should be under way and are not: waiting without a job, or left by a runner that died. */
export async function abandonedRuns(db: Queryable, silentSince: Date): Promise<{ id: string }[]> {
  return query(
    db,
    sql`select id from interchange.import_run
        where (state = 'running' and heartbeat_at < ${silentSince}) or (state = 'waiting' and created_at < ${silentSince})`,
  )
}

/**
 * Tells how far a run is, and that its runner is alive.
 * @returns whether it is to go on: false when it was cancelled, or somebody else has taken it over
 */
export async function updateProgress(
  db: Queryable,
  id: string,
  runner: string,
  p: ImportProgress,
  now: Date,
): Promise<boolean> {
  const rows = await query<{ cancel_requested: boolean }>(
    db,
    sql`update interchange.import_run set heartbeat_at = ${now}, bytes_read = ${p.bytesRead}, created = ${p.created},
          updated = ${p.updated}, unchanged = ${p.unchanged}, refused = ${p.refused}, warnings = ${p.warnings},
          counts = ${JSON.stringify(p.counts)}::jsonb
        where id = ${id} and runner = ${runner} and state = 'running' returning cancel_requested`,
  )
  return rows[0] !== undefined && !rows[0].cancel_requested
}

export async function finishRun(
  db: Queryable,
  id: string,
  runner: string,
  end: { state: 'done' | 'failed' | 'cancelled'; error: RunRow['error'] },
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`update interchange.import_run set state = ${end.state}, error = ${end.error === null ? null : JSON.stringify(end.error)}::jsonb,
          finished_at = ${now} where id = ${id} and runner = ${runner} and state = 'running'`,
  )
}

/** Asks a run to stop; one that nobody has begun is over at once. */
export async function requestCancel(db: Queryable, id: string, now: Date): Promise<RunRow | undefined> {
  return maybeOne(
    db,
    sql`update interchange.import_run set cancel_requested = true,
          state = case when state = 'waiting' then 'cancelled' else state end,
          finished_at = case when state = 'waiting' then ${now}::timestamptz else finished_at end
        where id = ${id} and state in ('waiting', 'running') returning ${columns}`,
  )
}

export async function deleteIssues(db: Queryable, importId: string): Promise<void> {
  await execute(db, sql`delete from interchange.import_issue where import_id = ${importId}`)
}

export async function insertIssues(
  db: Queryable,
  importId: string,
  first: number,
  issues: readonly Issue[],
): Promise<void> {
  if (issues.length === 0) return
  await execute(
    db,
    sql`insert into interchange.import_issue (import_id, position, line, severity, key, field, code, details)
        select ${importId}, i.* from unnest(${issues.map((_, index) => first + index)}::int[], ${issues.map((i) => i.line)}::bigint[],
          ${issues.map((i) => i.severity)}::text[], ${issues.map((i) => i.key)}::text[], ${issues.map((i) => i.field)}::text[],
          ${issues.map((i) => i.code)}::text[], ${issues.map((i) => JSON.stringify(i.values))}::jsonb[]) as i
        on conflict do nothing`,
  )
}

export type IssueRow = Omit<Issue, 'line' | 'values'> & {
  position: number
  line: bigint
  details: Record<string, string | number>
}

/** What was refused or doubtful, in the order it was found. */
export async function selectIssues(
  db: Queryable,
  {
    importId,
    severity,
    after,
    limit,
  }: { importId: string; severity: Issue['severity'] | undefined; after: number; limit: number },
): Promise<IssueRow[]> {
  return query(
    db,
    sql`select position, line, severity, key, field, code, details from interchange.import_issue
        where import_id = ${importId} and position > ${after} and (${severity ?? null}::text is null or severity = ${severity ?? null})
        order by position limit ${limit}`,
  )
}
