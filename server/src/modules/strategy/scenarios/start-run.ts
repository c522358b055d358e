import type { ScenarioRun } from '@ecluse/contracts/scenarios.ts'
import { engineVersion } from '@ecluse/strategy-engine/engine-version.ts'
import { layOut } from '@ecluse/strategy-engine/scenario/layout.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { hashOf } from '../computations/hash-of.ts'
import { requestCancel } from '../computations/queries/computations.ts'
import { answerable } from '../answerable.ts'
import { engineScenario } from './domain/engine-scenario.ts'
import { writeInput } from './domain/run-input.ts'
import { enqueueRun } from './run-job.ts'
import { insertRun, runs, selectInput, selectRun, type NewRun } from './queries/runs.ts'
import { selectScenario } from './queries/scenarios.ts'
import { readRun } from './read-run.ts'
import { snapshotOf } from './read-scenario.ts'

/**
 * Has a version of a scenario simulated in the background, once it is sure that it can be.
 * @throws strategy.scenario_not_found, strategy.unanswerable
 */
export async function startRun(
  ctx: Ctx,
  tx: Tx,
  scenarioId: string,
  { version, draws, seed }: { version?: number | undefined; draws: number; seed: number },
): Promise<ScenarioRun> {
  const row = await selectScenario(tx, scenarioId, version ?? null)
  if (!row) throw refuse('strategy.scenario_not_found')
  const { content } = row
  const scenario = answerable(ctx.locale, () => {
    const made = engineScenario(content, snapshotOf(row).figures)
    layOut(made)
    return made
  })
  const input = writeInput({ scenario, seed, draws, startsOn: content.startsOn })
  return begin(ctx, tx, {
    scenarioId,
    version: row.version,
    replaysId: null,
    seed,
    draws,
    input,
    inputHash: hashOf(input),
  })
}

/** Has a run computed again from the bytes it was computed from. @throws strategy.run_not_found, strategy.run_unfinished */
export async function replayRun(ctx: Ctx, tx: Tx, id: string): Promise<ScenarioRun> {
  const [row, input] = [await selectRun(tx, id), await selectInput(tx, id)]
  if (!row || input === undefined) throw refuse('strategy.run_not_found')
  if (row.state !== 'done') throw refuse('strategy.run_unfinished')
  const { scenario_id: scenarioId, version, seed, draws, input_hash: inputHash } = row
  return begin(ctx, tx, { scenarioId, version, replaysId: row.replays_id ?? id, seed, draws, input, inputHash })
}

async function begin(ctx: Ctx, tx: Tx, run: Omit<NewRun, 'id' | 'engineVersion' | 'at' | 'by'>): Promise<ScenarioRun> {
  const id = ctx.ids.next()
  await insertRun(tx, { ...run, id, engineVersion, at: ctx.clock.now(), by: actorLabel(ctx.actor) })
  await enqueueRun(tx, id)
  return readRun(ctx, tx, id)
}

/** Asks a run to stop; one that is over stays what it is. @throws strategy.run_not_found */
export async function cancelRun(ctx: Ctx, tx: Tx, id: string): Promise<ScenarioRun> {
  await requestCancel(tx, runs, id, ctx.clock.now())
  return readRun(ctx, tx, id)
}
