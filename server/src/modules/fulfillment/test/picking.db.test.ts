import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { captureAuthorised } from '../../payments/public.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 4, unitsPerPlace: 60 })
const { provider } = app.wiring.placement
const staff = asStaff()
const siteId = shop.sites['nantes'] ?? ''
const placeId = shop.places['nantes'] ?? ''
const article = (n: number): string => shop.variantIds[n] ?? ''
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))

/** Places orders to be picked up and returns their preparations, in the order they were asked for. */
async function bought(orders: [number, number][][], site = siteId): Promise<string[]> {
  const orderIds: string[] = []
  for (const lines of orders) {
    const body = webPurchase(
      lines.map(([n, quantity]) => ({ variantId: article(n), quantity })),
      { delivery: { method: 'pickup', siteId: site } },
    )
    orderIds.push((await visitor(endpoints.placeOrder, { body })).orderId)
  }
  await settle()
  await captureAuthorised(ctx, provider)
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { siteId: site, limit: 200 } })
  return orderIds.map((orderId) => items.find((item) => item.orderId === orderId)?.id ?? '')
}

const locate = (n: number, location: string | null) =>
  staff(endpoints.setLocation, { params: { variantId: article(n), placeId }, body: { location } })
const open = (fulfillmentIds: string[]) => staff(endpoints.openPickingRound, { body: { fulfillmentIds } })
const scan = (roundId: string, code: string) => staff(endpoints.scanPick, { params: { roundId }, body: { code } })
const finish = (roundId: string) => staff(endpoints.finishPickingRound, { params: { roundId } })
const stateOf = async (fulfillmentId: string) =>
  (await staff(endpoints.getFulfillment, { params: { fulfillmentId }, query: {} })).state

await locate(0, 'B-1')
await locate(1, 'A-10')
await locate(2, 'A-2')

test('a place is written on the level, and may be taken away; only where one works', async () => {
  const { location } = await locate(3, ' C-4-1 ')
  expect(location).toBe('C-4-1')
  expect((await locate(3, null)).location).toBeNull()
  const elsewhere = asStaff(['stock:write'], [shop.sites['lyon'] ?? ''])
  const params = { variantId: article(0), placeId }
  expect(await elsewhere(endpoints.setLocation, { params, body: { location: 'Z' } }).catch(codeOf)).toBe(
    'access.wrong_site',
  )
})

test('a list to pick is in the order of the walk', async () => {
  const [fulfillmentId = ''] = await bought([
    [
      [0, 1],
      [1, 1],
      [3, 1],
      [2, 1],
    ],
  ])
  const { lines } = await staff(endpoints.getFulfillment, { params: { fulfillmentId }, query: {} })
  expect(lines.map(({ location }) => location)).toEqual(['A-2', 'A-10', 'B-1', null])
})

test('several orders in one walk: a scan ticks off the right line and says the tray; wrong and too many are refused', async () => {
  const ids = await bought([
    [
      [0, 1],
      [2, 2],
    ],
    [
      [2, 1],
      [3, 1],
    ],
  ])
  const round = await open(ids)
  expect(round.stops.map(({ location, quantity }) => [location, quantity])).toEqual([
    ['A-2', 3],
    ['B-1', 1],
    [null, 1],
  ])
  expect(round).toMatchObject({ units: 5, picked: 0, orders: [{ tray: 1 }, { tray: 2 }] })
  // Which order has which tray does not matter: each article goes where it is needed.
  const trays: number[] = []
  for (let n = 3; n > 0; n--) {
    const { tray, left } = await scan(round.id, 'sku-2')
    trays.push(tray)
    expect(left).toBe(n - 1)
  }
  expect(trays.filter((tray) => tray === trays[0]).length === 3).toBe(false)
  expect(await scan(round.id, 'SKU-2').catch(codeOf)).toBe('fulfillment.enough_picked')
  expect(await scan(round.id, 'SKU-1').catch(codeOf)).toBe('fulfillment.not_in_round')
  expect(await scan(round.id, '3760000000000').catch(codeOf)).toBe('fulfillment.not_in_round')
  const last = await scan(round.id, 'SKU-0')
  expect(last.round).toMatchObject({ units: 5, picked: 4 })
  const { items } = await staff(endpoints.listPickingRounds, { query: { siteId } })
  expect(items).toMatchObject([{ id: round.id, orders: 2, units: 5, picked: 4 }])
  // The walk ends with one article missing: its order stays to be made.
  expect(await finish(round.id)).toEqual({ ready: 1, left: 1 })
  const [first = '', second = ''] = ids
  expect([await stateOf(first), await stateOf(second)]).toEqual(['ready', 'to_prepare'])
  expect(await scan(round.id, 'SKU-3').catch(codeOf)).toBe('fulfillment.round_over')
  // What was picked of it is still picked in the next walk.
  const again = await open([second])
  expect(again).toMatchObject({ units: 2, picked: 1 })
  const missing = again.stops.find(({ picked }) => picked === 0)?.lines[0]
  expect(missing).toBeDefined()
  const { fulfillmentId, lineId } = missing!
  const put = await staff(endpoints.setPicked, {
    params: { roundId: again.id },
    body: { fulfillmentId, lineId, picked: 9 },
  })
  expect(put.picked).toBe(2)
  expect(await finish(again.id)).toEqual({ ready: 1, left: 0 })
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})

test('an order is in one walk, whoever takes it; a walk is in one shop, and ends when nobody prepares any more', async () => {
  const [one = '', two = ''] = await bought([[[0, 1]], [[0, 1]]])
  const [far = ''] = await bought([[[0, 1]]], shop.sites['lyon'] ?? '')
  expect(await open([one, far]).catch(codeOf)).toBe('fulfillment.other_shop')
  const attempts = await Promise.allSettled([open([one, two]), open([two, one]), open([one])])
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const attempt of attempts)
    if (attempt.status === 'rejected') expect(codeOf(attempt.reason)).toBe('fulfillment.in_round')
})

test('two people scanning at once never pick one unit twice', async () => {
  const [id = ''] = await bought([[[2, 6]]])
  const round = await open([id])
  const scans = await Promise.allSettled(Array.from({ length: 9 }, () => scan(round.id, 'SKU-2')))
  expect(scans.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
  const now = await staff(endpoints.getPickingRound, { params: { roundId: round.id }, query: {} })
  expect(now).toMatchObject({ units: 6, picked: 6 })
  const ends = await Promise.allSettled([finish(round.id), finish(round.id)])
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await settle()
  expect(await brokenAtRest(ctx.db)).toEqual([])
})
