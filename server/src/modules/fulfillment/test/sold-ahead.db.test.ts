import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { webPurchase } from '../../../../test/kit/shop.ts'
import { createWindowShop } from './window-shop.ts'

const { app, ctx, clock, shop, staff, visitor, settle, variantId, other, placeId, street, windowAt, cartOf } =
  await createWindowShop()
const siteId = shop.sites['nantes'] ?? ''
const dayMs = 86_400_000
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(clock.now())
const first = today()
const inDays = (days: number): string => new Date(Date.parse(first) + days * dayMs).toISOString().slice(0, 10)
const released = inDays(3)

const buy = (lines: readonly string[], changes: Record<string, unknown>) =>
  visitor(endpoints.placeOrder, {
    body: webPurchase(
      lines.map((id) => ({ variantId: id, quantity: 1 })),
      { shipsBy: released, ...changes },
    ),
  })
const inWindow = (windowId: string) => ({ delivery: { method: 'delivery', address: street, windowId } })
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'sold',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
const read = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })

/** One article is not released for three days, though it lies in Nantes. */
async function preOrder(): Promise<void> {
  await staff(endpoints.setAdvanceSales, {
    params: { variantId: other },
    body: {
      items: [
        {
          channelCode: 'web',
          kind: 'pre_order',
          placeId,
          basis: 'stated',
          limitUnits: 50,
          shipsOn: released,
          delayDays: null,
        },
      ],
    },
  })
  await settle()
  await app.wiring.model.refreshTerms()
}

test('windows of the days after it comes are offered, and no other is sold', async () => {
  await preOrder()
  const cartId = await cartOf(1, other)
  const offer = await visitor(endpoints.offerWindows, { query: { cartId, postalCode: '44000' } })
  expect(offer).toMatchObject({ refusal: null, comesOn: released })
  expect(offer.days.length).toBeGreaterThan(0)
  expect(offer.days.every(({ date }) => date > released)).toBe(true)
  expect(await codeOf(buy([variantId, other], inWindow(await windowAt(released, '10:00'))))).toBe(
    'orders.goods_come_later',
  )
  const window = await windowAt(inDays(4), '10:00')
  expect(await codeOf(buy([variantId, other], { ...inWindow(window), shipsBy: null }))).toBe('orders.ships_later')
  const placed = await buy([variantId, other], inWindow(window))
  await settle()
  const { delivery, lines } = await read(placed.orderId)
  expect(delivery.promisedAt?.slice(0, 10)).toBe(inDays(4))
  expect(lines.map(({ ahead }) => ahead?.shipsOn ?? null)).toEqual([null, released])
})

test('a car is not asked to come on the day its articles do', async () => {
  await staff(endpoints.putDrive, {
    params: { siteId },
    body: { bays: 2, slotMinutes: 60, capacity: 5, active: true },
  })
  const { sites } = await visitor(endpoints.offerDriveSlots, { query: { channel: 'web' } })
  const slotOn = (wanted: (date: string) => boolean) =>
    sites[0]?.days.find(({ date }) => wanted(date))?.slots.at(-1)?.id ?? ''
  const inSlot = (slotId: string) => ({ delivery: { method: 'pickup', siteId, slotId } })
  expect(await codeOf(buy([other], inSlot(slotOn((date) => date <= released))))).toBe('orders.goods_come_later')
  const placed = await buy([other], inSlot(slotOn((date) => date > released)))
  expect((await read(placed.orderId)).lines[0]?.ahead?.shipsOn).toBe(released)
})

test('each part of a mixed order has its own day', async () => {
  const cartId = await cartOf(1, variantId)
  await visitor(endpoints.setCartLine, {
    params: { cartId, variantId: other },
    query: {},
    body: { quantity: 1 },
  })
  const split = await visitor(endpoints.splitCart, { params: { cartId }, query: { pick: `${siteId}.${other}` } })
  const [parcel, pickUp] = split.groups
  expect(pickUp).toMatchObject({ method: 'pickup', missing: [] })
  expect(String(pickUp?.promisedAt).slice(0, 10) >= released).toBe(true)
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase(
      [
        { variantId, quantity: 1 },
        { variantId: other, quantity: 1 },
      ],
      { shipsBy: released, pickups: [{ siteId, variantIds: [other] }] },
    ),
  })
  const { groups } = await read(placed.orderId)
  expect(groups.map(({ promisedAt }) => promisedAt)).toEqual([parcel?.promisedAt, pickUp?.promisedAt])
})

test('it is neither put aside nor reserved before its day', async () => {
  const cartId = await cartOf(1, other)
  expect(await codeOf(visitor(endpoints.holdCart, { params: { cartId }, query: {}, body: { siteId } }))).toBe(
    'orders.goods_come_later',
  )
})

test('what was sold for a window is to prepare by then', async () => {
  const placed = await buy([other], inWindow(await windowAt(inDays(5), '14:00')))
  await settle()
  clock.advance(3 * dayMs)
  await app.wiring.jobs.find(({ name }) => name === 'orders.serve-ahead')?.run(ctx, {})
  await settle()
  const { rows } = await ctx.db.query<{ due_at: Date }>(
    'select due_at from fulfillment.fulfillment where order_id = $1',
    [placed.orderId],
  )
  expect(rows[0]?.due_at.toISOString()).toBe((await read(placed.orderId)).delivery.promisedAt)
})
