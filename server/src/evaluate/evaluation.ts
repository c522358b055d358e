import type { MessageKey } from '../kernel/messages.ts'

/** What an evaluation found: how good something is, in figures, beside a reference where there is one. */
export interface Evaluation {
  evaluation: string
  results: Record<string, number>
  /** How many things were evaluated. */
  n: number
  seconds: number
}

/** An option of an evaluation, as the command line takes it. */
export interface EvaluationOption {
  type: 'string' | 'boolean'
  help: MessageKey
  /** What stands for the value in the help: `COLUMN`, `N`. */
  value?: string
}

/** What an evaluation is asked. */
export interface EvaluationRequest {
  files: readonly string[]
  options: Readonly<Record<string, string | boolean | undefined>>
  /** Shows progress to a person. */
  progress(line: string): void
  /** Aborted when whoever asked no longer waits. */
  signal: AbortSignal
}

/** One evaluation of `npx ecluse evaluate`, listed in `evaluations.ts`. */
export interface EvaluationKind {
  /** What it measures, and the files it reads. */
  help: MessageKey
  options: Readonly<Record<string, EvaluationOption>>
  /**
   * Figures by name, and how many things they speak of. Throws `Unanswerable` when the data hold no answer, `EvaluationError` when
   * the question is put wrongly.
   */
  run(request: EvaluationRequest): EvaluationFigures | Promise<EvaluationFigures>
}

export interface EvaluationFigures {
  results: Record<string, number>
  n: number
}
