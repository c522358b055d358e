import type { Analysis, AnalysisKind, AnalysisSummary } from '@ecluse/contracts/analyses.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { problemWords } from '../computations/problem-words.ts'
import { selectAnalyses, selectAnalysis, type AnalysisRow } from './queries/analyses.ts'

export async function listAnalyses({ db, locale }: Ctx, kind: AnalysisKind): Promise<{ items: AnalysisSummary[] }> {
  return { items: (await selectAnalyses(db, kind)).map((row) => summaryOf(row, locale)) }
}

/** A question with its answer, or how far it is. @throws strategy.analysis_not_found */
export async function readAnalysis({ locale }: Ctx, db: Queryable, id: string): Promise<Analysis> {
  const row = await selectAnalysis(db, id)
  if (!row) throw refuse('strategy.analysis_not_found')
  return { ...summaryOf(row, locale), results: row.results }
}

function summaryOf(row: AnalysisRow, locale: Locale): AnalysisSummary {
  return {
    id: row.id,
    question: row.question,
    state: row.state,
    progress: row.progress,
    attempts: row.attempts,
    engineVersion: row.engine_version,
    seed: row.seed,
    inputHash: row.input_hash,
    resultsHash: row.results_hash,
    replaysId: row.replays_id,
    sameBytes: row.first_hash === null || row.results_hash === null ? null : row.first_hash === row.results_hash,
    problem: row.problem === null ? null : problemWords(row.problem, locale),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
