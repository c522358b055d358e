import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { app, ctx, shop, clock, asStaff } = await createTestShop(
  { products: 1, unitsPerPlace: 9 },
  { config: { returnDays: 30 } },
)
const { nantes = '' } = shop.sites
const [variantId = ''] = shop.variantIds
const staff = asStaff()
const day = 86_400_000

test('a change of mind has its days, then needs a reason, which is kept; what is faulty always comes back', async () => {
  const price = app.wiring.model.sellable('shop-nantes', variantId, ctx.clock.now())?.unitPriceMinor
  const { orderId } = await staff(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 4 }], {
      channel: 'shop-nantes',
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'terminal_card', amountMinor: 4 * Number(price) }],
    }),
  })
  const read = () => staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const order = await read()
  expect(order.returnDays).toBe(30)
  const lineId = order.lines[0]?.id ?? ''
  const until = Date.parse(order.returnUntil ?? '')
  const giveBack = async (reason: 'changed_mind' | 'defective', more: { lateReason?: string } = {}) => {
    const lines = [{ lineId, quantity: 1, reason, disposition: 'restock' as const }]
    return staff(endpoints.createReturn, { params: { orderId }, body: { siteId: nantes, lines, ...more } })
      .then(() => 'taken')
      .catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))
  }
  expect(until).toBeGreaterThan(ctx.clock.now().getTime() + 30 * day)
  clock.advance(until - ctx.clock.now().getTime())
  expect(await giveBack('changed_mind')).toBe('taken')
  clock.advance(1)
  expect(await giveBack('changed_mind')).toBe('orders.return_late')
  expect(await giveBack('defective')).toBe('taken')
  expect(await giveBack('changed_mind', { lateReason: 'Le colis a traîné' })).toBe('taken')
  expect((await read()).timeline.map(({ details }) => details['lateReason']).filter(Boolean)).toEqual([
    'Le colis a traîné',
  ])
})
