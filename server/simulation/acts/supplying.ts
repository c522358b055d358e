import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { onceOnly, pick, type Theme, type World } from './world.ts'

const query = {}

/** A day from now on, as a date. */
function inDays({ clock }: World, days: number): string {
  return new Date(clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** Sold before it is there: against what a supplier brings, within a stated number, or before its release. */
async function sellAhead(world: World): Promise<void> {
  const place = { channelCode: 'web', placeId: world.shop.places['entrepot'] ?? '', shipsOn: null, delayDays: null }
  const [first = '', second = '', third = ''] = world.shop.variantIds
  const rules = {
    [first]: { ...place, kind: 'back_order' as const, basis: 'inbound' as const, limitUnits: null },
    [second]: { ...place, kind: 'back_order' as const, basis: 'stated' as const, limitUnits: 3, delayDays: 4 },
    [third]: {
      ...place,
      kind: 'pre_order' as const,
      basis: 'stated' as const,
      limitUnits: 4,
      shipsOn: inDays(world, 2),
    },
  }
  for (const [variantId, rule] of Object.entries(rules))
    await world.staff(endpoints.setAdvanceSales, { params: { variantId }, body: { items: [rule] } })
  await world.app.wiring.model.refreshTerms()
}

async function orderOfSupplier(world: World): Promise<void> {
  const [first = '', second = ''] = world.shop.variantIds
  const { id: supplierOrderId } = await world.staff(endpoints.createSupplierOrder, {
    body: {
      supplierName: 'Cycles Morin',
      placeId: world.shop.places['entrepot'] ?? '',
      note: null,
      lines: [first, second].map((variantId) => ({
        variantId,
        orderedUnits: 1 + world.rng.below(4),
        expectedOn: pick(world, [inDays(world, 1), inDays(world, 3), null]),
        unitCostMinor: 500,
      })),
    },
  })
  const send = () => world.staff(endpoints.sendSupplierOrder, { params: { supplierOrderId }, body: {} })
  await onceOnly(world, send, 'one order was sent twice')
}

async function someSupplierOrder(world: World) {
  const { items } = await world.staff(endpoints.listSupplierOrders, { query: { state: 'ordered' } })
  if (items.length === 0) return undefined
  const params = { supplierOrderId: pick(world, items).id }
  return { params, order: await world.staff(endpoints.getSupplierOrder, { params, query }) }
}

/** A delivery comes: all of it, less, more or nothing of an article. Two people count it. */
async function receive(world: World): Promise<void> {
  const found = await someSupplierOrder(world)
  if (!found) return
  const closes = world.rng.below(2) === 0
  const lines = found.order.lines.map(({ variantId, expectedUnits, receivedUnits }) => ({
    variantId,
    units: Math.max(0, expectedUnits - 1 + world.rng.below(3)),
    receivedBefore: receivedUnits,
    reasonCode: 'other' as const,
  }))
  const ask = () =>
    world.staff(endpoints.receiveSupplierOrder, { params: found.params, body: { lines, closes, note: null } })
  if (lines.some(({ units }) => units > 0)) await onceOnly(world, ask, 'one delivery was received twice')
}

async function slip(world: World): Promise<void> {
  const found = await someSupplierOrder(world)
  if (!found) return
  const { params, order } = found
  const lines = order.lines.map(({ variantId }) => ({
    variantId,
    expectedOn: pick(world, [inDays(world, 0), inDays(world, 6), null]),
  }))
  await world.staff(endpoints.rescheduleSupplierOrder, { params, body: { lines } })
}

async function someTransfer(world: World, state: 'requested' | 'sent') {
  const { items } = await world.staff(endpoints.listTransfers, { query: { state } })
  if (items.length === 0) return undefined
  const params = { transferId: pick(world, items).id }
  return { params, transfer: await world.staff(endpoints.getTransfer, { params, query }) }
}

async function requestTransfer(world: World): Promise<void> {
  const [fromPlaceId = '', toPlaceId = ''] = pick(world, [
    ['entrepot', 'nantes'],
    ['lyon', 'entrepot'],
    ['lille', 'lyon'],
  ]).map((code) => world.shop.places[code])
  const lines = [{ variantId: pick(world, world.shop.variantIds), requestedUnits: 1 + world.rng.below(2) }]
  await world.staff(endpoints.requestTransfer, { body: { fromPlaceId, toPlaceId, note: null, lines } })
}

async function sendTransfer(world: World): Promise<void> {
  const found = await someTransfer(world, 'requested')
  if (!found) return
  const lines = found.transfer.lines.map(({ variantId, requestedUnits }) => ({ variantId, units: requestedUnits }))
  const body = { lines, expectedOn: inDays(world, world.rng.below(3)) }
  const ask = () => world.staff(endpoints.sendTransfer, { params: found.params, body })
  await onceOnly(world, ask, 'one transfer left twice')
}

async function receiveTransfer(world: World): Promise<void> {
  const found = await someTransfer(world, 'sent')
  if (!found) return
  const lines = found.transfer.lines.map(({ variantId, sentUnits }) => ({
    variantId,
    units: Math.max(0, (sentUnits ?? 0) - world.rng.below(2)),
    reasonCode: 'lost_in_transit' as const,
  }))
  const ask = () => world.staff(endpoints.receiveTransfer, { params: found.params, body: { lines } })
  await onceOnly(world, ask, 'one transfer arrived twice')
}

async function someCount(world: World, state: 'open' | 'review') {
  const { items } = await world.staff(endpoints.listStockCounts, { query: { state } })
  if (items.length === 0) return undefined
  const params = { countId: pick(world, items).id }
  return { params, count: await world.staff(endpoints.getStockCount, { params, query }) }
}

/** Stock is counted while it is sold: begun, counted, looked over and posted at different moments. */
async function workOnCount(world: World): Promise<void> {
  const open = await someCount(world, 'open')
  if (!open) {
    const scope = { kind: 'articles' as const, variantIds: world.shop.variantIds.slice(0, 2) }
    const placeId = world.shop.places[pick(world, ['entrepot', 'lyon'])] ?? ''
    await world.staff(endpoints.openStockCount, { body: { placeId, scope, blind: false, note: null } })
    return
  }
  const { params, count } = open
  const line = count.lines.find(({ countedUnits }) => countedUnits === null)
  if (!line) await world.staff(endpoints.finishStockCount, { params, body: { uncountedAreZero: false } })
  else {
    const units = Math.max(0, (line.expectedUnits ?? 0) - 1 + world.rng.below(3))
    const lines = [{ variantId: line.variantId, units, countedBefore: null }]
    const ask = () => world.staff(endpoints.recordCountLines, { params, body: { lines } })
    await onceOnly(world, ask, 'one line was counted twice')
  }
}

/** Goods on their way: sold before they come, ordered, late, received short, moved between places, and counted. */
export const supplying: Theme = {
  open: sellAhead,
  acts: [
    { name: 'order of a supplier', perform: orderOfSupplier },
    { name: 'receive a delivery', perform: receive },
    { name: 'hear that a supplier is late', perform: slip },
    {
      name: 'cancel what a supplier was asked',
      async perform(world) {
        const found = await someSupplierOrder(world)
        if (found) await world.staff(endpoints.cancelSupplierOrder, { params: found.params, body: {} })
      },
    },
    {
      name: 'take a receipt back',
      async perform(world) {
        const { items } = await world.staff(endpoints.listSupplierOrders, { query: {} })
        const received = items.filter(({ receivedUnits }) => receivedUnits > 0)
        if (received.length === 0) return
        const params = { supplierOrderId: pick(world, received).id }
        const { receipts } = await world.staff(endpoints.getSupplierOrder, { params, query })
        const last = receipts.find(({ undoneAt }) => undoneAt === null)
        if (!last) return
        const ask = () => world.staff(endpoints.undoReceipt, { params: { receiptId: last.id }, body: {} })
        await onceOnly(world, ask, 'one receipt was taken back twice')
      },
    },
    { name: 'request a transfer', perform: requestTransfer },
    { name: 'send a transfer', perform: sendTransfer },
    { name: 'receive a transfer', perform: receiveTransfer },
    { name: 'count some stock', perform: workOnCount },
    { name: 'count some stock', perform: workOnCount },
    {
      name: 'post a count',
      async perform(world) {
        const found = await someCount(world, 'review')
        if (!found) return
        const ask = () => world.staff(endpoints.postStockCount, { params: found.params, body: { reasons: [] } })
        await onceOnly(world, ask, 'one count was posted twice')
      },
    },
  ],
}
