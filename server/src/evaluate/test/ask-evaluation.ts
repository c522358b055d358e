import { join } from 'node:path'
import type { EvaluationFigures, EvaluationKind, EvaluationRequest } from '../evaluation.ts'

/** A folder of the published data, where there is any. */
export const dataFolder = (name: string): string =>
  join(process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'), name)

/** Runs an evaluation as the command line does, without its words. */
export async function askEvaluation(
  kind: EvaluationKind,
  files: readonly string[],
  options: EvaluationRequest['options'] = {},
): Promise<EvaluationFigures> {
  return kind.run({ files, options, progress: () => undefined, signal: new AbortController().signal })
}
