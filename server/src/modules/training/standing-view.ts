import type { TrainingStanding } from '@ecluse/contracts/training.ts'
import type { StandingRow } from './queries/standings.ts'

/** Where somebody stands with a course, as the API says it. */
export function standingView(row: StandingRow): TrainingStanding {
  return {
    state: row.state,
    dueAt: row.due_at?.toISOString() ?? null,
    attempts: row.attempts,
    bestScore: row.best_score,
    passedAt: row.passed_at?.toISOString() ?? null,
    validUntil: row.valid_until?.toISOString() ?? null,
  }
}
