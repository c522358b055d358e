import type { EvaluationKind } from './evaluation.ts'

/** What can be evaluated beside routing, by name; loaded when it is asked for. */
export const evaluations: Readonly<Record<string, () => Promise<EvaluationKind>>> = {
  choice: async () => (await import('./choice.ts')).choiceEvaluation,
  'customer-base': async () => (await import('./customer-base.ts')).customerBaseEvaluation,
  effects: async () => (await import('./effects.ts')).effectsEvaluation,
}
