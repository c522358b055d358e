import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { text } from '../../../kernel/messages.ts'
import {
  archiveScenarioRow,
  insertChallenge,
  insertScenario,
  insertVersion,
  selectScenario,
  takeNextVersion,
} from './queries/scenarios.ts'
import { readScenario } from './read-scenario.ts'
import { nextMonth, takeSnapshot } from './read-snapshot.ts'

const usualMonths = 36

/** What is uncertain of any firm: how much is bought at all, and how much prices count. */
function firstContent(ctx: Ctx, question: string, startsOn: string): ScenarioContent {
  const words = (key: string): string => text(ctx.locale, `strategy.uncertain.${key}`)
  return {
    question,
    startsOn,
    months: usualMonths,
    discountRate: 0.08,
    judgements: [],
    planned: [],
    moves: [],
    uncertain: [
      {
        name: words('demand'),
        distribution: { kind: 'lognormal', median: 1, spread: 1.1 },
        affects: [{ what: 'demand' }],
      },
      {
        name: words('prices'),
        distribution: { kind: 'triangular', least: 0.6, likely: 1, most: 1.6 },
        affects: [{ what: 'priceSensitivity' }],
      },
    ],
    assumptions: [],
  }
}

/**
 * Begins a scenario: from the firm's figures of today, or as a copy of another with the figures that one started from.
 * @throws strategy.no_history, strategy.scenario_not_found
 */
export async function createScenario(
  ctx: Ctx,
  tx: Tx,
  { name, question, copyOf }: { name: string; question: string; copyOf: string | null },
): Promise<Scenario> {
  const [id, at, by] = [ctx.ids.next(), ctx.clock.now(), actorLabel(ctx.actor)]
  const model = copyOf === null ? undefined : await selectScenario(tx, copyOf)
  if (copyOf !== null && !model) throw refuse('strategy.scenario_not_found')
  const startsOn = nextMonth(ctx)
  const hash = model?.snapshot_hash ?? (await takeSnapshot(ctx, tx, startsOn)).hash
  const content = model ? { ...model.content, question } : firstContent(ctx, question, startsOn)
  await insertScenario(tx, { id, name, at, by })
  await insertVersion(tx, { id, version: 1, hash, content, at, by })
  return readScenario(ctx, tx, id)
}

/**
 * Writes the next version; the one before stays as it is.
 * @throws strategy.scenario_not_found, strategy.scenario_changed when somebody wrote a version meanwhile, strategy.no_history
 */
export async function saveScenario(
  ctx: Ctx,
  tx: Tx,
  id: string,
  body: { name: string; version: number; content: ScenarioContent; recalibrate: boolean },
): Promise<Scenario> {
  const { name, version, content, recalibrate } = body
  const taken = await takeNextVersion(tx, { id, name, version })
  const row = await selectScenario(tx, id, version)
  if (!row) throw refuse('strategy.scenario_not_found')
  if (!taken) throw refuse('strategy.scenario_changed', { version: row.latest_version })
  const hash = recalibrate ? (await takeSnapshot(ctx, tx, content.startsOn)).hash : row.snapshot_hash
  const [at, by] = [ctx.clock.now(), actorLabel(ctx.actor)]
  await insertVersion(tx, { id, version: version + 1, hash, content, at, by })
  return readScenario(ctx, tx, id)
}

/** Takes a scenario off the list. @throws strategy.scenario_not_found */
export async function archiveScenario(ctx: Ctx, tx: Tx, id: string): Promise<undefined> {
  if (!(await archiveScenarioRow(tx, id, ctx.clock.now()))) throw refuse('strategy.scenario_not_found')
}

/** Keeps what somebody holds against an assumption. @throws strategy.scenario_not_found */
export async function challengeAssumption(
  ctx: Ctx,
  tx: Tx,
  scenarioId: string,
  { assumption, note }: { assumption: string; note: string },
): Promise<Scenario> {
  if (!(await selectScenario(tx, scenarioId))) throw refuse('strategy.scenario_not_found')
  const [id, at, by] = [ctx.ids.next(), ctx.clock.now(), actorLabel(ctx.actor)]
  await insertChallenge(tx, { id, scenarioId, assumption, note, at, by })
  return readScenario(ctx, tx, scenarioId)
}
