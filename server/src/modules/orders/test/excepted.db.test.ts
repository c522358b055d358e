import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'

const { shop, visitor, asStaff, settle } = await createTestShop({ products: 3, unitsPerPlace: 9 })
const staff = asStaff()
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const variant = (n: number): string => shop.variantIds[n] ?? ''

/** Says that nobody may withdraw from the purchase of an article. */
async function except(n: number, withdrawalException: 'made_to_order' | 'hygiene') {
  const { items } = await staff(endpoints.listCatalogProducts, { query: { q: `article n° ${n}`, limit: 9 } })
  const productId = items.find(({ handle }) => handle === `article-${n}`)?.id ?? ''
  const found = await staff(endpoints.getCatalogProduct, { params: { productId } })
  const { id: _, createdAt: _c, updatedAt: _u, revision: _r, variants, ...rest } = found
  const body = { ...rest, withdrawalException, variants: variants.map(({ id: _v, ...one }) => one) }
  const saved = await staff(endpoints.updateProduct, { params: { productId }, query: {}, body })
  expect(saved.withdrawalException).toBe(withdrawalException)
}
await except(0, 'made_to_order')
await except(1, 'hygiene')
await settle()

const { orderId, accessToken: token } = await visitor(endpoints.placeOrder, {
  body: webPurchase([0, 1, 2].map((n) => ({ variantId: variant(n), quantity: 1 }))),
})
await settle()
const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
const lineOf = (n: number): string => order.lines.find(({ variantId }) => variantId === variant(n))?.id ?? ''

test('the product page, the cart and the order say why, and what was said when it was bought holds', async () => {
  const page = await visitor(endpoints.getOffer, { params: { handle: 'article-0' }, query: { channel: 'web' } })
  expect(page.withdrawalException).toBe('made_to_order')
  const cart = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  const filled = await visitor(endpoints.setCartLine, {
    params: { cartId: cart.id, variantId: variant(0) },
    body: { quantity: 1 },
    query: {},
  })
  expect(filled.lines[0]?.withdrawalException).toBe('made_to_order')
  expect(order.lines.map(({ withdrawalException }) => withdrawalException)).toEqual(['made_to_order', 'hygiene', null])
})

test('the withdrawal function tells it with the law; what is excepted only once opened can be withdrawn from', async () => {
  const contract = { orderId, token }
  const { lines } = await visitor(endpoints.findWithdrawable, { body: { contract } })
  expect(lines.map(({ withdrawable, refusal, exception }) => [withdrawable, refusal, exception])).toEqual([
    [0, 'excepted', 'made_to_order'],
    [1, null, 'hygiene'],
    [1, null, null],
  ])
  const declare = (lineId: string) =>
    visitor(endpoints.declareWithdrawal, {
      body: { contract, lines: [{ lineId, quantity: 1 }], name: 'Camille Roux', email: 'camille@exemple.fr' },
    })
  expect(await declare(lineOf(0)).catch(codeOf)).toBe('orders.not_withdrawable')
  expect((await declare(lineOf(1))).lines[0]?.outcome).toBe('cancelled')
})

test('a change of mind is not taken back, a defect is; staff may make an exception and say why', async () => {
  await settle()
  for (const { id, orderId: of } of (await staff(endpoints.listFulfillments, { query: { limit: 50 } })).items)
    if (of === orderId)
      await staff(endpoints.ship, { params: { fulfillmentId: id }, body: { carrier: 'GLS', trackingNumber: null } })
  const ask = (reason: 'changed_mind' | 'defective') =>
    visitor(endpoints.askReturn, {
      params: { orderId },
      body: { token, lines: [{ lineId: lineOf(0), quantity: 1, reason }] },
    })
  const refused = await ask('changed_mind').catch((error: unknown) => error)
  expect(codeOf(refused)).toBe('orders.return_excepted')
  expect(refused instanceof ApiError && refused.problem.detail).toContain('L221-28, 3°')
  const take = (more: { lateReason?: string }) =>
    staff(endpoints.createReturn, {
      params: { orderId },
      body: {
        siteId: shop.sites['nantes'] ?? '',
        lines: [{ lineId: lineOf(0), quantity: 1, reason: 'changed_mind', disposition: 'scrap' }],
        ...more,
      },
    })
  expect(await take({}).catch(codeOf)).toBe('orders.return_excepted')
  await ask('defective')
  await staff(endpoints.cancelReturn, {
    params: {
      returnId: (await staff(endpoints.getOrder, { params: { orderId }, query: {} })).openReturns[0]?.id ?? '',
    },
    body: {},
  })
  await take({ lateReason: 'client fidèle' })
})
