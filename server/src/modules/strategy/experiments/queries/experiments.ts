import type {
  Experiment,
  ExperimentArm,
  ExperimentBaseline,
  ExperimentDesign,
  ExperimentKpi,
  ExperimentPlan,
  ExperimentUnit,
} from '@ecluse/contracts/experiments.ts'
import sql, { type Sql } from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../../kernel/db.ts'

/** What was planned before it began, beside what has a column of its own. */
export type StoredDesign = Pick<ExperimentDesign, 'effect' | 'level' | 'power' | 'adjust'> & {
  baseline: ExperimentBaseline
  plan: ExperimentPlan
}

export type ExperimentRow = {
  id: string
  revision: number
  name: string
  hypothesis: string
  unit: ExperimentUnit
  kpi: ExperimentKpi
  window_days: number
  arms: ExperimentArm[]
  seed: number
  design: StoredDesign
  state: Experiment['state']
  started_at: Date | null
  ended_at: Date | null
  ended_by: string | null
  decided_arm: string | null
  decision: string | null
  created_at: Date
  created_by: string | null
}

/** Experiments: those that run, then drafts, then those that ended, the latest first. */
export function selectExperiments(db: Queryable): Promise<ExperimentRow[]> {
  return query(
    db,
    sql`${columns} order by case e.state when 'running' then 0 when 'draft' then 1 else 2 end, e.ended_at desc, e.id desc`,
  )
}

export function selectExperiment(db: Queryable, id: string): Promise<ExperimentRow | undefined> {
  return maybeOne(db, sql`${columns} where e.id = ${id}`)
}

const columns: Sql = sql`select e.id, e.revision, e.name, e.hypothesis, e.unit, e.kpi, e.window_days, e.arms, e.seed, e.design, e.state,
  e.started_at, e.ended_at, e.ended_by, e.decided_arm, e.decision, e.created_at, e.created_by from strategy.experiment e`

type Written = Pick<ExperimentRow, 'id' | 'name' | 'hypothesis' | 'unit' | 'kpi' | 'window_days' | 'arms' | 'design'>

export async function insertExperiment(
  tx: Tx,
  row: Written & Pick<ExperimentRow, 'seed' | 'created_at' | 'created_by'>,
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.experiment (id, name, hypothesis, unit, kpi, window_days, arms, seed, design, created_at, created_by)
        values (${row.id}, ${row.name}, ${row.hypothesis}, ${row.unit}, ${row.kpi}, ${row.window_days},
          ${JSON.stringify(row.arms)}::jsonb, ${row.seed}, ${JSON.stringify(row.design)}::jsonb, ${row.created_at}, ${row.created_by})`,
  )
}

export async function updateDraft(tx: Tx, row: Written): Promise<void> {
  await execute(
    tx,
    sql`update strategy.experiment set revision = revision + 1, name = ${row.name}, hypothesis = ${row.hypothesis}, unit = ${row.unit},
          kpi = ${row.kpi}, window_days = ${row.window_days}, arms = ${JSON.stringify(row.arms)}::jsonb,
          design = ${JSON.stringify(row.design)}::jsonb where id = ${row.id}`,
  )
}

export async function deleteDraft(tx: Tx, id: string): Promise<void> {
  await execute(tx, sql`delete from strategy.experiment where id = ${id}`)
}

export async function writeStart(tx: Tx, id: string, at: Date, by: string | null): Promise<void> {
  await execute(
    tx,
    sql`update strategy.experiment set revision = revision + 1, state = 'running', started_at = ${at}, started_by = ${by}
        where id = ${id}`,
  )
}

export async function writeEnd(
  tx: Tx,
  row: { id: string; at: Date; by: string | null; arm: string | null; why: string },
): Promise<void> {
  await execute(
    tx,
    sql`update strategy.experiment set revision = revision + 1, state = 'ended', ended_at = ${row.at}, ended_by = ${row.by},
          decided_arm = ${row.arm}, decision = ${row.why} where id = ${row.id}`,
  )
}

export type SiteRow = { site_id: string; name: string; arm: string; customers: number }

export async function insertSites(
  tx: Tx,
  experimentId: string,
  sites: readonly Omit<SiteRow, 'name'>[],
): Promise<void> {
  await execute(
    tx,
    sql`insert into strategy.experiment_site (experiment_id, site_id, arm, customers)
        select ${experimentId}, site_id, arm, customers
        from unnest(${sites.map((site) => site.site_id)}::uuid[], ${sites.map(({ arm }) => arm)}::text[],
          ${sites.map(({ customers }) => customers)}::int[]) as each_one (site_id, arm, customers)`,
  )
}

export function selectSites(db: Queryable, experimentId: string): Promise<SiteRow[]> {
  return query(
    db,
    sql`select x.site_id, s.name, x.arm, x.customers from strategy.experiment_site x join channels.site s on s.id = x.site_id
        where x.experiment_id = ${experimentId} order by x.customers desc, s.name, x.site_id`,
  )
}
