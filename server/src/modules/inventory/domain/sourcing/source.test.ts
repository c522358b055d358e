import { reasonCodes, sourcingRulesSchema } from '@ecluse/contracts/sourcing.ts'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { bestPlan, planOf } from './best-plan.ts'
import { legCost, policyOf } from './judge.ts'
import { legFrom } from './leg.ts'
import { problemOf } from './problem.ts'
import type { ReasonCode } from './reasons.ts'
import { defaultSourcingRules } from './rules.ts'
import { search } from './search.ts'
import { source } from './source.ts'
import { cheapest } from './test/exhaustive.ts'
import { rulesArbitrary, snapshotOf, worldArbitrary, type World } from './test/worlds.ts'
import type { SourcingPlan } from './types.ts'

const runs = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: inject('seed') })

/** A plan serves every line whole, gives nothing that is not there, and breaks no hard rule. */
function checkPlan(world: World, plan: SourcingPlan): void {
  const { order, places, stock, coming } = world
  for (const line of order.lines) {
    const shares = plan.allocations.filter(({ lineId }) => lineId === line.lineId)
    expect(shares.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line.quantity)
    if (order.split !== 'units') expect(shares).toHaveLength(1)
  }
  if (order.split === 'none') expect(plan.legs).toHaveLength(1)
  expect(new Set(plan.legs.map(({ placeId }) => placeId)).size).toBe(plan.legs.length)
  const fewest = world.rules.find(({ code }) => code === 'fewest_parcels')
  if (fewest?.code === 'fewest_parcels' && fewest.enabled)
    expect(plan.legs.length).toBeLessThanOrEqual(fewest.parameters.maxLegs ?? Infinity)
  for (const leg of plan.legs) {
    const place = places.find(({ id }) => id === leg.placeId)!
    const arrivals = [null, ...Object.values(coming).flatMap((list) => list.map(({ atMs }) => atMs))]
    const waited = arrivals
      .map((arrivalMs) => ({ arrivalMs, leg: legFrom(place, order, snapshotOf(world).nowMs, arrivalMs) }))
      .filter((option) => option.leg.leavesAtMs === leg.leavesAtMs)
      .filter((option) => legCost(policyOf(world.rules), option.leg, order, snapshotOf(world).nowMs) !== Infinity)
    expect(waited).not.toHaveLength(0)
    for (const variantId of 'abcd') {
      const lineIds = order.lines.filter((line) => line.variantId === variantId).map(({ lineId }) => lineId)
      const taken = plan.allocations
        .filter((share) => share.placeId === place.id && lineIds.includes(share.lineId))
        .reduce((sum, { quantity }) => sum + quantity, 0)
      const latest = Math.max(...waited.map(({ arrivalMs }) => arrivalMs ?? 0))
      const arrived = (coming[`${variantId} ${place.id}`] ?? []).filter(({ atMs }) => atMs <= latest)
      const has = Math.max(0, stock[`${variantId} ${place.id}`] ?? 0)
      expect(taken).toBeLessThanOrEqual(has + arrived.reduce((sum, { units }) => sum + units, 0))
    }
  }
  expect(plan.promiseAtMs).toBe(Math.max(...plan.legs.map(({ arrivesAtMs }) => arrivesAtMs)))
}

test('costs exactly what the exhaustive optimum costs, for up to five places and four lines', () => {
  let plans = 0
  let several = 0
  fc.assert(
    fc.property(worldArbitrary(), (world) => {
      const { plans: ranked, proven } = source(world.order, snapshotOf(world), world.rules)
      expect(proven).toBe(true)
      expect(ranked[0]?.costMinor ?? null).toBe(cheapest(world))
      plans += ranked.length > 0 ? 1 : 0
      several += (ranked[0]?.legs.length ?? 0) > 1 ? 1 : 0
    }),
    runs(400),
  )
  // A property over worlds where nothing can be sourced would prove nothing.
  expect(plans).toBeGreaterThan(50)
  expect(several).toBeGreaterThan(5)
})

test('plans keep to stock and hard rules, costs add up, ranks ascend', () => {
  const codes = new Set<ReasonCode>()
  fc.assert(
    fc.property(worldArbitrary(9, 6, 14), (world) => {
      const { plans, places } = source(world.order, snapshotOf(world), world.rules)
      expect(places.map(({ placeId }) => placeId)).toEqual(world.places.map(({ id }) => id))
      plans.forEach((plan, index) => {
        checkPlan(world, plan)
        expect(plan.said.reduce((sum, { costMinor }) => sum + costMinor, 0)).toBe(plan.costMinor)
        for (const { reason } of plan.said) codes.add(reason.code)
        expect(plan.said.some(({ effect }) => effect === 'forbid')).toBe(false)
        expect(plan.behindMinor).toBe(plan.costMinor - plans[0]!.costMinor)
        if (index > 0) expect(plan.behindMinor).toBeGreaterThanOrEqual(plans[index - 1]!.behindMinor)
      })
      for (const verdict of places) {
        if (verdict.outcome === 'forbidden') {
          expect(verdict.said[0]?.effect).toBe('forbid')
          for (const { reason } of verdict.said) codes.add(reason.code)
        }
        if (verdict.outcome === 'dearer' && verdict.behindMinor !== null)
          expect(verdict.behindMinor).toBeGreaterThanOrEqual(0)
        const chosen = plans[0]?.legs.some(({ placeId }) => placeId === verdict.placeId) ?? false
        expect(verdict.outcome === 'chosen').toBe(chosen)
      }
    }),
    runs(400),
  )
  // Most of what can be said was, and nothing else.
  for (const code of codes) expect(reasonCodes).toContain(code)
  expect(codes.size).toBeGreaterThan(15)
})

test('a place that lost is told how much dearer it would have been', () => {
  let lost = 0
  let exact = 0
  fc.assert(
    fc.property(worldArbitrary(4, 3, 5), (world) => {
      const { plans, places } = source(world.order, snapshotOf(world), world.rules)
      const [first] = plans
      if (!first) return
      for (const verdict of places) {
        if (verdict.outcome !== 'dearer') continue
        const best = cheapest(world, verdict.placeId)
        lost += 1
        exact += (best === null ? null : best - first.costMinor) === verdict.behindMinor ? 1 : 0
        if (verdict.behindMinor === null) continue
        // Never less than it is, by the judge that knows all plans.
        expect(best).not.toBeNull()
        expect(verdict.behindMinor).toBeGreaterThanOrEqual(best! - first.costMinor)
      }
    }),
    runs(300),
  )
  expect(lost).toBeGreaterThan(10)
  expect(exact / lost).toBeGreaterThan(0.9)
})

test('the hot path finds the plan that the full answer ranks first', () => {
  fc.assert(
    fc.property(worldArbitrary(9, 5, 12), (world) => {
      const [first] = source(world.order, snapshotOf(world), world.rules).plans
      const { behindMinor: _b, said: _s, ...plan } = first ?? { behindMinor: 0, said: [] }
      expect(bestPlan(world.order, snapshotOf(world), world.rules)).toEqual(first ? plan : null)
    }),
    runs(400),
  )
})

test('where nothing can be proven, plans still keep to the rules and are near the best', () => {
  let guessed = 0
  let least = 0
  fc.assert(
    fc.property(worldArbitrary(16, 6, 12), (world) => {
      const problem = problemOf(world.order, snapshotOf(world), world.rules)
      const proof = search(problem)
      const [guess] = search(problem, { work: 0 }).candidates
      if (guess) checkPlan(world, planOf(problem, guess))
      const [best] = proof.candidates
      if (!proof.proven || !best) return
      // A limit on legs, or whole lines that share an article, may leave the rules of thumb without a plan.
      const shared = world.order.split === 'lines' && problem.articles.length < problem.lines.length
      if (problem.maxLegs > 2 && !shared) expect(guess).toBeDefined()
      if (!guess) return
      expect(guess.costMinor).toBeGreaterThanOrEqual(best.costMinor)
      guessed += guess.costMinor
      least += best.costMinor
    }),
    runs(120),
  )
  expect(least).toBeGreaterThan(0)
  expect(guessed / least).toBeLessThan(1.05)
})

test('the order of places and lines changes nothing but the order of the answer', () => {
  fc.assert(
    fc.property(worldArbitrary(7, 5, 10), fc.nat(), (world, turn) => {
      const turned = <T>(items: readonly T[]): T[] => items.map((_, i) => items[(i + turn) % items.length]!)
      const places = turned([...world.places].reverse())
      const order = { ...world.order, lines: turned(world.order.lines) }
      const plan = bestPlan(world.order, snapshotOf(world), world.rules)
      const again = bestPlan(order, snapshotOf({ ...world, places }), world.rules)
      expect(again?.costMinor).toBe(plan?.costMinor)
      expect(again?.legs).toEqual(plan?.legs)
      expect(new Set(again?.allocations.map((share) => JSON.stringify(share)))).toEqual(
        new Set(plan?.allocations.map((share) => JSON.stringify(share))),
      )
      expect(bestPlan(world.order, snapshotOf(world), world.rules)).toEqual(plan)
    }),
    runs(400),
  )
})

test('one place more never makes the best plan dearer, unless it closes a supplier', () => {
  fc.assert(
    fc.property(worldArbitrary(6, 4, 8), (world) => {
      const fewer = { ...world, places: world.places.slice(0, -1) }
      const closes = ({ order, rules, ...rest }: World): string => {
        const { articles, ownUnits } = problemOf(order, snapshotOf({ order, rules, ...rest }), rules)
        return articles.map(({ units }, index) => (ownUnits[index]! >= units ? 'own' : 'open')).join()
      }
      fc.pre(closes(fewer) === closes(world))
      const before = bestPlan(fewer.order, snapshotOf(fewer), fewer.rules)
      const after = bestPlan(world.order, snapshotOf(world), world.rules)
      if (before) expect(after?.costMinor ?? Infinity).toBeLessThanOrEqual(before.costMinor)
    }),
    runs(400),
  )
})

test('what is missing is said: nothing is missing from an order that has a plan', () => {
  fc.assert(
    fc.property(worldArbitrary(), (world) => {
      const { plans, missing } = source(world.order, snapshotOf(world), world.rules)
      if (plans.length > 0) expect(missing).toEqual([])
      for (const { wanted, allowed, forbidden } of missing) {
        expect(allowed).toBeLessThan(wanted)
        for (const { units, said } of forbidden) {
          expect(units).toBeGreaterThan(0)
          expect(said[0]?.effect).toBe('forbid')
        }
      }
    }),
    runs(300),
  )
})

test('rules are data that a table can store; each at most once', () => {
  fc.assert(
    fc.property(rulesArbitrary, (rules) => {
      expect(sourcingRulesSchema.parse(JSON.parse(JSON.stringify(rules)))).toEqual(rules)
    }),
  )
  expect(sourcingRulesSchema.parse(defaultSourcingRules)).toEqual(defaultSourcingRules)
  const [first] = defaultSourcingRules
  expect(sourcingRulesSchema.safeParse([first, first]).success).toBe(false)
  expect(sourcingRulesSchema.safeParse([{ ...first, parameters: {} }]).success).toBe(false)
})
