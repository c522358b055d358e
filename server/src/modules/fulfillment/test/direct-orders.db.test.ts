import type { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenInvariants } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
import { readUblOrder } from '../../../kernel/ubl/ubl-order.ts'

const { app, ctx, clock, shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 2 })
const { model } = app.wiring
const staff = asStaff()
const [only = '', both = '', numbered = ''] = shop.variantIds
const runDirect = async () => {
  await app.wiring.jobs.find(({ name }) => name === 'fulfillment.order-direct')?.run(ctx, {})
  await settle()
}
const terms = {
  supplierName: 'Cycles Morin',
  email: 'commandes@morin.example',
  locale: 'fr' as const,
  address: { street: '4 rue des Forges', postalCode: '38000', locality: 'Grenoble', country: 'FR' },
  ships: true,
  sendsOrders: false,
  leadDays: 5,
  cutOff: '16:00',
  parcelMinor: 990,
  handlingMinorPerUnit: 0,
  marginKeptBasisPoints: 6_000,
  dailyCapacity: null,
}
const codeOf = async (act: Promise<unknown>) =>
  act.then(
    () => null,
    (error: unknown) => (error as ApiError).problem.code,
  )

/** A supplier who tells us what they have, and sends it to our customers. */
const morin = await staff(endpoints.createSupplierPlace, { body: terms })
const supplierPlace = morin.placeId
const skus = new Map(
  (await query<{ id: string; sku: string }>(ctx.db, sql`select id, sku from catalog.variant`)).map(({ id, sku }) => [
    id,
    sku,
  ]),
)
const told = await staff(endpoints.tellSupplierStock, {
  params: { placeId: supplierPlace },
  body: {
    lines: [
      ...[only, both, numbered].map((id) => ({ code: skus.get(id) ?? '', units: 6 })),
      { code: 'INCONNU', units: 1 },
    ],
    complete: true,
  },
})
await settle()
await model.refreshTerms()

test('what a supplier tells of their stock counts once, and only of articles that are known', async () => {
  expect(morin).toMatchObject({ placeCode: 'cycles-morin', leadDays: 5, parcelMinor: 990, units: 0, openOrders: 0 })
  expect(told).toEqual({ changed: 3, unchanged: 0, emptied: 0, refused: [{ code: 'INCONNU', reason: 'unknown' }] })
  const again = { params: { placeId: supplierPlace }, body: { lines: [{ code: skus.get(only) ?? '', units: 6 }] } }
  expect(await staff(endpoints.tellSupplierStock, again)).toMatchObject({ changed: 0, unchanged: 1 })
  const warehouse = { ...again, params: { placeId: shop.places['entrepot'] ?? '' } }
  expect(await codeOf(staff(endpoints.tellSupplierStock, warehouse))).toBe('inventory.place_not_found')
  const { items } = await staff(endpoints.listSupplierPlaces, {})
  expect(items).toMatchObject([{ supplierName: 'Cycles Morin', articles: 3, units: 18, promised: 0 }])
})

test('a supplier is declared once, of two who do it at once; visitors are not told where they are', async () => {
  const second = { ...terms, supplierName: 'Roues Dupré' }
  const outcomes = await Promise.all([1, 2].map(() => codeOf(staff(endpoints.createSupplierPlace, { body: second }))))
  expect(outcomes.filter((code) => code === null)).toHaveLength(1)
  expect(outcomes.filter(Boolean).every((code) => code === 'inventory.supplier_known')).toBe(true)
  const { items } = await staff(endpoints.listSupplierPlaces, {})
  const dupre = items.find(({ supplierName }) => supplierName === 'Roues Dupré')
  const closed = { ...second, ships: false, leadDays: 2 }
  const params = { placeId: dupre?.placeId ?? '' }
  expect(await staff(endpoints.updateSupplierPlace, { params, body: closed })).toMatchObject({
    ships: false,
    leadDays: 2,
  })
  const kinds = async (client: typeof staff) => (await client(endpoints.listSites)).items.map(({ kind }) => kind)
  expect(await kinds(visitor)).not.toContain('supplier')
  expect((await kinds(staff)).filter((kind) => kind === 'supplier')).toHaveLength(2)
  await settle()
  await model.refreshTerms()
})

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

test('a company is shown the delay of the supplier before it orders', async () => {
  const { id: companyId } = await staff(endpoints.createCompany, { body: { name: 'Coursiers' } })
  const site = { name: 'Atelier', address: { ...terms.address, name: 'Atelier' } }
  const { sites } = await staff(endpoints.createCompanySite, { params: { companyId }, body: site })
  const shown = async (quantity: number) => {
    const { promisedAt } = await staff(endpoints.previewCompanyOrder, {
      params: { companyId },
      body: {
        channel: 'web',
        locale: 'fr',
        lines: [{ variantId: both, quantity }],
        companySiteId: sites[0]?.id ?? '',
        delivery: { method: 'delivery' },
      },
    })
    return Date.parse(promisedAt ?? '') / 86_400_000
  }
  expect((await shown(5)) - (await shown(1))).toBeGreaterThanOrEqual(terms.leadDays)
})

test('an order goes out to the supplier by itself, with its delay; who refuses it is not asked again', async () => {
  await staff(endpoints.updateSupplierPlace, {
    params: { placeId: supplierPlace },
    body: { ...terms, sendsOrders: true },
  })
  await settle()
  await model.refreshTerms()
  await staff(endpoints.tellSupplierStock, {
    params: { placeId: supplierPlace },
    body: { lines: [{ code: skus.get(both) ?? '', units: 6 }] },
  })
  await settle()
  const own = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId: both, quantity: 1 }]) })
  const orderId = await buy(both, 5)
  const [promisedOwn, promised] = await Promise.all(
    [own.orderId, orderId].map(async (id) => staff(endpoints.getOrder, { params: { orderId: id }, query: {} })),
  )
  const days =
    (Date.parse(promised?.delivery.promisedAt ?? '') - Date.parse(promisedOwn?.delivery.promisedAt ?? '')) / 86_400_000
  expect(days).toBeGreaterThanOrEqual(terms.leadDays)
  const asked = (await supplierOrders()).find(({ state }) => state === 'ordered')
  expect(asked).toMatchObject({ supplierName: 'Cycles Morin', orderedUnits: 5 })
  const mails = () =>
    query<{ template: string; recipient: string; body: string }>(
      ctx.db,
      sql`select template, recipient, body from engagement.message
          where occurrence = ${asked?.id ?? ''} and order_id = ${orderId} order by created_at`,
    )
  const [mail, ...more] = await mails()
  expect(more).toEqual([])
  expect(mail).toMatchObject({ template: 'supplier_order', recipient: 'commandes@morin.example' })
  expect(mail?.body).toContain(skus.get(both))

  // They have none left: another place that has enough serves the line, and their level is put right.
  await staff(endpoints.recordMovement, {
    body: { kind: 'receipt', variantId: both, placeId: shop.places['entrepot'] ?? '', quantity: 9, reason: null },
  })
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  const preparation = items.find((item) => item.orderId === orderId)
  await staff(endpoints.refuseLine, {
    params: { fulfillmentId: preparation?.id ?? '' },
    body: { lineId: preparation?.lines[0]?.lineId ?? '', reason: 'not_found', quantity: 5 },
  })
  clock.advance(60_000)
  await settle()
  await runDirect()
  const { items: after } = await staff(endpoints.listFulfillments, { query: { limit: 200, state: 'to_prepare' } })
  const moved = after.find((item) => item.orderId === orderId)
  expect(moved?.siteId).not.toBe(preparation?.siteId)
  expect((await supplierOrders()).find(({ id }) => id === asked?.id)?.state).toBe('cancelled')
  expect((await mails()).map(({ template }) => template)).toEqual(['supplier_order', 'supplier_order_ended'])
  expect((await staff(endpoints.verifyStock, {})).differences).toEqual([])
  expect(await brokenInvariants(ctx.db)).toEqual([])
})

const cbc = 'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
const cac = 'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
const ubl = (name: string, order: string, inside: string): string =>
  `<?xml version="1.0"?><${name} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${name}-2" ${cbc} ${cac}>
   <cbc:ID>${name}-1</cbc:ID>${inside}<cac:OrderReference><cbc:ID>${order}</cbc:ID></cac:OrderReference></${name}>`
/** An order that only the supplier can serve, as it went out to them. */
async function askedOf(variantId: string, quantity: number) {
  const known = new Set((await supplierOrders()).map(({ id }) => id))
  await staff(endpoints.tellSupplierStock, {
    params: { placeId: supplierPlace },
    body: { lines: [{ code: skus.get(variantId) ?? '', units: 20 }] },
  })
  await settle()
  const orderId = await buy(variantId, quantity)
  const asked = (await supplierOrders()).find(({ id }) => !known.has(id))
  if (!asked) throw new Error('the supplier is asked')
  const params = { supplierOrderId: asked.id }
  const answer = async (xml: string) => {
    await staff(endpoints.receiveSupplierAnswer, { params, body: { xml } })
    await settle()
    await runDirect()
  }
  return { orderId, asked, params, answer }
}

test('what a supplier says has left is a parcel with its number; told twice, it is one', async () => {
  const { orderId, asked, params, answer } = await askedOf(only, 6)
  const advice = ubl(
    'DespatchAdvice',
    asked.number,
    `<cac:Shipment><cac:Consignment><cbc:ID>X</cbc:ID><cac:CarrierParty><cac:PartyName><cbc:Name>Transports Morin</cbc:Name></cac:PartyName></cac:CarrierParty></cac:Consignment>
       <cac:Delivery><cbc:TrackingID>TM-4711</cbc:TrackingID></cac:Delivery></cac:Shipment>
     <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity>6</cbc:DeliveredQuantity>
       <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference></cac:DespatchLine>`,
  )
  await answer(advice)
  await answer(advice)
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
  expect(items.filter((item) => item.orderId === orderId)).toMatchObject([{ state: 'shipped' }])
  const parcels = await query(
    ctx.db,
    sql`select carrier, tracking_number from fulfillment.parcel where order_id = ${orderId}`,
  )
  expect(parcels).toEqual([{ carrier: 'Transports Morin', tracking_number: 'TM-4711' }])
  expect(await staff(endpoints.getSupplierOrder, { params, query: {} })).toMatchObject({ state: 'received' })
  expect(await brokenInvariants(ctx.db)).toEqual([])
})

test('what a supplier refuses is sourced elsewhere with its reason, and their level is put right', async () => {
  const { orderId, asked, params, answer } = await askedOf(only, 6)
  await staff(endpoints.recordMovement, {
    body: { kind: 'receipt', variantId: only, placeId: shop.places['entrepot'] ?? '', quantity: 9, reason: null },
  })
  await settle()
  const why = '<cbc:Note>Fin de série</cbc:Note><cbc:OrderResponseCode>RE</cbc:OrderResponseCode>'
  await answer(ubl('OrderResponse', asked.number, why))
  const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200, state: 'to_prepare' } })
  const moved = items.find((item) => item.orderId === orderId)
  expect(moved?.siteId).toBeDefined()
  expect(moved?.siteId).not.toBe(supplierPlace)
  const refusals = await query(
    ctx.db,
    sql`select reason, quantity, place_id = ${supplierPlace} as theirs from fulfillment.refusal where order_id = ${orderId}`,
  )
  expect(refusals).toEqual([{ reason: 'not_found', quantity: 6, theirs: true }])
  const { decisions } = await staff(endpoints.getOrderSourcing, { params: { orderId } })
  expect(decisions.at(-1)?.refusal).toMatchObject({ reason: 'not_found', note: 'Fin de série' })
  expect(await staff(endpoints.getSupplierOrder, { params, query: {} })).toMatchObject({
    state: 'cancelled',
    documents: [{ note: 'Fin de série', leftToStaff: null, lines: [{ outcome: 'refused', note: null }] }],
  })
  // Whoever refused it is not told that it is given up.
  const templates = await query<{ template: string }>(
    ctx.db,
    sql`select template from engagement.message where occurrence = ${asked.id} and order_id = ${orderId}`,
  )
  expect(templates).toEqual([{ template: 'supplier_order' }])
  expect(await brokenInvariants(ctx.db)).toEqual([])
})

/** Units that left the supplier, with the serial numbers it names. */
const sentWith = (number: string, serials: readonly string[], id: string) =>
  ubl(
    'DespatchAdvice',
    number,
    `<cac:Shipment><cac:Delivery><cbc:TrackingID>${id}</cbc:TrackingID></cac:Delivery></cac:Shipment>
     <cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity>5</cbc:DeliveredQuantity>
       <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference><cac:Item>
       ${serials.map((serial) => `<cac:ItemInstance><cbc:SerialID>${serial}</cbc:SerialID></cac:ItemInstance>`).join('')}
       </cac:Item></cac:DespatchLine>`,
  )

test('serial numbers a supplier names are its parcel’s; those it does not name are left to staff, who are told', async () => {
  const five = (prefix: string) => ['V', 'W', 'X', 'Y', 'Z'].map((letter) => `${prefix}-${letter}`)
  const named = await askedOf(numbered, 5)
  await named.answer(sentWith(named.asked.number, five('M'), 'TM-1'))
  const held = await staff(endpoints.listOrderLots, { params: { orderId: named.orderId } })
  expect(held.items.map(({ number }) => number ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual(five('M'))

  const silent = await askedOf(numbered, 5)
  await silent.answer(sentWith(silent.asked.number, [], 'TM-2'))
  const read = () => staff(endpoints.getSupplierOrder, { params: silent.params, query: {} })
  expect(await read()).toMatchObject({ state: 'ordered', documents: [{ trackingId: 'TM-2', leftToStaff: 'lots' }] })
  const params = { fulfillmentId: (await read()).direct?.fulfillmentId ?? '' }
  const { lines } = await staff(endpoints.getFulfillment, { params, query: {} })
  const lots = five('N').map((number) => ({ number, units: 1 }))
  await staff(endpoints.packParcel, {
    params,
    body: { lines: [{ lineId: lines[0]?.lineId ?? '', quantity: 5, lots }] },
  })
  await staff(endpoints.ship, { params, body: { carrier: 'Transports Morin', trackingNumber: 'TM-2' } })
  await settle()
  await runDirect()
  expect(await read()).toMatchObject({ state: 'received' })
  expect(await brokenInvariants(ctx.db)).toEqual([])
})

test('a supplier may be called otherwise, not as another is: its orders follow', async () => {
  const params = { placeId: supplierPlace }
  const taken = staff(endpoints.updateSupplierPlace, { params, body: { ...terms, supplierName: 'Roues Dupré' } })
  expect(await codeOf(taken)).toBe('inventory.supplier_known')
  const body = { ...terms, supplierName: 'Cycles Morin & Fils' }
  expect(await staff(endpoints.updateSupplierPlace, { params, body })).toMatchObject({
    supplierName: body.supplierName,
  })
  const names = new Set((await supplierOrders()).map(({ supplierName }) => supplierName))
  expect([...names]).toEqual([body.supplierName])
})
