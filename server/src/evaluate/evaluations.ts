import type { EvaluationKind } from './evaluation.ts'

/** What can be evaluated beside routing, by name; loaded when it is asked for. */
export const evaluations: Readonly<Record<string, () => Promise<EvaluationKind>>> = {
  choice: async () => (await import('./choice.ts')).choiceEvaluation,
  'customer-base': async () => (await import('./customer-base.ts')).customerBaseEvaluation,
  clv: async () => (await import('./clv.ts')).clvEvaluation,
  effects: async () => (await import('./effects.ts')).effectsEvaluation,
  'price-response': async () => (await import('./price-response.ts')).priceResponseEvaluation,
  'media-mix': async () => (await import('./media-mix.ts')).mediaMixEvaluation,
  worlds: async () => (await import('./worlds.ts')).worldsEvaluation,
  attribution: async () => (await import('./attribution.ts')).attributionEvaluation,
  circuits: async () => (await import('./circuits.ts')).circuitsEvaluation,
  finance: async () => (await import('./finance.ts')).financeEvaluation,
  forecast: async () => (await import('./forecast.ts')).forecastEvaluation,
  stock: async () => (await import('./stock.ts')).stockEvaluation,
  yield: async () => (await import('./yield.ts')).yieldEvaluation,
  sharing: async () => (await import('./sharing.ts')).sharingEvaluation,
  experiments: async () => (await import('./experiments.ts')).experimentsEvaluation,
  recommendation: async () => (await import('./recommendation.ts')).recommendationEvaluation,
  matching: async () => (await import('./matching.ts')).matchingEvaluation,
  'contact-rules': async () => (await import('./contact-rules.ts')).contactRulesEvaluation,
  uplift: async () => (await import('./uplift.ts')).upliftEvaluation,
  grid: async () => (await import('./grid.ts')).gridEvaluation,
  objective: async () => (await import('./objective.ts')).objectiveEvaluation,
  scenario: async () => (await import('./scenario.ts')).scenarioEvaluation,
  'compared-customers': async () => (await import('./compared-customers.ts')).comparedCustomersEvaluation,
  venture: async () => (await import('./venture.ts')).ventureEvaluation,
}
