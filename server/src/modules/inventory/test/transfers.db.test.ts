import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import { createTestRng } from '../../../../test/kit/rng.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { shop, visitor, asStaff, settle } = await createTestShop({ products: 6, unitsPerPlace: 20 })
const staff = asStaff()
const warehouse = shop.places['entrepot'] ?? ''
const nantes = shop.places['nantes'] ?? ''
const [first = '', second = '', third = '', fourth = ''] = shop.variantIds

type Units = readonly (readonly [variantId: string, units: number])[]

async function requested(lines: Units, fromPlaceId = warehouse, toPlaceId = nantes): Promise<string> {
  const body = {
    fromPlaceId,
    toPlaceId,
    note: null,
    lines: lines.map(([variantId, requestedUnits]) => ({ variantId, requestedUnits })),
  }
  return (await staff(endpoints.requestTransfer, { body })).id
}
const send = (transferId: string, lines: Units, who = staff) =>
  who(endpoints.sendTransfer, {
    params: { transferId },
    body: { lines: lines.map(([variantId, units]) => ({ variantId, units })) },
  })
const receive = (transferId: string, lines: Units, reasonCode: ReasonCode | null = null, who = staff) =>
  who(endpoints.receiveTransfer, {
    params: { transferId },
    body: { lines: lines.map(([variantId, units]) => ({ variantId, units, reasonCode })) },
  })

async function onHand(variantId: string, placeId: string): Promise<number> {
  const { items } = await staff(endpoints.listStock, { query: { variantId, placeId } })
  return items[0]?.onHand ?? 0
}

const code = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', code)

test('goods leave one place, are in transit, and arrive at the other', async () => {
  const id = await requested([[first, 5], [second, 3]]) // prettier-ignore
  expect([await onHand(first, warehouse), await onHand(first, nantes)]).toEqual([20, 20])
  const sent = await send(id, [[first, 5], [second, 2]]) // prettier-ignore
  expect(sent).toMatchObject({ state: 'sent', number: expect.stringMatching(/^TR-/) })
  expect([await onHand(first, warehouse), await onHand(first, nantes)]).toEqual([15, 20])
  const { items } = await staff(endpoints.listTransfers, { query: { q: sent.number } })
  expect(items[0]).toMatchObject({ inTransitUnits: 7, requestedUnits: 8 })
  const { items: levels } = await staff(endpoints.listStock, { query: { variantId: first, placeId: nantes } })
  expect(levels[0]?.inTransit).toBe(5)
  const done = await receive(id, [[first, 5], [second, 2]]) // prettier-ignore
  expect(done.state).toBe('received')
  expect([await onHand(first, warehouse), await onHand(first, nantes)]).toEqual([15, 25])
})

test('what is missing on arrival needs a reason, and is written off by the journal', async () => {
  const id = await requested([[third, 6]])
  await send(id, [[third, 6]])
  expect(await refusal(receive(id, [[third, 4]]))).toBe('inventory.reason_needed')
  const { number } = await receive(id, [[third, 4]], 'lost_in_transit')
  const { items } = await staff(endpoints.listMovements, { query: { variantId: third } })
  expect(items.filter(({ reference }) => reference === number).map((m) => [m.kind, m.quantity, m.reasonCode])).toEqual([
    ['loss', -2, 'lost_in_transit'],
    ['transfer_in', 6, null],
    ['transfer_out', -6, null],
  ])
  expect(await onHand(third, nantes)).toBe(24)
})

test('two clerks who receive or send the same transfer at once do it once', async () => {
  const id = await requested([[second, 4]])
  const before = [await onHand(second, warehouse), await onHand(second, nantes)] as const
  const sent = await Promise.all(Array.from({ length: 4 }, () => refusal(send(id, [[second, 4]], asStaff()))))
  expect(sent.filter((outcome) => outcome === 'done')).toHaveLength(1)
  const arrived = await Promise.all(
    Array.from({ length: 4 }, () => refusal(receive(id, [[second, 4]], null, asStaff()))),
  )
  expect(arrived.toSorted()).toEqual(['done', ...Array.from({ length: 3 }, () => 'inventory.document_state')])
  expect([await onHand(second, warehouse), await onHand(second, nantes)]).toEqual([before[0] - 4, before[1] + 4])
})

test('what customers were promised does not leave, even when both are asked for at once', async () => {
  await settle()
  const id = await requested([[fourth, 20]])
  const orders = Array.from({ length: 8 }, () =>
    refusal(visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: fourth, quantity: 1 }]) })),
  )
  const [outcome] = await Promise.all([refusal(send(id, [[fourth, 20]])), ...orders])
  const { items } = await staff(endpoints.listStock, { query: { variantId: fourth, placeId: warehouse } })
  const level = items[0]
  expect((level?.committed ?? 0) + (level?.held ?? 0)).toBeLessThanOrEqual(level?.onHand ?? 0)
  expect(level?.onHand).toBe(outcome === 'done' ? 0 : 20)
})

test('a transfer is cancelled before it leaves, not after', async () => {
  const id = await requested([[first, 1]])
  const params = { transferId: id }
  expect((await staff(endpoints.cancelTransfer, { params, body: {} })).state).toBe('cancelled')
  expect(await refusal(send(id, [[first, 1]]))).toBe('inventory.document_state')
  const gone = await requested([[first, 1]])
  await send(gone, [[first, 1]])
  expect(await refusal(staff(endpoints.cancelTransfer, { params: { transferId: gone }, body: {} }))).toBe(
    'inventory.document_state',
  )
})

test('people act where they work: the shop asks, the warehouse sends, the shop receives', async () => {
  const manager = asStaff(permissionsOfRole.shop_manager, [shop.sites['nantes'] ?? ''])
  const clerk = asStaff(permissionsOfRole.clerk, [shop.sites['nantes'] ?? ''])
  const stranger = asStaff(permissionsOfRole.shop_manager, [shop.sites['lyon'] ?? ''])
  const lines = [{ variantId: first, requestedUnits: 2 }]
  const body = { fromPlaceId: warehouse, toPlaceId: nantes, note: null, lines }
  expect(await refusal(stranger(endpoints.requestTransfer, { body }))).toBe('access.wrong_site')
  const { id } = await manager(endpoints.requestTransfer, { body })
  expect(await refusal(send(id, [[first, 2]], manager))).toBe('access.wrong_site')
  await send(id, [[first, 2]])
  expect(await refusal(receive(id, [[first, 2]], null, stranger))).toBe('access.wrong_site')
  expect(await refusal(stranger(endpoints.getTransfer, { params: { transferId: id }, query: {} }))).toBe(
    'access.wrong_site',
  )
  expect(await refusal(receive(id, [[first, 2]], null, clerk))).toBe('done')
})

test('whatever is sent and received, what left is what arrived, what is in transit and what was lost', async () => {
  const rng = createTestRng()
  const variantIds = shop.variantIds.slice(4)
  const places = Object.values(shop.places)
  const units = (most: number) => rng.uint32() % (most + 1)
  // The oracle: units by article and place, and those on the way, in plain maps.
  const shelves = new Map(variantIds.flatMap((v) => places.map((p) => [`${v} ${p}`, 20] as [string, number])))
  const add = (variantId: string, placeId: string, n: number) =>
    shelves.set(`${variantId} ${placeId}`, (shelves.get(`${variantId} ${placeId}`) ?? 0) + n)
  let lost = 0
  const waiting: { id: string; to: string; lines: [string, number][] }[] = []
  for (let step = 0; step < 30; step++) {
    const [from = '', to = ''] = rng.uint32() % 2 ? places : places.toReversed()
    if (waiting.length > 0 && rng.uint32() % 2) {
      const { id, to: target, lines } = waiting.shift() ?? { id: '', to: '', lines: [] }
      const arrived = lines.map(([variantId, n]) => [variantId, units(n + 1)] as [string, number])
      await receive(id, arrived, 'other')
      for (const [index, [variantId, n]] of arrived.entries()) {
        add(variantId, target, n)
        lost += (lines[index]?.[1] ?? 0) - n
      }
    } else {
      const lines = variantIds.map((variantId) => [variantId, 1 + units(6)] as [string, number])
      const id = await requested(lines, from, to)
      const short = lines.some(([variantId, n]) => n > (shelves.get(`${variantId} ${from}`) ?? 0))
      expect(await refusal(send(id, lines))).toBe(short ? 'inventory.not_enough' : 'done')
      if (short) continue
      for (const [variantId, n] of lines) add(variantId, from, -n)
      waiting.push({ id, to, lines })
    }
  }
  for (const variantId of variantIds)
    for (const placeId of places) expect(await onHand(variantId, placeId)).toBe(shelves.get(`${variantId} ${placeId}`))
  const onShelves = [...shelves.values()].reduce((sum, n) => sum + n, 0)
  const inTransit = waiting.flatMap(({ lines }) => lines).reduce((sum, [, n]) => sum + n, 0)
  expect(onShelves + inTransit + lost).toBe(20 * variantIds.length * places.length)
  expect((await staff(endpoints.verifyStock, {})).differences).toEqual([])
})
