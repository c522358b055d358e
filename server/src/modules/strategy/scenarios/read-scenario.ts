import type { Scenario, ScenarioListItem, ScenarioSnapshot } from '@ecluse/contracts/scenarios.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { runOf } from './read-run.ts'
import { selectRunsOf } from './queries/runs.ts'
import {
  selectChallenges,
  selectScenario,
  selectScenarios,
  selectVersions,
  type ScenarioRow,
} from './queries/scenarios.ts'

/** What of a snapshot is kept under its hash; when it was read is beside it. */
export type SnapshotContent = Omit<ScenarioSnapshot, 'hash' | 'readAt'>

/** A scenario at a version. @throws strategy.scenario_not_found */
export async function readScenario(
  ctx: Ctx,
  db: Queryable,
  id: string,
  version: number | null = null,
): Promise<Scenario> {
  const [row, versions, challenges, runs] = await Promise.all([
    selectScenario(db, id, version),
    selectVersions(db, id),
    selectChallenges(db, id),
    selectRunsOf(db, id),
  ])
  if (!row) throw refuse('strategy.scenario_not_found')
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    content: row.content,
    snapshot: snapshotOf(row),
    versions: versions.map(({ version: number, created_at, created_by }) => ({
      version: number,
      at: created_at.toISOString(),
      by: created_by,
    })),
    challenges: challenges.map(({ id: challenge, assumption, note, at, created_by }) => ({
      id: challenge,
      assumption,
      note,
      at: at.toISOString(),
      by: created_by,
    })),
    runs: runs.map((run) => {
      const { results: _, ...rest } = runOf(run, ctx.locale)
      return rest
    }),
  }
}

export function snapshotOf({ snapshot, snapshot_hash, read_at }: ScenarioRow): ScenarioSnapshot {
  const content = JSON.parse(snapshot) as SnapshotContent
  return { ...content, hash: snapshot_hash, readAt: read_at.toISOString() }
}

export async function listScenarios(db: Queryable): Promise<ScenarioListItem[]> {
  const rows = await selectScenarios(db)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    question: row.question,
    version: row.version,
    moves: row.moves,
    updatedAt: row.updated_at.toISOString(),
    run:
      row.run_id === null
        ? null
        : {
            id: row.run_id,
            version: row.run_version,
            state: row.run_state,
            gain: row.gain,
            startsOn: row.starts_on,
            months: row.months,
          },
  }))
}
