import type { ImportSettings } from '@ecluse/contracts/interchange.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Issue } from './domain/issue.ts'
import type { CsvFormat, SourceFile } from './read-csv.ts'

/** How the units of a file (products, lines, customers) ended. */
export type Outcomes = { created: number; updated: number; unchanged: number; refused: number }

/** What one batch came to. */
export type BatchResult = {
  readonly outcomes: Outcomes
  readonly issues: readonly Issue[]
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Some hundred units of the file, ready to be written in one transaction. `write` may be called again when that transaction
 * was rolled back for a passing reason, so it changes nothing but the database.
 */
export type Batch = { write(ctx: Ctx, tx: Tx): Promise<BatchResult> }

export type ImportTask = {
  readonly ctx: Ctx
  readonly file: SourceFile
  readonly format: CsvFormat
  readonly settings: ImportSettings
  /** Nothing is kept: what one batch wrote is not there for the next. */
  readonly dryRun: boolean
  onBytes(bytes: number): void
}

/** Reads a file of one kind into batches. */
export type Importer = (task: ImportTask) => AsyncGenerator<Batch>

export const noOutcomes: Outcomes = { created: 0, updated: 0, unchanged: 0, refused: 0 }

/** Adds figures up by name. */
export function addCounts(into: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) into[name] = (into[name] ?? 0) + count
}
