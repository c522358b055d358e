import type { ScenarioComparison, ScenarioRun } from '@ecluse/contracts/scenarios.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { shareOf } from '@ecluse/strategy-engine/scenario/outcome.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { problemWords } from '../computations/problem-words.ts'
import { selectCompared, selectRun, type RunRow } from './queries/runs.ts'

/** A run: how far it is, and what it came to. @throws strategy.run_not_found */
export async function readRun({ locale }: Ctx, db: Queryable, id: string): Promise<ScenarioRun> {
  const row = await selectRun(db, id)
  if (!row) throw refuse('strategy.run_not_found')
  return runOf(row, locale)
}

export function runOf(row: RunRow, locale: Locale): ScenarioRun {
  return {
    id: row.id,
    scenarioId: row.scenario_id,
    version: row.version,
    state: row.state,
    progress: row.progress,
    attempts: row.attempts,
    engineVersion: row.engine_version,
    seed: row.seed,
    draws: row.draws,
    inputHash: row.input_hash,
    resultsHash: row.results_hash,
    replaysId: row.replays_id,
    sameBytes: row.first_hash === null || row.results_hash === null ? null : row.first_hash === row.results_hash,
    problem: row.problem === null ? null : problemWords(row.problem, locale),
    results: row.results,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/**
 * Runs side by side, in the order asked, each against the first: what both have in common by chance falls away.
 * @throws strategy.run_not_found, strategy.run_unfinished, strategy.not_comparable when seed, draws or engine differ
 */
export async function compareRuns(db: Queryable, ids: readonly string[]): Promise<ScenarioComparison> {
  const found = new Map((await selectCompared(db, ids)).map((row) => [row.id, row]))
  const rows = ids.map((id) => {
    const row = found.get(id)
    if (!row) throw refuse('strategy.run_not_found')
    const { results, gains } = row
    if (results === null || gains === null) throw refuse('strategy.run_unfinished')
    return { ...row, results, gains: doublesOf(gains) }
  })
  const [first] = rows
  if (!first) throw refuse('strategy.run_not_found')
  if (rows.some((row) => (['seed', 'draws', 'engine_version'] as const).some((key) => row[key] !== first[key])))
    throw refuse('strategy.not_comparable')
  return {
    runs: rows.map((row, at) => ({
      runId: row.id,
      scenarioId: row.scenario_id,
      name: row.name,
      version: row.version,
      startsOn: row.starts_on,
      results: row.results,
      overFirst: at === 0 ? null : overFirst(row.gains, first.gains),
    })),
  }
}

function overFirst(gains: Float64Array, first: Float64Array) {
  const more = gains.map((gain, draw) => gain - (first[draw] ?? 0))
  const sorted = more.toSorted()
  return {
    mean: more.reduce((sum, one) => sum + one, 0) / more.length,
    low: shareOf(sorted, 0.05),
    high: shareOf(sorted, 0.95),
    better: more.reduce((count, one) => count + Number(one > 0), 0) / more.length,
  }
}

/** Doubles as the machine keeps them, copied to where their length fits. */
const doublesOf = (bytes: Buffer): Float64Array => new Float64Array(new Uint8Array(bytes).buffer)
