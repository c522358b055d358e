import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { createTestRng } from '../../../../test/kit/rng.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { execute, inTransaction } from '../../../kernel/db.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { keepBackExpired } from '../lots/keep-back.ts'
import { insertPicks } from '../queries/lot-picks.ts'
import { recordMovements } from '../record-movements.ts'

const { app, shop, ctx, asStaff, clock, settle } = await createTestShop({ products: 10, unitsPerPlace: 4 })
const staff = asStaff()
const warehouse = shop.places['entrepot'] ?? ''
const nantes = shop.places['nantes'] ?? ''
const [bar = '', battery = '', plain = '', cream = '', lock = '', pump = '', light = ''] = shop.variantIds

const byLot: StockTracking = { mode: 'lot', withExpiry: true, minDaysLeft: 10 }
const bySerial: StockTracking = { mode: 'serial', withExpiry: false, minDaysLeft: 0 }
const follow = (variantId: string, tracking: StockTracking | null) =>
  staff(endpoints.setTracking, { params: { variantId }, body: { tracking } })

type Named = readonly { number: string; units: number; expiresOn?: string }[]
const serials = (...numbers: string[]): Named => numbers.map((number) => ({ number, units: 1 }))

const code = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', code)

async function ordered(variantId: string, units: number, placeId = warehouse): Promise<string> {
  const lines = [{ variantId, orderedUnits: units, expectedOn: null, unitCostMinor: null }]
  const body = { supplierName: 'Atelier du Sillon', placeId, note: null, lines }
  const { id } = await staff(endpoints.createSupplierOrder, { body })
  await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: id }, body: {} })
  return id
}
async function receive(supplierOrderId: string, variantId: string, units: number, lots?: Named) {
  const order = await staff(endpoints.getSupplierOrder, { params: { supplierOrderId }, query: {} })
  const receivedBefore = order.lines.find((line) => line.variantId === variantId)?.receivedUnits ?? 0
  const line = { variantId, units, receivedBefore, reasonCode: null, ...(lots ? { lots: [...lots] } : {}) }
  return staff(endpoints.receiveSupplierOrder, {
    params: { supplierOrderId },
    body: { lines: [line], closes: false, note: null },
  })
}
const receipt = async (variantId: string, units: number, lots: Named, placeId = warehouse) =>
  receive(await ordered(variantId, units, placeId), variantId, units, lots)

const onHand = async (variantId: string, placeId = warehouse) =>
  (await staff(endpoints.listStock, { query: { variantId, placeId } })).items[0]?.onHand
async function shelf(variantId: string, placeId = warehouse) {
  const { items } = await staff(endpoints.listShelfLots, { query: { placeId, variantIds: variantId } })
  return (items[0]?.lots ?? []).map(({ number, units }) => [number, units])
}
async function lotOf(number: string) {
  const { items } = await staff(endpoints.listLots, { query: { q: number } })
  const lotId = items.find((item) => item.number === number)?.id ?? ''
  return staff(endpoints.getLot, { params: { lotId }, query: {} })
}
const lose = (variantId: string, quantity: number, lots?: Named, placeId = warehouse) =>
  staff(endpoints.recordMovement, {
    body: {
      kind: 'loss',
      variantId,
      placeId,
      quantity,
      reasonCode: 'damaged',
      reason: null,
      ...(lots ? { lots: [...lots] } : {}),
    },
  })
const differences = async () => (await staff(endpoints.verifyStock, {})).differences

test('what lay there before is of no lot; receipts name lots and their dates', async () => {
  const tracked = await follow(bar, byLot)
  expect(tracked).toMatchObject({ tracking: byLot, withoutLot: tracked.onHand })
  const order = await ordered(bar, 30)
  expect(await refusal(receive(order, bar, 10))).toBe('inventory.lots_needed')
  const dated = { number: 'L1', units: 10, expiresOn: '2027-05-31' }
  expect(await refusal(receive(order, bar, 12, [dated]))).toBe('inventory.lots_add_up')
  expect(await refusal(receive(order, bar, 10, [{ number: 'L1', units: 10 }]))).toBe('inventory.lot_date_needed')
  await receive(order, bar, 10, [dated])
  expect(await refusal(receive(order, bar, 1, [{ ...dated, units: 1, expiresOn: '2027-06-30' }]))).toBe(
    'inventory.lot_date_differs',
  )
  const after = await receive(order, bar, 8, [{ number: 'L2', units: 8, expiresOn: '2027-04-30' }])
  expect(await shelf(bar)).toEqual([
    [null, 4],
    ['L2', 8],
    ['L1', 10],
  ])
  const lot = await lotOf('L1')
  expect(lot).toMatchObject({ expiresOn: '2027-05-31', onHand: 10, serial: false, state: null })
  expect(lot.places).toEqual([expect.objectContaining({ placeId: warehouse, units: 10, keptBack: 0 })])
  expect(lot.receipts).toEqual([
    expect.objectContaining({ supplierName: 'Atelier du Sillon', supplierOrderNumber: after.number, units: 10 }),
  ])
  const last = after.receipts.find(({ lines }) => lines.some(({ units }) => units === 8))
  await staff(endpoints.undoReceipt, { params: { receiptId: last?.id ?? '' }, body: {} })
  expect(await shelf(bar)).toEqual([
    [null, 4],
    ['L1', 10],
  ])
  expect(await differences()).toEqual([])
})

test('a scanned symbol finds its lot', async () => {
  await follow(pump, bySerial)
  await receipt(pump, 1, serials('PU-77'))
  await execute(ctx.db, sql`update catalog.variant set gtin = '3760000000017' where id = ${pump}`)
  const q = '(01)03760000000017(21)PU-77'
  const { items } = await staff(endpoints.listLots, { query: { q } })
  expect(items.map(({ number }) => number)).toEqual(['PU-77'])
})

test('a unit with a serial number is in one place and one state', async () => {
  await follow(battery, bySerial)
  expect(await refusal(receipt(battery, 2, serials('B-1')))).toBe('inventory.lots_add_up')
  await receipt(battery, 3, serials('B-1', 'B-2', 'B-3'))
  expect(await refusal(receipt(battery, 1, serials('B-2'), nantes))).toBe('inventory.serial_state')
  // Four lay there before and have no number: they may go without being named, and no more than they.
  await lose(battery, 4)
  expect(await refusal(lose(battery, 1))).toBe('inventory.serials_needed')
  await lose(battery, 1, serials('B-1'))
  expect(await refusal(lose(battery, 1, serials('B-1')))).toBe('inventory.serial_state')
  const { id } = await staff(endpoints.requestTransfer, {
    body: { fromPlaceId: warehouse, toPlaceId: nantes, note: null, lines: [{ variantId: battery, requestedUnits: 2 }] },
  })
  const params = { transferId: id }
  const lots = [...serials('B-2', 'B-3')]
  await staff(endpoints.sendTransfer, { params, body: { lines: [{ variantId: battery, units: 2, lots }] } })
  expect(await lotOf('B-3')).toMatchObject({ state: 'in_transit', onHand: 0 })
  const missing = { variantId: battery, units: 1, reasonCode: 'lost_in_transit' as const }
  expect(await refusal(staff(endpoints.receiveTransfer, { params, body: { lines: [missing] } }))).toBe(
    'inventory.serials_needed',
  )
  await staff(endpoints.receiveTransfer, { params, body: { lines: [{ ...missing, lots: [...serials('B-3')] }] } })
  expect(await lotOf('B-2')).toMatchObject({ state: 'in_stock', places: [{ placeId: nantes, units: 1 }] })
  expect(await lotOf('B-3')).toMatchObject({ state: 'away', places: [] })
  expect(await differences()).toEqual([])
})

test('a recall takes what lies and what comes in later out of sale; letting go brings it back', async () => {
  await follow(cream, { ...byLot, minDaysLeft: 0 })
  const expiresOn = '2027-09-30'
  await receipt(cream, 6, [{ number: 'C1', units: 6, expiresOn }])
  await receipt(cream, 2, [{ number: 'C1', units: 2 }], nantes)
  const { id } = await lotOf('C1')
  const body = { reason: 'recall' as const, note: 'Fournisseur prévenu' }
  const blocked = await staff(endpoints.blockLot, { params: { lotId: id }, body })
  expect(blocked).toMatchObject({ onHand: 0, keptBack: 8, blocked: { reason: 'recall' } })
  expect(await onHand(cream)).toBe(4)
  expect(await refusal(staff(endpoints.blockLot, { params: { lotId: id }, body }))).toBe('inventory.lot_state')
  await receipt(cream, 1, [{ number: 'C1', units: 1 }])
  expect(await onHand(cream)).toBe(4)
  expect(await refusal(lose(cream, 1, [{ number: 'C1', units: 1 }]))).toBe('inventory.lot_short')
  expect(await refusal(follow(cream, null))).toBe('inventory.lots_kept_back')
  const writeOff = { placeId: nantes, units: 2, reasonCode: 'other' as const }
  await staff(endpoints.writeOffLot, { params: { lotId: id }, body: writeOff })
  const free = await staff(endpoints.unblockLot, { params: { lotId: id }, body: {} })
  expect(free).toMatchObject({ onHand: 7, keptBack: 0, blocked: null })
  expect([await onHand(cream), await onHand(cream, nantes)]).toEqual([11, 4])
  expect(await differences()).toEqual([])
})

test('what is no longer good leaves the shelves by itself', async () => {
  await follow(lock, byLot)
  await receipt(lock, 3, [{ number: 'K1', units: 3, expiresOn: '2027-03-20' }])
  await receipt(lock, 3, [{ number: 'K2', units: 3, expiresOn: '2027-12-31' }])
  clock.set(new Date('2027-03-10T08:00:00Z'))
  expect(await keepBackExpired(ctx)).toBe(0)
  clock.set(new Date('2027-03-11T08:00:00Z'))
  expect(await shelf(lock)).toEqual([[null, 4], ['K2', 3]]) // prettier-ignore
  expect(await keepBackExpired(ctx)).toBe(3)
  expect(await keepBackExpired(ctx)).toBe(0)
  expect(await onHand(lock)).toBe(7)
  const { items } = await staff(endpoints.listMovements, { query: { variantId: lock, kind: 'quarantine' } })
  expect(items.map(({ quantity, reasonCode, reference }) => [quantity, reasonCode, reference])).toEqual([
    [-3, 'expired', 'K1'],
  ])
  expect(await differences()).toEqual([])
})

const priceOf = (variantId: string): number =>
  Number(app.wiring.model.sellable('shop-nantes', variantId, ctx.clock.now())?.unitPriceMinor ?? 0n)
const sellAtTill = (variantId: string, quantity: number, lots?: Named) =>
  staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      lines: [{ variantId, quantity }],
      delivery: { method: 'carry_out', siteId: shop.sites['nantes'] ?? '' },
      payments: [{ method: 'cash', amountMinor: priceOf(variantId) * quantity }],
      ...(lots ? { lots: [{ variantId, lots: [...lots] }] } : {}),
    },
  })

test('two tills that sell the same unit at once: one does', async () => {
  await follow(light, bySerial)
  await receipt(light, 2, serials('T-1', 'T-2'), nantes)
  await settle()
  const sales = await Promise.all(Array.from({ length: 6 }, () => refusal(sellAtTill(light, 1, serials('T-1')))))
  expect(sales.toSorted()).toEqual(['done', ...Array<string>(5).fill('inventory.serial_state')])
  expect(await lotOf('T-1')).toMatchObject({ state: 'sold', onHand: 0 })
  expect(await onHand(light, nantes)).toBe(5)
  const { items } = await staff(endpoints.listMovements, { query: { variantId: light, kind: 'sale' } })
  const orderId = items[0]?.orderId ?? ''
  const sold = await staff(endpoints.listOrderLots, { params: { orderId } })
  expect(sold.items).toMatchObject([{ number: 'T-1', units: 1, serial: true }])
})

test('an article that is not followed moves as it always did', async () => {
  await lose(plain, 1)
  expect(await shelf(plain)).toEqual([])
  expect(await differences()).toEqual([])
})

test('what was put aside for one line is not counted twice for another of the same article that leaves with it', async () => {
  const lamp = shop.variantIds[9] ?? ''
  await follow(lamp, byLot)
  await receipt(lamp, 4, [
    { number: 'PH-1', units: 2, expiresOn: '2028-09-30' },
    { number: 'PH-2', units: 2, expiresOn: '2028-12-31' },
  ])
  const [named] = (await staff(endpoints.listLots, { query: { q: 'PH-1' } })).items
  const [orderId, first, second] = [ctx.ids.next(), ctx.ids.next(), ctx.ids.next()]
  const poolId = poolIdOf(lamp, warehouse)
  const pick = { orderId, lineId: first, poolId, lotId: named?.id ?? '', units: 1, serial: false, number: 'PH-1' }
  // What lay there before lots were followed goes first, but for what was put aside.
  const before = (await shelf(lamp)).find(([number]) => number === null)?.[1]
  await inTransaction(ctx.db, async (tx) => {
    await insertPicks(tx, [pick], ctx.clock.now(), null)
    const sale = { kind: 'sale' as const, placeId: warehouse, variantId: lamp, reference: 'E', orderId, reason: null }
    await recordMovements(ctx, tx, [
      { ...sale, lineId: first, quantity: -1n },
      { ...sale, lineId: second, quantity: -BigInt(Number(before ?? 0) + 1) },
    ])
  })
  expect(await shelf(lamp)).toEqual([['PH-2', 2]])
})

test('whatever several people do at once, lots add up to what is on hand', async () => {
  const rng = createTestRng()
  const [pills = '', helmet = ''] = shop.variantIds.slice(7)
  await follow(pills, { ...byLot, minDaysLeft: 0 })
  await follow(helmet, bySerial)
  await settle()
  const places = [warehouse, nantes]
  const numbers = ['H-1', 'H-2', 'H-3', 'H-4', 'H-5', 'H-6']
  const any = <One>(list: readonly One[]): One => list[rng.below(list.length)] as One
  const acts: (() => Promise<unknown>)[] = [
    () => receipt(pills, 4, [{ number: any(['P-1', 'P-2']), units: 4, expiresOn: '2027-08-31' }], any(places)),
    () => receipt(helmet, 1, serials(any(numbers)), any(places)),
    () => lose(pills, 1, undefined, any(places)),
    () => lose(helmet, 1, serials(any(numbers)), any(places)),
    () => sellAtTill(pills, 2),
    () => sellAtTill(helmet, 1, serials(any(numbers))),
    () => sellAtTill(helmet, 1),
    () => moved(pills, 1 + rng.below(3)),
    () => moved(helmet, 1, serials(any(numbers))),
    () => staff(endpoints.recordMovement, { body: count(pills, any(places), rng.below(13)) }),
    async () => {
      const { id } = await lotOf(any(['P-1', 'P-2', ...numbers]))
      const act = any([
        () => staff(endpoints.blockLot, { params: { lotId: id }, body: { reason: 'quality', note: null } }),
        () => staff(endpoints.unblockLot, { params: { lotId: id }, body: {} }),
      ])
      return act()
    },
  ]
  const outcomes = new Set<string>()
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => refusal(any(acts)())))
    for (const answer of answers) outcomes.add(answer)
    expect(await differences()).toEqual([])
  }
  expect(outcomes).toContain('done')
  expect([...outcomes].filter((one) => one.startsWith('kernel.internal'))).toEqual([])
})

const moved = (variantId: string, quantity: number, lots?: Named) =>
  staff(endpoints.recordMovement, {
    body: {
      kind: 'transfer',
      variantId,
      placeId: warehouse,
      toPlaceId: nantes,
      quantity,
      reason: null,
      ...(lots ? { lots: [...lots] } : {}),
    },
  })
const count = (variantId: string, placeId: string, counted: number) =>
  ({ kind: 'count', variantId, placeId, counted, reason: null }) as const
