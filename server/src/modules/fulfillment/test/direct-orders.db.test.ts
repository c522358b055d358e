import type { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { brokenInvariants } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { readUblOrder } from '../../../kernel/ubl/ubl-order.ts'
import { listPlaces, putPlace } from '../../inventory/public.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 2 })
const { model } = app.wiring
const staff = asStaff()
const [only = '', both = '', numbered = ''] = shop.variantIds
const supplierPlace = ctx.ids.next()
const runDirect = async () => {
  await app.wiring.jobs.find(({ name }) => name === 'fulfillment.order-direct')?.run(ctx, {})
  await settle()
}

/** A supplier whose stock is known to us, and who sends it to our customers. */
await inTransaction(ctx.db, async (tx) => {
  const places = await listPlaces(tx)
  const warehouse = places.find(({ code }) => code === 'entrepot')
  if (warehouse)
    await putPlace(ctx, tx, { ...warehouse, id: supplierPlace, code: 'morin', name: 'Cycles Morin', priority: 9 })
})
const policy = await staff(endpoints.getSourcingPolicy, {})
const [usual] = policy.settings.places
await staff(endpoints.saveSourcingPolicy, {
  body: {
    basedOn: policy.version,
    note: null,
    rules: policy.rules,
    settings: {
      ...policy.settings,
      places: [
        ...policy.settings.places.filter(({ placeId }) => placeId !== supplierPlace),
        {
          marginKeptBasisPoints: 6_000,
          dailyCapacity: null,
          handlingMinutes: 60,
          handlingMinorPerUnit: 0,
          cutOff: '16:00',
          ...usual,
          placeId: supplierPlace,
          kind: 'supplier',
          ownerConsents: false,
        },
      ],
    },
  },
})
for (const variantId of [only, both, numbered])
  await staff(endpoints.recordMovement, {
    body: { kind: 'receipt', variantId, placeId: supplierPlace, quantity: 6, reason: null },
  })
await settle()
await model.refreshTerms()

const supplierOrders = async () => (await staff(endpoints.listSupplierOrders, { query: {} })).items
const buy = async (variantId: string, quantity: number) => {
  const { orderId } = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity }]) })
  await settle()
  await runDirect()
  return orderId
}

test('what own places have is not asked of the supplier', async () => {
  await buy(both, 1)
  expect(await supplierOrders()).toEqual([])
})

test('what only the supplier has is asked of them once, sent to the customer, and ends with the parcel', async () => {
  const orderId = await buy(only, 5)
  await runDirect()
  const [order, ...others] = await supplierOrders()
  expect(others).toEqual([])
  expect(order).toMatchObject({ supplierName: 'Cycles Morin', state: 'draft', orderedUnits: 5 })
  const params = { supplierOrderId: order?.id ?? '' }
  await staff(endpoints.sendSupplierOrder, { params, body: {} })
  const read = await staff(endpoints.getSupplierOrder, { params, query: {} })
  expect(read.direct).toMatchObject({ orderId, shipTo: { postalCode: expect.any(String) } })
  const document = readUblOrder(String(await staff(endpoints.getSupplierOrderAsUbl, { params })))
  expect(document?.deliveryAddress?.postalCode).toBe(read.direct?.shipTo.postalCode)
  // Nothing of it is to come to us, and nothing can be received.
  const { arrivals } = await staff(endpoints.getAvailability, { params: { variantId: only }, query: {} })
  expect(arrivals).toEqual([])
  const received = staff(endpoints.receiveSupplierOrder, {
    params,
    body: {
      lines: [{ variantId: only, units: 5, receivedBefore: 0, reasonCode: null }],
      closes: true,
      note: null,
    },
  })
  expect(await received.catch((error: unknown) => (error as ApiError).problem.code)).toBe('inventory.order_direct')
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  const preparation = items.find((item) => item.orderId === orderId)
  const shipped = { params: { fulfillmentId: preparation?.id ?? '' } }
  await staff(endpoints.markPrepared, shipped)
  await staff(endpoints.ship, { ...shipped, body: { carrier: 'Colissimo', trackingNumber: null } })
  await settle()
  await runDirect()
  expect(await staff(endpoints.getSupplierOrder, { params, query: {} })).toMatchObject({
    state: 'received',
    receipts: [],
  })
  expect(model.available(only, supplierPlace)).toBe(1)
  expect(await brokenInvariants(ctx.db)).toEqual([])
})

test('serial numbers of what a supplier sent are named when it is sent', async () => {
  await staff(endpoints.setTracking, {
    params: { variantId: numbered },
    body: { tracking: { mode: 'serial', withExpiry: false, minDaysLeft: 0 } },
  })
  const orderId = await buy(numbered, 5)
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  const preparation = items.find((item) => item.orderId === orderId)
  const params = { fulfillmentId: preparation?.id ?? '' }
  const lines = [{ lineId: preparation?.lines[0]?.lineId ?? '', quantity: 5 }]
  expect((await staff(endpoints.getFulfillmentLots, { params })).incoming).toBe(true)
  const lots = ['A', 'B', 'C', 'D', 'E'].map((letter) => ({ number: `MORIN-${letter}`, units: 1 }))
  await staff(endpoints.packParcel, { params, body: { lines: lines.map((line) => ({ ...line, lots })) } })
  await staff(endpoints.ship, { params, body: { carrier: 'Colissimo', trackingNumber: null } })
  await settle()
  await runDirect()
  const ofSupplier = (await supplierOrders()).map(({ id }) => id)
  const read = await Promise.all(
    ofSupplier.map((supplierOrderId) => staff(endpoints.getSupplierOrder, { params: { supplierOrderId }, query: {} })),
  )
  const sent = read.find(({ direct }) => direct?.orderId === orderId)?.lines[0]
  expect(sent?.lots.map(({ number }) => number)).toEqual(lots.map(({ number }) => number))
  const held = await staff(endpoints.listOrderLots, { params: { orderId } })
  expect(held.items).toHaveLength(5)
  expect((await staff(endpoints.verifyStock, {})).differences).toEqual([])
  expect(await brokenInvariants(ctx.db)).toEqual([])
})

test('an order that is cancelled is not asked for any more', async () => {
  const orderId = await buy(both, 6)
  const open = (await supplierOrders()).find(({ state }) => state === 'draft')
  expect(open).toBeDefined()
  await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'essai' } })
  await settle()
  await runDirect()
  expect((await supplierOrders()).find(({ id }) => id === open?.id)?.state).toBe('cancelled')
})
