import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute, inTransaction, one } from '../../../kernel/db.ts'
import { followFigures, recountFigures } from '../count-days.ts'
import { upsertPastSales } from '../public.ts'

const { ctx, shop, clock, visitor, asStaff, settle } = await createTestShop({ products: 1, unitsPerPlace: 9 })
const { db } = ctx
const staff = asStaff()

const line = {
  source: 'caisse',
  number: 'A1',
  position: 1,
  day: '2026-01-02',
  channel_code: 'web',
  site_id: null,
  variant_id: null,
  units: 1,
  net_minor: 5_000,
  unit_cost_minor: null,
  first_purchase: null,
  parcels: 0,
}
const written = async (): Promise<string> => {
  await followFigures(ctx, { hurry: true })
  const { rows } = await one<{ rows: string }>(
    db,
    sql`select string_agg(xmin::text, ' ' order by day, channel_code, site_id) as rows from insights.sales_day`,
  )
  return rows
}

test('a firm of which nothing was told yet has its past counted once, and then hears its first order', async () => {
  await execute(db, sql`delete from kernel.event_waiting`)
  await execute(db, sql`delete from kernel.outbox`)
  await inTransaction(db, (tx) => upsertPastSales(tx, [line]))
  const first = await written()
  expect(first).toMatch(/\d/)
  clock.advance(180_000)
  expect(await written()).toBe(first)
  const [variantId = ''] = shop.variantIds
  await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }]) })
  await settle()
  const today = clock.now().toISOString().slice(0, 10)
  await followFigures(ctx, { hurry: true })
  const { total } = await staff(endpoints.getFigures, { query: { from: today, until: today } })
  expect(total.now.orders).toBe(1)
  expect((await recountFigures(ctx)).different).toBe(0)
})
