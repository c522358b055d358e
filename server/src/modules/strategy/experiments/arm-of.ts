import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { membersOf, survivorsOf } from '../../customers/public.ts'
import { armCellOf, drawnAs, isHeldOutOfAll } from '../../engagement/public.ts'
import { selectExperiment, type ExperimentRow } from './queries/experiments.ts'
import { firstExposure, noteExposure, type ExposureRow } from './queries/exposures.ts'

/**
 * The arm a customer is drawn into: by the draw that journeys test their cells with, from the experiment, its seed and the first of all
 * who are this customer.
 */
function drawArm(experiment: Pick<ExperimentRow, 'id' | 'seed' | 'arms'>, memberIds: readonly string[]): string {
  const cells = experiment.arms.map(({ key, share }) => ({ key, weight: share }))
  return armCellOf(cells, experiment, drawnAs(memberIds))?.key ?? controlOf(experiment)
}

export const controlOf = ({ arms }: Pick<ExperimentRow, 'arms'>): string => arms[0]?.key ?? ''

type Told = { arm: string; counted: boolean; exposedAt: string | null }

/**
 * The arm of a customer. The first time it is asked is when they met the experiment; from then on they stay in it, whoever they are
 * merged with: of two arms that met, the first. Who is held out of everything gets what is done today and is not counted; once it has
 * ended everybody gets what was decided.
 * @throws strategy.experiment_not_found, strategy.experiment_by_site, strategy.experiment_not_running, customers.not_found
 */
export async function askArm(ctx: Ctx, experimentId: string, customerId: string): Promise<Told> {
  const experiment = await selectExperiment(ctx.db, experimentId)
  if (!experiment) throw refuse('strategy.experiment_not_found')
  if (experiment.unit === 'site') throw refuse('strategy.experiment_by_site')
  if (experiment.state === 'draft') throw refuse('strategy.experiment_not_running')
  const root = (await survivorsOf(ctx.db, [customerId])).get(customerId)
  if (root === undefined) throw refuse('customers.not_found')
  const memberIds = await membersOf(ctx.db, root)
  const known = await firstExposure(ctx.db, experimentId, memberIds)
  if (experiment.state === 'ended') return told(experiment.decided_arm ?? controlOf(experiment), false, known)
  if (await isHeldOutOfAll(ctx.db, memberIds)) return told(controlOf(experiment), false, known)
  if (known) return told(known.arm, true, known)
  return inTransaction(ctx.db, async (tx) => {
    const arm = drawArm(experiment, memberIds)
    await noteExposure(tx, { party_id: root, experiment_id: experimentId, arm, exposed_at: ctx.clock.now() })
    // Whoever asked at the same moment may have been first.
    const first = await firstExposure(tx, experimentId, memberIds)
    return told(first?.arm ?? arm, true, first)
  })
}

const told = (arm: string, counted: boolean, exposure: ExposureRow | undefined): Told => ({
  arm,
  counted,
  exposedAt: exposure?.exposed_at.toISOString() ?? null,
})
