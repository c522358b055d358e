import { judgeVenture, type Venture } from '@ecluse/strategy-engine/ventures/shared-venture.ts'
import { z } from 'zod'
import { onlyFile } from './evaluation-options.ts'
import type { EvaluationKind } from './evaluation.ts'
import { readJsonFile } from './json-file.ts'

const money = z.number().default(0)
const ventureSchema: z.ZodType<Venture> = z.strictObject({
  parties: z.array(z.strictObject({ name: z.string(), investment: money, yearlyCost: money })),
  benefits: z.array(
    z.strictObject({ name: z.string(), to: z.string(), needs: z.array(z.string()).default([]), yearly: z.number() }),
  ),
  payments: z
    .array(z.strictObject({ name: z.string(), from: z.string(), to: z.string(), yearly: z.number() }))
    .default([]),
  years: z.number(),
  discountRate: z.number().default(0),
})

/** `npx ecluse evaluate venture FILE`: who gets what of something made together, by the stated rule, Shapley and Nash. */
export const ventureEvaluation: EvaluationKind = {
  help: 'cli.evaluate.venture.help',
  options: {},
  run: (request) => {
    const venture = readJsonFile(onlyFile(request), ventureSchema)
    const { total, shares, acceptable, leaving } = judgeVenture(venture)
    const results: Record<string, number> = {
      total,
      acceptable: Number(acceptable),
      leaving_gain: leaving?.gain ?? 0,
    }
    for (const { party, own, stated, shapley, nash, yearlyToShapley } of shares) {
      results[`own.${party}`] = own
      results[`stated.${party}`] = stated
      results[`shapley.${party}`] = shapley
      results[`nash.${party}`] = nash
      results[`yearly_to_shapley.${party}`] = yearlyToShapley
      results[`leaves.${party}`] = Number(leaving?.parties.includes(party) ?? false)
    }
    return { results, n: shares.length }
  },
}
