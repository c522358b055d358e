import type { AuditReport, AuditSummary } from '@ecluse/contracts/audits.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../../kernel/db.ts'
import { finish, type Kept, type Runner } from '../../computations/queries/computations.ts'

/** Audits are computations, kept in a table of theirs. */
export const audits: Kept = { update: sql`update strategy.audit`, from: sql`from strategy.audit` }

export type AuditRow = {
  id: string
  from_day: string
  until_day: string
  state: AuditSummary['state']
  progress: number
  weaknesses: number | null
  report_hash: string | null
  created_at: Date
  created_by: string | null
}

const columns = sql`id, from_day::text as from_day, until_day::text as until_day, state, progress::float8 as progress,
  jsonb_array_length(report -> 'weaknesses') as weaknesses, report_hash, created_at, created_by`

export function selectAudits(db: Queryable): Promise<AuditRow[]> {
  return query(db, sql`select ${columns} from strategy.audit order by id desc limit 100`)
}

export async function auditById(
  db: Queryable,
  id: string,
): Promise<(AuditRow & { report: AuditReport | null }) | undefined> {
  const [row] = await query<AuditRow & { report: AuditReport | null }>(
    db,
    sql`select ${columns}, report from strategy.audit where id = ${id}`,
  )
  return row
}

export async function insertAudit(
  tx: Tx,
  row: Pick<AuditRow, 'id' | 'from_day' | 'until_day' | 'created_at' | 'created_by'>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.audit (id, from_day, until_day, state, created_at, created_by)
        values (${row.id}, ${row.from_day}, ${row.until_day}, 'waiting', ${row.created_at}, ${row.created_by})`,
  )
}

/** Keeps a report. */
export function keepReport(
  db: Queryable,
  runner: Runner,
  { report, hash }: { report: string; hash: string },
): Promise<void> {
  return finish(db, audits, runner, sql`report = ${report}::jsonb, report_hash = ${hash}`)
}

export type CompetitorRow = { competitor: string; sku: string; seen_on: string; price_minor: bigint; offer: string }

/** The last that was seen of each competitor and article. */
export function latestCompetitorPrices(db: Queryable): Promise<CompetitorRow[]> {
  return query(
    db,
    sql`select distinct on (competitor, sku) competitor, sku, seen_on::text as seen_on, price_minor, offer
        from strategy.competitor_price order by competitor, sku, seen_on desc`,
  )
}

export async function upsertCompetitorPrices(
  tx: Tx,
  rows: readonly CompetitorRow[],
  { at, by }: { at: Date; by: string | null },
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.competitor_price (competitor, sku, seen_on, price_minor, offer, created_at, created_by)
        select r.*, ${at}::timestamptz, ${by}::text
        from unnest(${rows.map((one) => one.competitor)}::text[], ${rows.map((one) => one.sku)}::text[],
          ${rows.map((one) => one.seen_on)}::date[], ${rows.map((one) => one.price_minor)}::bigint[],
          ${rows.map((one) => one.offer)}::text[]) as r
        on conflict (competitor, sku, seen_on) do update set price_minor = excluded.price_minor, offer = excluded.offer,
          created_at = excluded.created_at, created_by = excluded.created_by`,
  )
}
