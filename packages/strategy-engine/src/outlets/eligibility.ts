import { requireOnce, requireRange } from '../unanswerable.ts'

/** What a selected outlet must have, said before anybody applies: objective, the same for all, and proportionate. */
export interface OutletCriterion {
  name: string
  /** The least a candidate has, in the criterion’s own unit. */
  least: number
  /** Whether a candidate without it is refused, or only ranked lower. */
  required: boolean
  /** What meeting it counts for in the ranking. */
  weight: number
}

export interface OutletJudgement {
  outlet: string
  eligible: boolean
  /** Share of the weight that is met, between 0 and 1; what is met in part counts in part. */
  score: number
  /** What is missing, and by how much: what the outlet is answered. */
  missing: { criterion: string; has: number; least: number; required: boolean }[]
}

/**
 * Judges candidates by the criteria of a selective network. Such criteria are lawful when they are qualitative, needed for the product, uniform
 * and applied to all alike (CJEU 25 October 1977, 26/76, Metro; Regulation (EU) 2022/720, art. 1(1)(g)); hence nothing but criteria and
 * figures decides here, and each refusal names what is missing. Throws `Unanswerable` (`repeated`, `out_of_range`).
 */
export function judgeOutlets(
  criteria: readonly OutletCriterion[],
  candidates: readonly { name: string; figures: Readonly<Record<string, number>> }[],
): OutletJudgement[] {
  requireOnce(criteria)
  requireOnce(candidates)
  for (const { name, least, weight } of criteria) {
    requireRange(name, least, 0, 1e12)
    requireRange(name, weight, 0, 1e6)
  }
  const total = criteria.reduce((sum, { weight }) => sum + weight, 0)
  return candidates.map(({ name, figures }) => {
    const judged = criteria.map((criterion) => {
      const has = figures[criterion.name] ?? 0
      requireRange(`${name}, ${criterion.name}`, has, 0, 1e12)
      return { ...criterion, has, part: criterion.least === 0 ? 1 : Math.min(1, has / criterion.least) }
    })
    const missing = judged.filter(({ part }) => part < 1)
    return {
      outlet: name,
      eligible: !missing.some(({ required }) => required),
      score: total === 0 ? 1 : judged.reduce((sum, { weight, part }) => sum + weight * part, 0) / total,
      missing: missing.map(({ name: criterion, has, least, required }) => ({ criterion, has, least, required })),
    }
  })
}
