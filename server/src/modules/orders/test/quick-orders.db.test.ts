import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { beforeEach, expect, test } from 'vitest'
import { query } from '../../../kernel/db.ts'
import { createCompanyShop } from './company-shop.ts'

const world = await createCompanyShop()
const { ctx, at, staff, visitor, member, newCompany, variantId, other } = world

beforeEach(newCompany)

const read = (text: string) =>
  staff(endpoints.readQuickOrder, { params: { companyId: at.companyId }, body: { channel: 'web', text } })

const articles = await query<{ id: string; sku: string; gtin: string | null }>(
  ctx.db,
  sql`select id, sku, gtin from catalog.variant order by sku`,
)
const skuOf = (id: string) => articles.find((one) => one.id === id)?.sku ?? ''

test('line by line: what is found, what is not and what looks like it, what there is not enough of', async () => {
  const sku = skuOf(variantId)
  const { lines, ready } = await read(
    `Référence;Quantité\n${sku.toLowerCase()};2\n${sku}X;1\n${skuOf(other)} 1000000\n${skuOf(other)};9999\n${sku} 3`,
  )
  expect(lines.map(({ position, problem }) => [position, problem])).toEqual([
    [2, null],
    [3, 'unknown'],
    [4, 'no_quantity'],
    [5, 'short'],
    [6, null],
  ])
  expect(lines[1]?.suggestions.map((one) => one.sku)).toContain(sku)
  expect(ready).toEqual([{ variantId, quantity: 5 }])
})

test('what is read goes into a cart at once, beside what is in it', async () => {
  const { id: cartId } = await visitor(endpoints.createCart, { body: { channel: 'web' } })
  const { ready } = await read(`${skuOf(variantId)} 2\n${skuOf(other)} 1`)
  await visitor(endpoints.addCartLines, { params: { cartId }, query: {}, body: { lines: ready } })
  const cart = await visitor(endpoints.addCartLines, { params: { cartId }, query: {}, body: { lines: ready } })
  expect(cart.lines.map(({ quantity }) => quantity).sort((a, b) => a - b)).toEqual([2, 4])
  const unknown = [{ variantId: cartId, quantity: 1 }]
  await expect(
    visitor(endpoints.addCartLines, { params: { cartId }, query: {}, body: { lines: unknown } }),
  ).rejects.toMatchObject({ problem: { code: 'orders.not_sold' } })
})

test('five hundred lines are read in a few statements, and no more are', async () => {
  const list = Array.from({ length: 510 }, (_, n) => (n % 50 === 0 ? `INCONNU-${n} 1` : `${skuOf(variantId)} 1`)).join(
    '\n',
  )
  const before = performance.now()
  const { lines } = await read(list)
  const elapsed = performance.now() - before
  expect(lines).toHaveLength(510)
  expect(lines.slice(500).every(({ problem }) => problem === 'too_many_lines')).toBe(true)
  expect(elapsed).toBeLessThan(1_000)
})

test('lists are kept by name, for the company alone', async () => {
  const { client } = await member('buyer')
  const params = { companyId: at.companyId }
  const list = { name: 'Atelier', lines: [{ sku: skuOf(variantId), quantity: 4 }] }
  await client(endpoints.saveList, { params, body: list })
  const again = { ...list, lines: [{ sku: skuOf(variantId), quantity: 6 }] }
  const { items } = await client(endpoints.saveList, { params, body: again })
  expect(items).toMatchObject([{ name: 'Atelier', lines: [{ quantity: 6 }] }])
  const { id } = await staff(endpoints.createCompany, { body: { name: 'Autre' } })
  await expect(client(endpoints.listSavedLists, { params: { companyId: id } })).rejects.toMatchObject({
    problem: { code: 'customers.company_not_found' },
  })
  const left = await client(endpoints.deleteSavedList, { params: { ...params, listId: items[0]?.id ?? '' } })
  expect(left.items).toEqual([])
})
