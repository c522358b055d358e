import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { effectOfRefusal } from './refusals.ts'
import { source, sourceAgain } from './source.ts'
import { snapshotOf, worldArbitrary } from './test/worlds.ts'
import { refusalReasons } from '@ecluse/contracts/sourcing.ts'

test.each([
  ['not_found', { onHand: { kind: 'count', units: -2 }, safetyUnits: 0, closesToday: false }],
  ['damaged', { onHand: { kind: 'loss', units: -2 }, safetyUnits: 0, closesToday: false }],
  ['display_only', { onHand: null, safetyUnits: 2, closesToday: false }],
  ['too_busy', { onHand: null, safetyUnits: 0, closesToday: true }],
  ['closed', { onHand: null, safetyUnits: 0, closesToday: true }],
] as const)('%s changes the right quantity', (reason, effect) => {
  expect(effectOfRefusal(reason, 2)).toEqual(effect)
})

test('what a place refused is not asked of it again, and the reason is said', () => {
  let refused = 0
  fc.assert(
    fc.property(worldArbitrary(6, 4, 8), fc.constantFrom(...refusalReasons), (world, reason) => {
      const snapshot = snapshotOf({ ...world, refusals: [] })
      const [first] = source(world.order, snapshot, world.rules).plans
      const share = first?.allocations[0]
      if (!first || !share) return
      refused += 1
      const { variantId } = world.order.lines.find(({ lineId }) => lineId === share.lineId)!
      const refusal = { placeId: share.placeId, variantId, reason }
      const again = sourceAgain(world.order, snapshot, world.rules, [refusal])
      const whole = reason === 'too_busy' || reason === 'closed'
      for (const plan of again.plans) {
        for (const { lineId, placeId } of plan.allocations) {
          const line = world.order.lines.find((candidate) => candidate.lineId === lineId)!
          if (placeId === refusal.placeId) expect(whole || line.variantId === variantId).toBe(false)
        }
      }
      const verdict = again.places.find(({ placeId }) => placeId === refusal.placeId)!
      if (whole) expect(verdict.outcome).toBe('forbidden')
      if (verdict.outcome === 'forbidden') {
        const reasons = verdict.said.map((said) => said.reason)
        expect(reasons).toContainEqual({ code: 'refused', details: { reason } })
      }
    }),
    { numRuns: 300, seed: inject('seed') },
  )
  expect(refused).toBeGreaterThan(50)
})
