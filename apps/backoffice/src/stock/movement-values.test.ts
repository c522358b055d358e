import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { bodyOfMovement, movementActs, reverseOf, type MovementBody } from './movement-values.ts'

const variantId = '0192f000-0000-7000-8000-000000000001'
const placeId = '0192f000-0000-7000-8000-000000000002'
const toPlaceId = '0192f000-0000-7000-8000-000000000003'

/** What a movement does to the quantity on hand at its place. */
const effect = (body: MovementBody, before: number): number => {
  if (body.kind === 'count') return body.counted - before
  return body.kind === 'receipt' ? body.quantity : -body.quantity
}

test('whatever is recorded, its opposite gives the quantity back, even after sales', () => {
  const values = fc.record({
    kind: fc.constantFrom(...movementActs),
    quantity: fc.integer({ min: 1, max: 500 }),
    before: fc.integer({ min: 0, max: 500 }),
  })
  fc.assert(
    fc.property(values, ({ kind, quantity, before }) => {
      const typed = {
        kind,
        variantId,
        placeId,
        toPlaceId,
        quantity,
        reasonCode: 'damaged',
        reason: 'x',
        lots: [],
      } as const
      const body = endpoints.recordMovement.body.parse(bodyOfMovement(typed))
      const opposite = reverseOf(body, before, 'erreur')
      const made = effect(body, before)
      if (made === 0) {
        expect(opposite).toBeNull()
        return
      }
      expect(opposite).not.toBeNull()
      endpoints.recordMovement.body.parse(opposite)
      const back = opposite!.kind === 'transfer' ? opposite!.quantity : effect(opposite!, before + made)
      expect(made + back).toBe(0)
    }),
  )
})

test('a loss needs its reason, a receipt does not', () => {
  const typed = { variantId, placeId, toPlaceId: '', quantity: 2, reasonCode: '', reason: ' ' } as const
  const check = (kind: 'loss' | 'receipt') =>
    endpoints.recordMovement.body.safeParse(bodyOfMovement({ ...typed, kind }))
  expect(check('loss').success).toBe(false)
  expect(check('receipt').success).toBe(true)
})

test('an empty quantity is refused, not taken for zero', () => {
  const typed = { kind: 'count', variantId, placeId, toPlaceId: '', quantity: '', reasonCode: '', reason: '' } as const
  expect(endpoints.recordMovement.body.safeParse(bodyOfMovement(typed)).success).toBe(false)
})
