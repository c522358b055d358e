import type { Candidate } from './candidate.ts'
import { carriageOf, judgeLeg, marginLeftMinor } from './judge.ts'
import { legFrom, type Leg } from './leg.ts'
import { refusalOf, supplierClosed, type Article, type Option, type Problem } from './problem.ts'
import type { Said, Speaker, Verdict } from './reasons.ts'
import type { SourcingPlace, SourcingSnapshot } from './types.ts'

/** All that was said about a plan: for each leg, then for each line, then for the whole. */
export function sayPlan(problem: Problem, { options, units }: Candidate): Said[] {
  const { extraLegMinor } = problem.policy
  const legs = options.length - 1
  return [
    ...options.flatMap(({ leg }) => sayLeg(problem, leg)),
    ...problem.lines.flatMap((_, line) =>
      options.flatMap((option, index) => sayLine(problem, option, line, units[line]?.[index] ?? 0)),
    ),
    ...(legs > 0 && extraLegMinor > 0
      ? [
          {
            by: 'fewest_parcels' as const,
            effect: 'cost' as const,
            costMinor: legs * extraLegMinor,
            reason: { code: 'extra_legs' as const, details: { legs } },
            placeId: null,
            lineId: null,
          },
        ]
      : []),
  ]
}

function said(by: Speaker, verdict: Verdict, placeId: string, lineId: string | null = null): Said[] {
  if (verdict.effect === 'abstain') return []
  const costMinor = verdict.effect === 'cost' ? verdict.costMinor : 0
  return [{ by, effect: verdict.effect, costMinor, reason: verdict.reason, placeId, lineId }]
}

function sayLeg({ order, nowMs, policy }: Problem, leg: Leg): Said[] {
  const placeId = leg.place.id
  return [
    ...said('carriage', carriageOf(leg, order), placeId),
    ...policy.ofLegs.flatMap((rule) => said(rule.code, judgeLeg(rule, leg, order, nowMs), placeId)),
  ]
}

function sayLine(problem: Problem, { place }: Option, index: number, units: number): Said[] {
  const line = problem.lines[index]
  if (!line || units === 0) return []
  const minorPerUnit = place.handlingMinorPerUnit
  const handling: Verdict = {
    effect: 'cost',
    costMinor: units * minorPerUnit,
    reason: { code: 'handling', details: { units, minorPerUnit } },
  }
  const { margin } = problem.policy
  const left = margin ? marginLeftMinor(margin, line, place) : 0
  const details = { units, unitMarginMinor: line.unitMarginMinor, keptBasisPoints: place.marginKeptBasisPoints }
  const marginLeft: Verdict =
    left > 0
      ? { effect: 'cost', costMinor: units * left, reason: { code: 'margin_left', details } }
      : { effect: 'abstain' }
  const article = problem.articles.findIndex(({ variantId }) => variantId === line.variantId)
  return [
    ...said('handling', handling, place.id, line.lineId),
    ...said('margin', marginLeft, place.id, line.lineId),
    ...said('supplier_last', supplierVerdict(problem, article, place, units), place.id, line.lineId),
  ]
}

function supplierVerdict(
  { policy, articles, ownUnits }: Problem,
  index: number,
  place: SourcingPlace,
  units: number,
): Verdict {
  const article = articles[index]
  if (place.kind !== 'supplier' || !policy.supplierLast || !article) return { effect: 'abstain' }
  const details = { wanted: article.units, ownUnits: ownUnits[index] ?? 0 }
  if (supplierClosed(policy, article, details.ownUnits))
    return { effect: 'forbid', reason: { code: 'supplier_not_needed', details } }
  const costMinor = units * policy.supplierLast.parameters.minorPerUnit
  const code = details.ownUnits >= article.units ? 'supplier_not_needed' : 'supplier_needed'
  return costMinor > 0
    ? { effect: 'cost', costMinor, reason: { code, details } }
    : { effect: 'allow', reason: { code, details } }
}

/**
 * Why a place that has units may not serve: everything said about it, what forbids first.
 * @param arrivalMs when the units spoken of arrive there; `null`: they are there now
 */
export function sayWhyNot(
  problem: Problem,
  snapshot: SourcingSnapshot,
  place: SourcingPlace,
  arrivalMs: number | null,
  only?: Article,
): Said[] {
  const articles = problem.articles.filter(({ variantId }) => only === undefined || variantId === only.variantId)
  const all = articles.flatMap((article): Said[] => {
    const refusal = refusalOf(snapshot.refusals ?? [], article.variantId, place.id)
    const lineId = problem.lines[article.lines[0] ?? 0]?.lineId ?? null
    const refused: Verdict = refusal
      ? { effect: 'forbid', reason: { code: 'refused', details: { reason: refusal.reason } } }
      : { effect: 'abstain' }
    const index = problem.articles.indexOf(article)
    const supplier = supplierVerdict(problem, index, place, 0)
    return [...said('refusal', refused, place.id, lineId), ...said('supplier_last', supplier, place.id, lineId)]
  })
  const leg = sayLeg(problem, legFrom(place, problem.order, problem.nowMs, arrivalMs))
  const everything = [...leg, ...all]
  return [
    ...everything.filter(({ effect }) => effect === 'forbid'),
    ...everything.filter(({ effect }) => effect !== 'forbid'),
  ]
}
