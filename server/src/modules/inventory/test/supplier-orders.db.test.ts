import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import type { SupplierOrder } from '@ecluse/contracts/supplier-orders.ts'
import { fileProduct } from '../../../../test/kit/download-shop.ts'
import { createTestRng } from '../../../../test/kit/rng.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { shop, visitor, asStaff, settle, clock } = await createTestShop({ products: 6, unitsPerPlace: 0 })
const staff = asStaff()
const warehouse = shop.places['entrepot'] ?? ''
const nantes = shop.places['nantes'] ?? ''
const [first = '', second = '', third = ''] = shop.variantIds

const line = (variantId: string, orderedUnits: number) => ({
  variantId,
  orderedUnits,
  expectedOn: '2026-12-01',
  unitCostMinor: 450,
})

async function ordered(lines: readonly ReturnType<typeof line>[], placeId = warehouse): Promise<SupplierOrder> {
  const body = { supplierName: 'Cycles du Ponant', placeId, note: null, lines: [...lines] }
  const { id } = await staff(endpoints.createSupplierOrder, { body })
  return staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: id }, body: {} })
}

function came(order: SupplierOrder, units: readonly (readonly [string, number])[], closes = false) {
  return {
    params: { supplierOrderId: order.id },
    body: {
      lines: units.map(([variantId, count]) => ({
        variantId,
        units: count,
        receivedBefore: order.lines.find((one) => one.variantId === variantId)?.receivedUnits ?? 0,
        reasonCode: null,
      })),
      closes,
      note: null,
    },
  }
}

async function onHand(variantId: string, placeId = warehouse): Promise<number> {
  const { items } = await staff(endpoints.listStock, { query: { variantId, placeId } })
  return items[0]?.onHand ?? 0
}

const code = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', code)

test('an order is expected once it is sent, received in part, then in full', async () => {
  const draft = await staff(endpoints.createSupplierOrder, {
    body: {
      supplierName: 'Cycles du Ponant',
      placeId: warehouse,
      note: null,
      lines: [line(first, 10), line(second, 4)],
    },
  })
  expect(draft).toMatchObject({ state: 'draft', number: expect.stringMatching(/^CF-[0-9A-Z]{8}$/) })
  expect(draft.lines.map(({ expectedUnits }) => expectedUnits)).toEqual([0, 0])
  const order = await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: draft.id }, body: {} })
  expect(order.lines.map(({ expectedUnits }) => expectedUnits)).toEqual([10, 4])
  const part = await staff(endpoints.receiveSupplierOrder, came(order, [[first, 6]]))
  expect(part.state).toBe('ordered')
  expect(part.lines.map(({ expectedUnits }) => expectedUnits)).toEqual([4, 4])
  const all = await staff(endpoints.receiveSupplierOrder, came(part, [[first, 4], [second, 4]])) // prettier-ignore
  expect(all).toMatchObject({ state: 'received', receivedAt: expect.any(String) })
  expect([await onHand(first), await onHand(second)]).toEqual([10, 4])
  const { items } = await staff(endpoints.listMovements, { query: { variantId: first } })
  expect(items.map(({ quantity, reference }) => [quantity, reference])).toEqual([
    [4, all.receipts[0]?.number],
    [6, all.receipts[1]?.number],
  ])
})

test('more or less than was ordered needs a reason, and articles that were not ordered are not received', async () => {
  const order = await ordered([line(first, 5), line(second, 5)])
  expect(await refusal(staff(endpoints.receiveSupplierOrder, came(order, [[first, 6]])))).toBe(
    'inventory.reason_needed',
  )
  expect(await refusal(staff(endpoints.receiveSupplierOrder, came(order, [[first, 4]], true)))).toBe(
    'inventory.reason_needed',
  )
  expect(await refusal(staff(endpoints.receiveSupplierOrder, came(order, [[third, 1]])))).toBe(
    'inventory.not_on_document',
  )
  const delivery = came(order, [[first, 6]], true)
  const closed = await staff(endpoints.receiveSupplierOrder, {
    ...delivery,
    body: {
      ...delivery.body,
      lines: delivery.body.lines.map((one) => ({ ...one, reasonCode: 'supplier_surplus' as const })),
    },
  })
  expect(closed.state).toBe('received')
  // What is missing is noted on the receipt too.
  expect(closed.receipts[0]?.lines).toEqual(
    expect.arrayContaining([
      { variantId: first, units: 6, reasonCode: 'supplier_surplus', lots: [] },
      { variantId: second, units: 0, reasonCode: 'supplier_shortage', lots: [] },
    ]),
  )
})

test('a delivery counted by two people at once is received once', async () => {
  const order = await ordered([line(third, 8)])
  const before = await onHand(third)
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, () => refusal(asStaff()(endpoints.receiveSupplierOrder, came(order, [[third, 5]])))),
  )
  expect(outcomes.toSorted()).toEqual(
    ['done', ...Array.from({ length: 5 }, () => 'inventory.document_changed')].toSorted(),
  )
  expect(await onHand(third)).toBe(before + 5)
})

test('the same delivery sent twice by a trembling network is received once', async () => {
  const order = await ordered([line(third, 8)])
  const before = await onHand(third)
  const idempotencyKey = 'delivery-of-tuesday'
  const answers = await Promise.all(
    Array.from({ length: 4 }, () =>
      staff(endpoints.receiveSupplierOrder, came(order, [[third, 8]]), { idempotencyKey }),
    ),
  )
  expect(new Set(answers.map(({ receipts }) => receipts.length))).toEqual(new Set([1]))
  expect(await onHand(third)).toBe(before + 8)
})

test('a file lies on no shelf: it is neither ordered, moved, counted nor found by who scans', async () => {
  const file = await fileProduct(asStaff(), 'mode-d-emploi')
  expect(await refusal(ordered([line(file, 3)]))).toBe('inventory.variant_not_found')
  const lines = [{ variantId: file, requestedUnits: 1 }]
  const asked = { fromPlaceId: warehouse, toPlaceId: nantes, note: null, lines }
  expect(await refusal(staff(endpoints.requestTransfer, { body: asked }))).toBe('inventory.variant_not_found')
  const scope = { kind: 'articles' as const, variantIds: [file] }
  const count = { placeId: nantes, scope, blind: false, note: null }
  expect(await refusal(staff(endpoints.openStockCount, { body: count }))).toBe('inventory.variant_not_found')
  const { items } = await staff(endpoints.searchStockArticles, { query: { q: 'mode-d-emploi' } })
  expect(items).toEqual([])
})

test('a receipt is taken back by counter-movements, once, unless its units were promised', async () => {
  const order = await ordered([line(shop.variantIds[3] ?? '', 3)])
  const variantId = order.lines[0]?.variantId ?? ''
  const received = await staff(endpoints.receiveSupplierOrder, came(order, [[variantId, 3]]))
  const receipt = { params: { receiptId: received.receipts[0]?.id ?? '' }, body: {} }
  await settle()
  await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }]) })
  expect(await refusal(staff(endpoints.undoReceipt, receipt))).toBe('inventory.not_enough')

  const other = await ordered([line(first, 2)])
  const before = await onHand(first)
  const again = await staff(endpoints.receiveSupplierOrder, came(other, [[first, 2]]))
  const receiptId = again.receipts[0]?.id ?? ''
  const outcomes = await Promise.all(
    [1, 2, 3].map(() => refusal(asStaff()(endpoints.undoReceipt, { params: { receiptId }, body: {} }))),
  )
  expect(outcomes.toSorted()).toEqual(['done', 'inventory.document_state', 'inventory.document_state'])
  const undone = await staff(endpoints.getSupplierOrder, { params: { supplierOrderId: other.id }, query: {} })
  expect(undone).toMatchObject({ state: 'ordered', lines: [{ receivedUnits: 0, expectedUnits: 2 }] })
  expect(await onHand(first)).toBe(before)
})

test('people of a shop keep to their shop; a clerk receives but does not order', async () => {
  const site = [shop.sites['nantes'] ?? '']
  const manager = asStaff(permissionsOfRole.shop_manager, site)
  const clerk = asStaff(permissionsOfRole.clerk, site)
  const elsewhere = await ordered([line(first, 1)])
  const here = await ordered([line(first, 1)], nantes)
  const body = { supplierName: 'Ponant', placeId: nantes, note: null, lines: [line(first, 1)] }
  expect(await refusal(clerk(endpoints.createSupplierOrder, { body }))).toBe('access.forbidden')
  expect(await refusal(manager(endpoints.createSupplierOrder, { body: { ...body, placeId: warehouse } }))).toBe(
    'access.wrong_site',
  )
  expect(await refusal(manager(endpoints.createSupplierOrder, { body }))).toBe('done')
  expect(await refusal(clerk(endpoints.receiveSupplierOrder, came(elsewhere, [[first, 1]])))).toBe('access.wrong_site')
  expect(await refusal(clerk(endpoints.receiveSupplierOrder, came(here, [[first, 1]])))).toBe('done')
  const { items } = await clerk(endpoints.listSupplierOrders, { query: {} })
  expect(new Set(items.map(({ placeId }) => placeId))).toEqual(new Set([nantes]))
})

test('an order is late once its day has passed, and is cancelled while nothing has come', async () => {
  const order = await ordered([line(first, 3)])
  const find = async () =>
    (await staff(endpoints.listSupplierOrders, { query: { q: order.number } })).items.find(({ id }) => id === order.id)
  expect((await find())?.late).toBe(clock.now() > new Date('2026-12-02'))
  const params = { supplierOrderId: order.id }
  const cancelled = await staff(endpoints.cancelSupplierOrder, { params, body: {} })
  expect(cancelled.state).toBe('cancelled')
  expect((await find())?.expectedUnits).toBe(0)
  const begun = await ordered([line(first, 3)])
  await staff(endpoints.receiveSupplierOrder, came(begun, [[first, 1]]))
  expect(await refusal(staff(endpoints.cancelSupplierOrder, { params: { supplierOrderId: begun.id }, body: {} }))).toBe(
    'inventory.document_state',
  )
})

test('whatever is received and taken back, stock is the sum of the receipts that stand', async () => {
  const rng = createTestRng()
  const variantIds = shop.variantIds.slice(4)
  const units = (most: number) => 1 + (rng.uint32() % most)
  // The oracle: a plain list of what stands, told apart from everything the server keeps.
  const start = new Map(await Promise.all(variantIds.map(async (id) => [id, await onHand(id, nantes)] as const)))
  const standing = new Map<string, [string, number][]>()
  for (let round = 0; round < 4; round++) {
    let order = await ordered(variantIds.map((id) => line(id, units(20))), nantes) // prettier-ignore
    for (let step = 0; step < 6; step++) {
      const undoable = order.receipts.find(({ undoneAt }) => undoneAt === null)
      if (undoable && rng.uint32() % 3 === 0) {
        order = await staff(endpoints.undoReceipt, { params: { receiptId: undoable.id }, body: {} })
        standing.delete(undoable.id)
      } else if (order.state === 'ordered') {
        const lines = order.lines.filter(({ expectedUnits }) => expectedUnits > 0)
        const delivered = lines.map((one) => [one.variantId, units(one.expectedUnits)] as [string, number])
        const before = new Set(order.receipts.map(({ id }) => id))
        order = await staff(endpoints.receiveSupplierOrder, came(order, delivered))
        const receipt = order.receipts.find(({ id }) => !before.has(id))
        standing.set(receipt?.id ?? '', delivered)
      }
    }
  }
  for (const variantId of variantIds) {
    const sum = [...standing.values()].flat().reduce((total, [id, count]) => total + (id === variantId ? count : 0), 0)
    expect(await onHand(variantId, nantes)).toBe((start.get(variantId) ?? 0) + sum)
  }
  expect((await staff(endpoints.verifyStock, {})).differences).toEqual([])
})

test('a scanned code finds its article', async () => {
  const found = await staff(endpoints.findStockArticle, { query: { code: 'sku-2' } })
  expect(found.sku).toBe('SKU-2')
  expect(await refusal(staff(endpoints.findStockArticle, { query: { code: '3760000000000' } }))).toBe(
    'inventory.article_not_found',
  )
})
