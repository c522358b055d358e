import type { Experiment, ExperimentDetail } from '@ecluse/contracts/experiments.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { selectExperiment, selectExperiments, selectSites, type ExperimentRow } from './queries/experiments.ts'

export async function listExperiments(db: Queryable): Promise<{ items: Experiment[] }> {
  return { items: (await selectExperiments(db)).map(experimentView) }
}

/** @throws strategy.experiment_not_found */
export async function readExperiment(db: Queryable, id: string): Promise<ExperimentDetail> {
  const row = await selectExperiment(db, id)
  if (!row) throw refuse('strategy.experiment_not_found')
  const sites = await selectSites(db, id)
  return { ...experimentView(row), sites: sites.map(({ site_id: siteId, ...site }) => ({ siteId, ...site })) }
}

function experimentView(row: ExperimentRow): Experiment {
  const { baseline, plan, ...terms } = row.design
  return {
    id: row.id,
    revision: row.revision,
    name: row.name,
    hypothesis: row.hypothesis,
    design: { unit: row.unit, kpi: row.kpi, windowDays: row.window_days, ...terms, arms: row.arms },
    baseline,
    plan,
    seed: row.seed,
    state: row.state,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: row.ended_by,
    decision: row.decision === null ? null : { arm: row.decided_arm, why: row.decision },
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  }
}
