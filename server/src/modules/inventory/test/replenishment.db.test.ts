import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import { computeProposals } from '../replenishment/compute-proposals.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'

const { shop, asStaff, clock, ctx, settle } = await createTestShop({ products: 5, unitsPerPlace: 30 })
const staff = asStaff()
const warehouse = shop.places['entrepot'] ?? ''
const nantes = shop.places['nantes'] ?? ''
const site = shop.sites['nantes'] ?? ''
const [first = '', second = '', third = ''] = shop.variantIds
const dayMs = 86_400_000

async function sell(variantId: string, quantity: number): Promise<void> {
  await staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      lines: [{ variantId, quantity }],
      delivery: { method: 'carry_out', siteId: site },
      payments: [{ method: 'cash', amountMinor: quantity * (1_000 + 100 * shop.variantIds.indexOf(variantId)) }],
    },
  })
}
const list = async (query = {}) => (await staff(endpoints.listProposals, { query })).items
const code = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', code)

test('what sells is proposed from the journal, with its figures; what does not is not', async () => {
  await settle()
  // Two a day for two weeks of the first article; by hand: mean 2, no spread but that of chance.
  for (let day = 0; day < 14; day++) {
    await sell(first, 2)
    clock.advance(dayMs)
  }
  await computeProposals(ctx)
  const [proposal, ...others] = await list({ placeId: nantes })
  expect(others).toEqual([])
  expect(proposal).toMatchObject({ sku: 'SKU-0', source: 'transfer', fromPlaceId: warehouse })
  const { figures } = proposal ?? { figures: null }
  expect(figures).toMatchObject({ onHand: 2, inbound: 0, position: 2, demandPerDay: 2, daysLookedAt: 14, leadDays: 2 })
  // 2 × 3 days, and 1.645 × √(3 × 2 + 2² × 0.5²) of safety; then seven days more.
  expect(figures?.reorderPoint).toBe(Math.ceil(6 + 1.6449 * Math.sqrt(7)))
  expect(proposal?.units).toBe(figures ? figures.reorderPoint + 14 - 2 : 0)
})

test('accepting makes the documents once, and what is asked for is not proposed again', async () => {
  const proposals = await list({ placeId: nantes })
  const items = proposals.map(({ variantId, placeId, units }) => ({ variantId, placeId, units }))
  const outcomes = await Promise.all(
    [1, 2, 3].map(() => refusal(asStaff()(endpoints.acceptProposals, { body: { items } }))),
  )
  expect(outcomes.toSorted()).toEqual(['done', 'inventory.proposal_gone', 'inventory.proposal_gone'])
  const { items: transfers } = await staff(endpoints.listTransfers, { query: { placeId: nantes } })
  expect(transfers).toMatchObject([{ state: 'requested', requestedUnits: items[0]?.units }])
  await computeProposals(ctx)
  expect(await list({ placeId: nantes })).toEqual([])
})

test('the least of an article is proposed without a sale, from a supplier where the place is supplied', async () => {
  const limits = { minUnits: 40, maxUnits: 60, packUnits: 6 }
  await staff(endpoints.saveReplenishmentLimit, { params: { placeId: warehouse, variantId: second }, body: limits })
  await computeProposals(ctx)
  const proposal = (await list({ placeId: warehouse })).find(({ variantId }) => variantId === second)
  expect(proposal).toMatchObject({ source: 'supplier', units: 12, figures: { limitedBy: 'min', packUnits: 6 } })
  const made = await staff(endpoints.acceptProposals, {
    body: { items: [{ variantId: second, placeId: warehouse, units: 18 }] },
  })
  const supplierOrderId = made.supplierOrders[0]?.id ?? ''
  const order = await staff(endpoints.getSupplierOrder, { params: { supplierOrderId }, query: {} })
  expect(order).toMatchObject({ state: 'draft', lines: [{ orderedUnits: 18 }] })
  const crossed = { params: { placeId: warehouse, variantId: second }, body: { ...limits, maxUnits: 1 } }
  expect(await refusal(staff(endpoints.saveReplenishmentLimit, crossed))).toBe('inventory.limits_crossed')
})

test('shops that want more than the warehouse has share it', async () => {
  const lyon = shop.places['lyon'] ?? ''
  for (const placeId of [nantes, lyon])
    await staff(endpoints.saveReplenishmentLimit, {
      params: { placeId, variantId: third },
      body: { minUnits: 50, maxUnits: null, packUnits: 1 },
    })
  await computeProposals(ctx)
  const shared = (await list()).filter(({ variantId, source }) => variantId === third && source === 'transfer')
  expect(shared.reduce((sum, { units }) => sum + units, 0)).toBe(30)
  expect(shared.some(({ figures }) => figures.limitedBy === 'source')).toBe(true)
})

test('a manager changes the rule of their shop, and sees only its proposals', async () => {
  const manager = asStaff(permissionsOfRole.shop_manager, [site])
  const { items } = await manager(endpoints.listReplenishmentRules)
  expect(items.map(({ placeId }) => placeId)).toEqual([nantes])
  const { placeId: _, placeName: __, ...rule } = items[0]!
  const saved = await manager(endpoints.saveReplenishmentRule, {
    params: { placeId: nantes },
    body: { ...rule, leadDays: 5, serviceBasisPoints: 9_900 },
  })
  expect(saved.leadDays).toBe(5)
  expect(await refusal(manager(endpoints.saveReplenishmentRule, { params: { placeId: warehouse }, body: rule }))).toBe(
    'access.wrong_site',
  )
  const nowhere = { ...rule, fromPlaceId: '0192f000-0000-7000-8000-000000000001' }
  expect(await refusal(manager(endpoints.saveReplenishmentRule, { params: { placeId: nantes }, body: nowhere }))).toBe(
    'inventory.place_not_found',
  )
  const seen = await manager(endpoints.listProposals, { query: {} })
  expect(seen.items.every(({ placeId }) => placeId === nantes)).toBe(true)
})

test('computing says how far it is', async () => {
  const begun = await staff(endpoints.computeReplenishment, { body: {} })
  expect(begun).toMatchObject({ finishedAt: null, done: 0 })
  await computeProposals(ctx)
  const run = await staff(endpoints.getReplenishmentRun)
  expect(run).toMatchObject({ done: run.total, finishedAt: expect.any(String) })
})
