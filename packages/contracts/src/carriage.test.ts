import { expect, test } from 'vitest'
import { refundFor, surchargeKept } from './carriage.ts'
import type { Order } from './orders.ts'

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const })
const part = (no: number, fee: number, surcharge: number, feeBack = 0) => ({
  no,
  fee: euros(fee),
  surcharge: euros(surcharge),
  feeBack: euros(feeBack),
})
const line = (id: string, groupNo: number | null, returnedQuantity = 0) => ({
  id,
  groupNo,
  quantity: 2,
  fulfilledQuantity: 2,
  returnedQuantity,
  lineTotal: euros(1_001),
  exception: null,
})
const orderOf = (lines: unknown[], groups: unknown[], fee = 0) =>
  ({ lines, groups, delivery: part(0, fee, 0) }) as unknown as Order
const units = (lineId: string, quantity: number) => ({ lineId, quantity, byChoice: true })

test('what will be given back is said by the rule of the server', () => {
  const whole = orderOf([line('a', null, 1)], [], 590)
  expect(refundFor(whole, [units('a', 1)])).toEqual({ goodsMinor: 501, carriageMinor: 590, surchargeKeptMinor: 0 })
  const parts = orderOf([line('a', 0), line('b', 1)], [part(0, 990, 400), part(1, 0, 0)])
  expect(refundFor(parts, [units('a', 1)])).toMatchObject({ carriageMinor: 0, surchargeKeptMinor: 0 })
  expect(refundFor(parts, [units('a', 2)])).toEqual({ goodsMinor: 1_001, carriageMinor: 590, surchargeKeptMinor: 400 })
  expect(refundFor(parts, [{ ...units('a', 2), byChoice: false }])).toMatchObject({ carriageMinor: 990 })
})

test('a supplement that stays paid is told once everything of its part is back', () => {
  expect(surchargeKept(orderOf([line('a', 0, 1), line('b', 1)], [part(0, 990, 400)]))).toBe(0)
  expect(surchargeKept(orderOf([line('a', 0, 2), line('b', 1)], [part(0, 990, 400, 590)]))).toBe(400)
  expect(surchargeKept(orderOf([line('a', 0, 2)], [part(0, 990, 400, 990)]))).toBe(0)
})
