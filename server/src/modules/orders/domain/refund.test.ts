import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptOf, refundOf, type Carriages, type RefundableLine } from './refund.ts'

const carriage = (feeMinor: number, surchargeMinor = 0, backMinor = 0) => ({ feeMinor, surchargeMinor, backMinor })
const oneWay = (feeMinor: number): Carriages => new Map([[null, carriage(feeMinor)]])

test('however a line comes back, unit by unit or at once, exactly what was paid for it is given back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.bigInt({ min: 0n, max: 100_000n }),
      fc.nat(2_000),
      (quantity, unit, fee) => {
        const total = unit * BigInt(quantity)
        const line = { id: 'a', quantity, line_total_minor: total, vat_minor: total / 6n }
        let given = 0n
        let vat = 0n
        for (let returned = 0; returned < quantity; returned++) {
          const refund = refundOf(
            oneWay(fee),
            [{ ...line, returned_quantity: returned }],
            [{ lineId: 'a', quantity: 1 }],
          )
          given += refund.totalMinor
          vat += refund.lineVatMinor
        }
        expect([given, vat]).toEqual([total + BigInt(fee), total / 6n])
      },
    ),
  )
})

test('the delivery is refunded with the last unit only (L221-24)', () => {
  const lines = [
    { id: 'a', quantity: 1, returned_quantity: 0, line_total_minor: 1_000n, vat_minor: 167n },
    { id: 'b', quantity: 1, returned_quantity: 0, line_total_minor: 2_000n, vat_minor: 333n },
  ]
  expect(refundOf(oneWay(590), lines, [{ lineId: 'a', quantity: 1 }]).totalMinor).toBe(1_000n)
  const rest = lines.map((line) => (line.id === 'a' ? { ...line, returned_quantity: 1 } : line))
  expect(refundOf(oneWay(590), rest, [{ lineId: 'b', quantity: 1 }]).totalMinor).toBe(2_590n)
})

test('the delivery of a part goes back with the last of that part, whatever is kept of the others', () => {
  const lines = [
    { id: 'a', quantity: 2, returned_quantity: 0, line_total_minor: 1_000n, vat_minor: 167n, group_no: 0 },
    { id: 'b', quantity: 1, returned_quantity: 0, line_total_minor: 2_000n, vat_minor: 333n, group_no: 1 },
  ]
  const parts: Carriages = new Map([
    [0, carriage(990, 400)],
    [1, carriage(200)],
  ])
  expect(refundOf(parts, lines, [{ lineId: 'a', quantity: 1, byChoice: true }]).feeMinor).toBe(0n)
  const changedMind = refundOf(parts, lines, [{ lineId: 'a', quantity: 2, byChoice: true }])
  expect(changedMind.carriage).toEqual(new Map([[0, 590n]]))
  // What the seller did wrong costs its buyer nothing: the supplement goes back too.
  expect(refundOf(parts, lines, [{ lineId: 'a', quantity: 2 }]).feeMinor).toBe(990n)
})

type Event = { readonly line: number; readonly quantity: number; readonly byChoice: boolean }
const events = fc.array(
  fc.record({ line: fc.nat(5), quantity: fc.integer({ min: 1, max: 3 }), byChoice: fc.boolean() }),
)
const orders = fc.record({
  lines: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 4 }),
      unit: fc.nat(9_999),
      part: fc.nat(2),
      exchanged: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  fees: fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900)),
  surcharges: fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900)),
})

type Sold = typeof orders extends fc.Arbitrary<infer T> ? T : never

/** Plays what comes back, act by act, as the order's rows would remember it. */
function play({ lines: sold, fees, surcharges }: Sold, acts: readonly Event[]) {
  // What was given in exchange is in no part.
  let lines = sold.map(({ quantity, unit, part, exchanged }, n): RefundableLine => ({
    id: String(n),
    quantity,
    returned_quantity: 0,
    line_total_minor: BigInt(unit * quantity),
    vat_minor: 0n,
    group_no: exchanged ? null : part,
  }))
  const parts = new Map(fees.map((fee, no) => [no, carriage(fee, Math.min(fee, surcharges[no] ?? 0))]))
  let given = 0n
  let byChoice = true
  for (const { line: at, quantity: wanted, byChoice: choice } of acts) {
    const line = lines[at % lines.length]
    const quantity = Math.min(wanted, line ? keptOf(line) : 0)
    if (!line || quantity === 0) continue
    byChoice &&= choice
    const refund = refundOf(parts, lines, [{ lineId: line.id, quantity, byChoice: choice }])
    given += refund.totalMinor
    for (const [no, minor] of refund.carriage) {
      const part = parts.get(Number(no))
      if (part) parts.set(Number(no), { ...part, backMinor: part.backMinor + Number(minor) })
    }
    lines = lines.map((one) => (one === line ? { ...one, returned_quantity: one.returned_quantity + quantity } : one))
  }
  const goods = lines.reduce((sum, line) => sum + line.line_total_minor, 0n)
  return { given, parts, lines, byChoice, paid: goods + BigInt(fees.reduce((sum, fee) => sum + fee, 0)) }
}

test('refunds never exceed what was paid, and when everything is back only supplements by choice stay', () => {
  fc.assert(
    fc.property(orders, events, (order, acts) => {
      const some = play(order, acts)
      expect(some.given <= some.paid).toBe(true)
      for (const { feeMinor, backMinor } of some.parts.values()) expect(backMinor).toBeLessThanOrEqual(feeMinor)
      const rest = order.lines.map((_, line) => ({ line, quantity: 4, byChoice: true }))
      const all = play(order, [...acts, ...rest])
      expect(all.lines.every((line) => keptOf(line) === 0)).toBe(true)
      const stays = [...all.parts.values()].reduce((sum, part) => sum + part.feeMinor - part.backMinor, 0)
      expect(all.paid - all.given).toBe(BigInt(stays))
      for (const part of all.parts.values()) {
        expect(part.feeMinor - part.backMinor).toBeLessThanOrEqual(part.surchargeMinor)
        if (all.byChoice) expect(part.backMinor).toBe(part.feeMinor - part.surchargeMinor)
      }
    }),
    { numRuns: 500 },
  )
})
