import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute } from '../../../kernel/db.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 10, unitsPerPlace: 0 })
const staff = asStaff()
const warehouse = shop.places['entrepot'] ?? ''
const nantes = { place: shop.places['nantes'] ?? '', site: shop.sites['nantes'] ?? '' }
const [bar = '', bike = '', second = '', third = '', fourth = '', fifth = '', sixth = '', seventh = '', eighth = ''] =
  shop.variantIds

const byLot: StockTracking = { mode: 'lot', withExpiry: true, minDaysLeft: 0 }
const bySerial: StockTracking = { mode: 'serial', withExpiry: false, minDaysLeft: 0 }
const serials = (...numbers: string[]): LotUnits[] => numbers.map((number) => ({ number, units: 1 }))

const code = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', code)

async function followed(variantId: string, tracking: StockTracking, lots: LotUnits[], placeId = warehouse) {
  await staff(endpoints.setTracking, { params: { variantId }, body: { tracking } })
  const quantity = lots.reduce((sum, { units }) => sum + units, 0)
  const body = { kind: 'receipt' as const, variantId, placeId, quantity, lots, reason: null }
  await staff(endpoints.recordMovement, { body })
  await settle()
}
async function bought(variantId: string, quantity: number) {
  const order = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity }]) })
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { q: order.number } })
  return { orderId: order.orderId, fulfillmentId: items[0]?.id ?? '', lineId: items[0]?.lines[0]?.lineId ?? '' }
}
type Prepared = Awaited<ReturnType<typeof bought>>
const pick = ({ fulfillmentId, lineId }: Prepared, lots: LotUnits[]) =>
  staff(endpoints.pickLots, { params: { fulfillmentId }, body: { lines: [{ lineId, lots }] } })
const ship = ({ fulfillmentId }: Prepared) =>
  staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'Colissimo', trackingNumber: null } })
const lotsOf = async ({ orderId }: Prepared) =>
  (await staff(endpoints.listOrderLots, { params: { orderId } })).items.map(({ number, units }) => [number, units])
async function lotOf(number: string) {
  const { items } = await staff(endpoints.listLots, { query: { q: number } })
  return staff(endpoints.getLot, { params: { lotId: items.find((one) => one.number === number)?.id ?? '' }, query: {} })
}
const differences = async () => (await staff(endpoints.verifyStock, {})).differences

test('what expires first is proposed and leaves first; what was taken instead leaves instead', async () => {
  await followed(bar, byLot, [
    { number: 'L-LATE', units: 5, expiresOn: '2028-06-30' },
    { number: 'L-SOON', units: 3, expiresOn: '2028-01-31' },
  ])
  const proposed = await bought(bar, 4)
  const { fulfillmentId } = proposed
  const { lines } = await staff(endpoints.getFulfillmentLots, { params: { fulfillmentId } })
  expect(lines[0]).toMatchObject({ quantity: 4, picked: [], shelf: [{ number: 'L-SOON' }, { number: 'L-LATE' }] })
  await ship(proposed)
  expect(await lotsOf(proposed)).toEqual([['L-LATE', 1], ['L-SOON', 3]]) // prettier-ignore
  const chosen = await bought(bar, 2)
  expect(await refusal(pick(chosen, [{ number: 'L-LATE', units: 3 }]))).toBe('inventory.lots_add_up')
  expect(await refusal(pick(chosen, [{ number: 'L-SOON', units: 1 }]))).toBe('inventory.lot_short')
  const picked = await pick(chosen, [{ number: 'L-LATE', units: 2 }])
  expect(picked.lines[0]?.picked).toEqual([{ number: 'L-LATE', units: 2, expiresOn: '2028-06-30' }])
  await ship(chosen)
  expect(await lotsOf(chosen)).toEqual([['L-LATE', 2]])
  expect(await differences()).toEqual([])
})

test('a unit with a serial number leaves by its number, and is put aside for one order', async () => {
  await followed(bike, bySerial, serials('V-1', 'V-2', 'V-3'))
  const mine = await bought(bike, 1)
  const yours = await bought(bike, 1)
  expect(await refusal(ship(mine))).toBe('inventory.serials_needed')
  const outcomes = await Promise.all([mine, yours].map((one) => refusal(pick(one, serials('V-1')))))
  expect(outcomes.toSorted()).toEqual(['done', 'inventory.serial_state'])
  const [winner, loser] = outcomes[0] === 'done' ? [mine, yours] : [yours, mine]
  await pick(loser, serials('V-2'))
  await ship(winner)
  await ship(loser)
  expect(await lotsOf(winner)).toEqual([['V-1', 1]])
  const { items } = await staff(endpoints.listLotOrders, { params: { lotId: (await lotOf('V-1')).id } })
  expect(items).toMatchObject([{ orderId: winner.orderId, units: 1, cameBack: 0, email: 'camille@exemple.fr' }])
})

test('what was put aside for an order that is cancelled may be sold to others', async () => {
  await followed(second, bySerial, serials('W-1', 'W-2'))
  const order = await bought(second, 1)
  await pick(order, serials('W-1'))
  const other = await bought(second, 1)
  expect(await refusal(pick(other, serials('W-1')))).toBe('inventory.serial_state')
  await staff(endpoints.cancelOrder, { params: { orderId: order.orderId }, body: { reason: 'Essai' } })
  await settle()
  await pick(other, serials('W-1'))
  await ship(other)
  expect(await lotsOf(other)).toEqual([['W-1', 1]])
})

test('what was blocked after it was put aside does not leave', async () => {
  await followed(third, bySerial, serials('X-1', 'X-2'))
  const order = await bought(third, 1)
  await pick(order, serials('X-1'))
  const { id } = await lotOf('X-1')
  await staff(endpoints.blockLot, { params: { lotId: id }, body: { reason: 'recall', note: null } })
  expect(await refusal(ship(order))).toBe('inventory.serial_state')
  await pick(order, serials('X-2'))
  await ship(order)
  expect(await lotsOf(order)).toEqual([['X-2', 1]])
  expect(await differences()).toEqual([])
})

test('only what left with an order comes back with it', async () => {
  await followed(fourth, bySerial, serials('Y-1', 'Y-2', 'Y-3'), nantes.place)
  const price = Number(app.wiring.model.sellable('shop-nantes', fourth, ctx.clock.now())?.unitPriceMinor ?? 0n)
  const sell = (numbers: string[]) =>
    staff(endpoints.placeOrder, {
      body: {
        channel: 'shop-nantes',
        lines: [{ variantId: fourth, quantity: numbers.length }],
        delivery: { method: 'carry_out', siteId: nantes.site },
        payments: [{ method: 'cash', amountMinor: price * numbers.length }],
        lots: [{ variantId: fourth, lots: serials(...numbers) }],
      },
    })
  const pair = await sell(['Y-1', 'Y-2'])
  const single = await sell(['Y-3'])
  await settle()
  const order = await staff(endpoints.getOrder, { params: { orderId: pair.orderId }, query: {} })
  const lineId = order.lines[0]?.id ?? ''
  const takeBack = (lots?: LotUnits[], disposition: 'restock' | 'scrap' = 'restock') =>
    staff(endpoints.createReturn, {
      params: { orderId: pair.orderId },
      body: {
        siteId: nantes.site,
        lines: [{ lineId, quantity: 1, reason: 'defective', disposition, ...(lots ? { lots } : {}) }],
      },
    })
  expect(await refusal(takeBack())).toBe('inventory.serials_needed')
  expect(await refusal(takeBack(serials('Y-3')))).toBe('inventory.lot_not_of_order')
  await takeBack(serials('Y-2'))
  expect(await lotOf('Y-2')).toMatchObject({ state: 'in_stock', onHand: 1 })
  // The other one is the only one left: which it is needs no word.
  await takeBack(undefined, 'scrap')
  expect(await lotOf('Y-1')).toMatchObject({ state: 'away', onHand: 0 })
  // Y-2 is back on the shelf, and is given to the other customer for theirs.
  const other = await staff(endpoints.getOrder, { params: { orderId: single.orderId }, query: {} })
  const back = { lineId: other.lines[0]?.id ?? '', quantity: 1, reason: 'defective' as const }
  await staff(endpoints.exchangeArticles, {
    params: { orderId: single.orderId },
    body: {
      siteId: nantes.site,
      lines: [{ ...back, disposition: 'scrap', lots: serials('Y-3') }],
      replacements: [{ variantId: fourth, quantity: 1, lots: serials('Y-2') }],
      expectedDifferenceMinor: 0,
    },
  })
  expect(await lotOf('Y-2')).toMatchObject({ state: 'sold' })
  expect(await lotOf('Y-3')).toMatchObject({ state: 'away' })
  const { items } = await staff(endpoints.listLotOrders, { params: { lotId: (await lotOf('Y-2')).id } })
  expect(items.toSorted((a, b) => a.cameBack - b.cameBack)).toMatchObject([
    { orderId: single.orderId, units: 1, cameBack: 0 },
    { orderId: pair.orderId, units: 1, cameBack: 1 },
  ])
  expect(await differences()).toEqual([])
})

test('a unit that is missing or spoilt is named when a line is refused, and counted off by its number', async () => {
  await followed(fifth, bySerial, serials('Z-1', 'Z-2'))
  const { fulfillmentId, lineId } = await bought(fifth, 1)
  const refused = (lots?: LotUnits[]) =>
    staff(endpoints.refuseLine, {
      params: { fulfillmentId },
      body: { lineId, reason: 'not_found', ...(lots ? { lots } : {}) },
    })
  expect(await refusal(refused())).toBe('inventory.serials_needed')
  await refused(serials('Z-2'))
  expect(await lotOf('Z-2')).toMatchObject({ state: 'away', onHand: 0 })
  const counted = (units: number, lots: LotUnits[]) =>
    staff(endpoints.recordMovement, {
      body: { kind: 'count', variantId: fifth, placeId: warehouse, counted: units, reason: null, lots },
    })
  // It turns up again: found by a count.
  await counted(2, serials('Z-2'))
  expect(await lotOf('Z-2')).toMatchObject({ state: 'in_stock', onHand: 1 })
  expect(await refusal(counted(1, serials('Z-9')))).toBe('inventory.lot_short')
  expect(await differences()).toEqual([])
})

const packed = ({ fulfillmentId, lineId }: Prepared, quantity: number, lots?: LotUnits[]) =>
  staff(endpoints.packParcel, {
    params: { fulfillmentId },
    body: { lines: [{ lineId, quantity, ...(lots ? { lots } : {}) }] },
  })
const inParcels = ({ parcels }: { parcels: { lines: { lots: { number: string; units: number }[] }[] }[] }) =>
  parcels.map(({ lines }) => lines.flatMap(({ lots }) => lots.map(({ number, units }) => [number, units])))

test('each parcel has its own units, which leave with it and come back with it', async () => {
  await followed(sixth, bySerial, serials('P-1', 'P-2', 'P-3', 'P-4'))
  const order = await bought(sixth, 3)
  await pick(order, serials('P-1'))
  expect(inParcels(await packed(order, 1, serials('P-3')))).toEqual([[['P-3', 1]]])
  expect(await refusal(packed(order, 1, serials('P-1', 'P-2')))).toBe('inventory.lots_add_up')
  expect(await refusal(packed(order, 1, serials('P-3')))).toMatch(/^inventory\./)
  // What was put aside and is in no parcel fills the next one; the last unit is not known yet.
  expect(inParcels(await packed(order, 2))).toEqual([[['P-3', 1]], [['P-1', 1]]])
  const both = await pick(order, serials('P-1', 'P-3', 'P-4'))
  expect(both.lines[0]?.picked.map(({ number }) => number).toSorted()).toEqual(['P-1', 'P-3', 'P-4'])
  const { fulfillmentId } = order
  const packing = await staff(endpoints.getPacking, { params: { fulfillmentId }, query: {} })
  expect(inParcels(packing)).toEqual([[['P-3', 1]], [['P-1', 1], ['P-4', 1]]]) // prettier-ignore
  const [first, second] = packing.parcels.map(({ id }) => ({ fulfillmentId, parcelId: id }))
  const gone = { carrier: 'Colissimo', trackingNumber: null }
  if (!first || !second) throw new Error('two parcels were packed')
  // The second leaves before the first, and takes nothing of it.
  await staff(endpoints.shipParcel, { params: second, body: gone })
  expect(await lotsOf(order)).toEqual([['P-1', 1], ['P-4', 1]]) // prettier-ignore
  await staff(endpoints.shipParcel, { params: first, body: gone })
  const { items } = await staff(endpoints.getParcels, { params: { orderId: order.orderId }, query: {} })
  expect(inParcels({ parcels: items })).toEqual([[['P-3', 1]], [['P-1', 1], ['P-4', 1]]]) // prettier-ignore
  await staff(endpoints.moveParcel, { params: first, body: { state: 'returned_to_sender' } })
  await staff(endpoints.resolveParcel, { params: first, body: { choice: 'refund', restock: true } })
  expect(await lotOf('P-3')).toMatchObject({ state: 'in_stock', onHand: 1 })
  expect(await differences()).toEqual([])
})

test('a parcel nobody named lots for tells those that left', async () => {
  await followed(seventh, byLot, [
    { number: 'Q-SOON', units: 1, expiresOn: '2028-01-31' },
    { number: 'Q-LATE', units: 4, expiresOn: '2028-06-30' },
  ])
  const order = await bought(seventh, 2)
  expect(inParcels(await packed(order, 2))).toEqual([[]])
  await ship(order)
  const { items } = await staff(endpoints.getParcels, { params: { orderId: order.orderId }, query: {} })
  expect(inParcels({ parcels: items })).toEqual([[['Q-LATE', 1], ['Q-SOON', 1]]]) // prettier-ignore
})

test('a number scanned in a picking round is put aside for the order it is for, and back on the shelf with it', async () => {
  await followed(eighth, bySerial, serials('R-1', 'R-2', 'R-3', 'R-4'))
  await execute(ctx.db, sql`update catalog.variant set gtin = '3760000000017' where id = ${eighth}`)
  const [one, two, other] = [await bought(eighth, 1), await bought(eighth, 2), await bought(eighth, 1)]
  await pick(other, serials('R-4'))
  // One number of the second order is known before the walk.
  await pick(two, serials('R-2'))
  const { id } = await staff(endpoints.openPickingRound, {
    body: { fulfillmentIds: [one.fulfillmentId, two.fulfillmentId] },
  })
  const params = { roundId: id }
  const scan = (number: string) =>
    staff(endpoints.scanPick, { params, body: { code: `(01)03760000000017(21)${number}` } })
  const aside = async ({ fulfillmentId }: Prepared) =>
    (await staff(endpoints.getFulfillmentLots, { params: { fulfillmentId } })).lines[0]?.picked.map(
      ({ number }) => number,
    )
  const [first, known] = [await scan('R-1'), await scan('R-2')]
  expect([first.number, known.number]).toEqual(['R-1', 'R-2'])
  expect(first.tray).not.toBe(known.tray)
  for (const taken of ['R-1', 'R-2', 'R-4']) expect(await refusal(scan(taken)), taken).toBe('inventory.serial_state')
  expect(await refusal(scan('R-9'))).toBe('inventory.lot_short')
  expect(await scan('R-3')).toMatchObject({ number: 'R-3', left: 0, round: { picked: 3 } })
  expect([await aside(one), await aside(two)]).toEqual([['R-1'], ['R-2', 'R-3']])
  await staff(endpoints.setPicked, {
    params,
    body: { fulfillmentId: two.fulfillmentId, lineId: two.lineId, picked: 1 },
  })
  expect(await aside(two)).toHaveLength(1)
  // Taken back and taken again, without a label to read: named as it leaves.
  const plain = await staff(endpoints.scanPick, { params, body: { code: '3760000000017' } })
  expect(plain).toMatchObject({ number: null, left: 0 })
  await staff(endpoints.finishPickingRound, { params })
  expect(await differences()).toEqual([])
})
