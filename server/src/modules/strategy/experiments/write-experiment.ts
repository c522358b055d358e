import type { ExperimentChange, NewExperiment } from '@ecluse/contracts/experiments.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { answerable } from '../answerable.ts'
import { drawSites, seatsOf } from './domain/draw-sites.ts'
import { planExperiment } from './domain/plan-experiment.ts'
import {
  deleteDraft,
  insertExperiment,
  insertSites,
  selectExperiment,
  updateDraft,
  writeEnd,
  writeStart,
  type ExperimentRow,
} from './queries/experiments.ts'
import { lockExperiment } from './queries/locks.ts'
import { customersBySite } from './queries/outcomes.ts'

/** Writes an experiment down with the plan that follows from what it is given. @throws strategy.unanswerable */
export async function createExperiment(ctx: Ctx, tx: Tx, input: NewExperiment): Promise<string> {
  const id = ctx.ids.next()
  await insertExperiment(tx, {
    id,
    ...written(ctx, input),
    seed: seedOf(id),
    created_at: ctx.clock.now(),
    created_by: actorLabel(ctx.actor),
  })
  return id
}

/** Of the random part of its id: a number chance gave, that is kept and can be read. */
const seedOf = (id: string): number => Number.parseInt(id.slice(-8), 16) >>> 1

function written({ locale }: Ctx, { name, hypothesis, design, baseline }: NewExperiment) {
  const { unit, kpi, windowDays, arms, ...terms } = design
  const plan = answerable(locale, () => planExperiment(design, baseline))
  return { name, hypothesis, unit, kpi, window_days: windowDays, arms, design: { ...terms, baseline, plan } }
}

/**
 * Changes a draft.
 * @throws strategy.experiment_not_found, strategy.experiment_started, strategy.experiment_changed, strategy.unanswerable
 */
export async function updateExperiment(ctx: Ctx, tx: Tx, id: string, input: ExperimentChange): Promise<void> {
  const { revision } = await lockDraft(tx, id)
  if (revision !== input.revision) throw refuse('strategy.experiment_changed')
  await updateDraft(tx, { id, ...written(ctx, input) })
}

/** Throws a draft away. @throws strategy.experiment_not_found, strategy.experiment_started */
export async function deleteExperiment(tx: Tx, id: string): Promise<void> {
  await lockDraft(tx, id)
  await deleteDraft(tx, id)
}

async function lockDraft(tx: Tx, id: string): Promise<{ revision: number }> {
  const locked = await lockExperiment(tx, id)
  if (!locked) throw refuse('strategy.experiment_not_found')
  if (locked.state !== 'draft') throw refuse('strategy.experiment_started')
  return locked
}

/**
 * Begins a draft. Where shops are compared, each is drawn now, large and small ones alike in every arm.
 * @throws strategy.experiment_not_found, strategy.experiment_started, strategy.experiment_few_sites
 */
export async function startExperiment(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  await lockDraft(tx, id)
  const experiment = await found(tx, id)
  const now = ctx.clock.now()
  if (experiment.unit === 'site') await drawArms(tx, experiment, now)
  await writeStart(tx, id, now, actorLabel(ctx.actor))
}

async function drawArms(tx: Tx, { id, arms, seed }: ExperimentRow, now: Date): Promise<void> {
  const sites = await customersBySite(tx, now)
  // Two of each arm, or their spread is not known.
  if (seatsOf(sites.length, arms).some((many) => many < 2))
    throw refuse('strategy.experiment_few_sites', { have: sites.length, need: leastSites(arms) })
  await insertSites(tx, id, drawSites(sites, arms, seed))
}

function leastSites(arms: ExperimentRow['arms']): number {
  let count = 2 * arms.length
  while (seatsOf(count, arms).some((many) => many < 2)) count += 1
  return count
}

/**
 * Ends an experiment with what is kept of it.
 * @throws strategy.experiment_not_found, strategy.experiment_not_running, strategy.experiment_no_such_arm
 */
export async function endExperiment(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { arm, why }: { arm: string | null; why: string },
): Promise<void> {
  const locked = await lockExperiment(tx, id)
  if (!locked) throw refuse('strategy.experiment_not_found')
  if (locked.state !== 'running') throw refuse('strategy.experiment_not_running')
  const { arms } = await found(tx, id)
  if (arm !== null && !arms.some(({ key }) => key === arm)) throw refuse('strategy.experiment_no_such_arm')
  await writeEnd(tx, { id, at: ctx.clock.now(), by: actorLabel(ctx.actor), arm, why })
}

async function found(tx: Tx, id: string): Promise<ExperimentRow> {
  const row = await selectExperiment(tx, id)
  if (!row) throw refuse('strategy.experiment_not_found')
  return row
}
