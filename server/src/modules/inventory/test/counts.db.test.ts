import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import type { StockCount } from '@ecluse/contracts/stock-counts.ts'
import { createTestRng } from '../../../../test/kit/rng.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'

const { shop, asStaff, clock, settle } = await createTestShop({ products: 8, unitsPerPlace: 50 })
const staff = asStaff()
const nantes = shop.places['nantes'] ?? ''
const site = shop.sites['nantes'] ?? ''
const [first = '', second = '', third = '', fourth = ''] = shop.variantIds

const open = (variantIds: readonly string[], blind = false, who = staff) =>
  who(endpoints.openStockCount, {
    body: { placeId: nantes, scope: { kind: 'articles', variantIds: [...variantIds] }, blind, note: null },
  })

/** Counts, a moment after whatever happened before. */
function counted(count: StockCount, units: readonly (readonly [string, number])[], who = staff, countedAt?: Date) {
  if (!countedAt) clock.advance(1_000)
  return who(endpoints.recordCountLines, {
    params: { countId: count.id },
    body: {
      lines: units.map(([variantId, n]) => ({
        variantId,
        units: n,
        countedBefore: count.lines.find((line) => line.variantId === variantId)?.countedUnits ?? null,
        ...(countedAt ? { countedAt: countedAt.toISOString() } : {}),
      })),
    },
  })
}
const finish = (count: StockCount, uncountedAreZero = false, who = staff) =>
  who(endpoints.finishStockCount, { params: { countId: count.id }, body: { uncountedAreZero } })
const post = (count: StockCount, who = staff) =>
  who(endpoints.postStockCount, { params: { countId: count.id }, body: { reasons: [] } })

/** Something leaves the shelf at the till, a moment later. */
function sell(variantId: string, quantity = 1): Promise<unknown> {
  clock.advance(1_000)
  return staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      lines: [{ variantId, quantity }],
      delivery: { method: 'carry_out', siteId: site },
      payments: [{ method: 'cash', amountMinor: quantity * (1_000 + 100 * shop.variantIds.indexOf(variantId)) }],
    },
  })
}

async function onHand(variantId: string): Promise<number> {
  const { items } = await staff(endpoints.listStock, { query: { variantId, placeId: nantes } })
  return items[0]?.onHand ?? 0
}

const code = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const refusal = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', code)

test('a count puts right what differs, with a movement of its own', async () => {
  let count = await open([first, second])
  expect(count).toMatchObject({ state: 'open', number: expect.stringMatching(/^INV-/), lineCount: 2, countedCount: 0 })
  count = await counted(count, [[first, 48], [second, 50]]) // prettier-ignore
  count = await finish(count)
  expect(count.lines.map(({ differenceUnits }) => differenceUnits)).toEqual([-2, 0])
  const posted = await post(count)
  expect(posted.state).toBe('posted')
  expect([await onHand(first), await onHand(second)]).toEqual([48, 50])
  const { items } = await staff(endpoints.listMovements, { query: { variantId: first, kind: 'count' } })
  expect(items).toMatchObject([{ quantity: -2, reasonCode: 'count_difference', reference: count.number }])
})

test('what is sold after a line was counted is not counted as missing', async () => {
  await settle()
  let count = await open([third])
  await sell(third, 3)
  // 47 are left by the journal; one is missing on the shelf.
  count = await counted(count, [[third, 46]])
  await sell(third, 5)
  count = await finish(count)
  expect(count.lines[0]).toMatchObject({ expectedUnits: 47, differenceUnits: -1 })
  await sell(third, 2)
  await post(count)
  expect(await onHand(third)).toBe(39)
})

test('counting and posting while customers buy: the stock is what lies on the shelf', async () => {
  await settle()
  const before = await onHand(fourth)
  // The truth, kept apart: what really lies there, 4 fewer than recorded; each sale takes one.
  let shelf = before - 4
  let count = await open([fourth])
  const buy = () => sell(fourth).then(() => void (shelf -= 1))
  await Promise.all(Array.from({ length: 6 }, buy))
  const moment = clock.now()
  const seen = shelf
  const [after] = await Promise.all([
    counted(count, [[fourth, seen]], staff, moment),
    ...Array.from({ length: 8 }, buy),
  ])
  count = await finish(after)
  await Promise.all([post(count), ...Array.from({ length: 8 }, buy)])
  expect(await onHand(fourth)).toBe(shelf)
  expect(shelf).toBe(before - 4 - 22)
  expect((await staff(endpoints.verifyStock, {})).differences).toEqual([])
})

test('two people do not overwrite each other, nor post twice', async () => {
  const count = await open([first])
  const outcomes = await Promise.all([7, 8, 9].map((n) => refusal(counted(count, [[first, n]], asStaff()))))
  expect(outcomes.toSorted()).toEqual(['done', 'inventory.document_changed', 'inventory.document_changed'])
  const mine = await staff(endpoints.getStockCount, { params: { countId: count.id }, query: {} })
  await counted(mine, [[first, 47]])
  await finish(count)
  const posts = await Promise.all([1, 2, 3].map(() => refusal(post(count, asStaff()))))
  expect(posts.toSorted()).toEqual(['done', 'inventory.document_state', 'inventory.document_state'])
  expect(await onHand(first)).toBe(47)
})

test('large differences are posted by a manager, small ones by whoever counted', async () => {
  const clerk = asStaff(permissionsOfRole.clerk, [site])
  const manager = asStaff(permissionsOfRole.shop_manager, [site])
  const small = await finish(await counted(await open([second], false, clerk), [[second, 49]], clerk), false, clerk)
  expect(small.needsApproval).toBe(false)
  expect(await refusal(post(small, clerk))).toBe('done')
  const large = await finish(await counted(await open([second], false, clerk), [[second, 40]], clerk), false, clerk)
  expect(large.needsApproval).toBe(true)
  expect(await refusal(post(large, clerk))).toBe('access.forbidden')
  expect(await refusal(post(large, manager))).toBe('done')
  expect(await onHand(second)).toBe(40)
})

test('a blind count does not tell a clerk what is expected; the value is told once it is known', async () => {
  const clerk = asStaff(permissionsOfRole.clerk, [site])
  const body = {
    supplierName: 'Ponant',
    placeId: nantes,
    note: null,
    lines: [{ variantId: second, orderedUnits: 1, expectedOn: null, unitCostMinor: 1_250 }],
  }
  const { id } = await staff(endpoints.createSupplierOrder, { body })
  await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: id }, body: {} })
  const count = await open([second], true, clerk)
  expect(count.lines[0]).toMatchObject({ expectedUnits: null, differenceUnits: null })
  const seen = await counted(count, [[second, 38]], clerk)
  expect(seen.lines[0]).toMatchObject({ expectedUnits: null, differenceUnits: null, differenceValue: null })
  const done = await finish(seen, false, clerk)
  expect(done.lines[0]).toMatchObject({ expectedUnits: 40, differenceUnits: -2 })
  expect(done.differenceValue?.amountMinor).toBe(-2_500)
})

test('a whole place: what nobody counts is there no more, when they say so', async () => {
  const whole = await staff(endpoints.openStockCount, {
    body: { placeId: nantes, scope: { kind: 'place' }, blind: false, note: null },
  })
  expect(whole.lineCount).toBe(shop.variantIds.length)
  const category = await staff(endpoints.openStockCount, {
    body: { placeId: nantes, scope: { kind: 'category', categoryCode: 'velos' }, blind: false, note: null },
  })
  expect(category.lineCount).toBe(shop.variantIds.length)
  const { id } = await counted(whole, [[first, 47]])
  clock.advance(1_000)
  const finished = await finish({ ...whole, id }, true)
  expect(finished.countedCount).toBe(shop.variantIds.length)
  expect((await staff(endpoints.cancelStockCount, { params: { countId: id }, body: {} })).state).toBe('cancelled')
})

test('whatever is counted, sold and received in between, the journal and the shelf agree in the end', async () => {
  await settle()
  const rng = createTestRng()
  const variantIds = shop.variantIds.slice(5)
  // The oracle: what really lies on the shelf. Now and then something disappears, or turns up, that nobody writes down.
  const shelf = new Map(await Promise.all(variantIds.map(async (id) => [id, await onHand(id)] as const)))
  const move = (id: string, n: number) => shelf.set(id, (shelf.get(id) ?? 0) + n)
  for (let round = 0; round < 4; round++) {
    let count = await open(variantIds)
    for (const variantId of variantIds) {
      const secret = (rng.uint32() % 5) - 2
      if ((shelf.get(variantId) ?? 0) + secret >= 8) move(variantId, secret)
      count = await counted(count, [[variantId, shelf.get(variantId) ?? 0]])
      for (const other of variantIds) {
        if (rng.uint32() % 2 && (shelf.get(other) ?? 0) > 6) {
          await sell(other)
          move(other, -1)
        }
      }
    }
    await post(await finish(count))
    for (const variantId of variantIds) expect(await onHand(variantId)).toBe(shelf.get(variantId))
  }
  expect((await staff(endpoints.verifyStock, {})).differences).toEqual([])
})
