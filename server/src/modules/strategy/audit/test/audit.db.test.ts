import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../../test/kit/shop.ts'
import { execute, one } from '../../../../kernel/db.ts'
import { runAudit } from '../run-audit.ts'
import { resumeAudits } from '../write-audit.ts'

const { ctx, clock, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const staff = asStaff()
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

async function supply(supplierName: string, unitCostMinor: number): Promise<void> {
  const line = { variantId: shop.variantIds[0] ?? '', orderedUnits: 10, expectedOn: null, unitCostMinor }
  const body = { supplierName, placeId: Object.values(shop.places)[0] ?? '', note: null, lines: [line] }
  const { id: supplierOrderId } = await staff(endpoints.createSupplierOrder, { body })
  await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId }, body: {} })
}

test('with nothing sold, the report says so and nothing is a number that is none', async () => {
  const { id, state } = await staff(endpoints.startAudit, {})
  expect(state).toBe('waiting')
  expect(await codeOf(staff(endpoints.getAuditPdf, { params: { auditId: id }, query: {} }))).toBe(
    'strategy.audit_unfinished',
  )
  await runAudit(ctx, id)
  const { report, hash } = await staff(endpoints.getAudit, { params: { auditId: id } })
  expect(report?.unsaid).toEqual(expect.arrayContaining(['no_sales', 'short_history', 'no_competitors']))
  expect(report?.concentration.byChannel).toBeNull()
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(report)).not.toContain('NaN')
})

test('sales, prices of competitors, dependence: the report names what is weak; it never changes, and prints', async () => {
  const [variantId = ''] = shop.variantIds
  await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 2 }]) })
  await settle()
  const { sku, paid } = await one<{ sku: string; paid: number }>(
    ctx.db,
    sql`select sku, unit_price_minor::float8 as paid from orders.order_line where variant_id = ${variantId} limit 1`,
  )
  const cheaper = (paid / 200).toFixed(2)
  expect(
    await staff(endpoints.importCompetitorPrices, {
      body: { csv: `competitor,sku,price,seen_on,offer\nVélocité,${sku},${cheaper},2026-03-01,livré\n` },
    }),
  ).toEqual({ written: 1 })
  expect(await codeOf(staff(endpoints.importCompetitorPrices, { body: { csv: 'competitor,sku\nA,B' } }))).toBe(
    'strategy.bad_prices',
  )
  const today = clock.now().toISOString().slice(0, 10)
  await execute(
    ctx.db,
    sql`insert into insights.sales_day
        select ${today}::date, code, '00000000-0000-0000-0000-000000000000', 40, 0, 40, sold, 0, 0, sold, 0, 0, 0, 0, 0, 0,
          0, 0, 0, 0, 0, 40, 40, 20, 0
        from (values ('web', 900000), ('phone', 100000)) as each (code, sold)`,
  )
  await supply('Cycles Martin', 900)
  await supply('Vélos Duval', 100)
  const { id } = await staff(endpoints.startAudit, {})
  await runAudit(ctx, id)
  const audit = await staff(endpoints.getAudit, { params: { auditId: id } })
  expect(audit).toMatchObject({ state: 'done', progress: 1 })
  const kinds = audit.report?.weaknesses.map(({ kind }) => kind)
  expect(kinds).toEqual(
    expect.arrayContaining(['dependent', 'promises_broken', 'dearer_than_competitor', 'dependent_on_supplier']),
  )
  expect(audit.report?.partners.map(({ name, amountMinor, share }) => [name, amountMinor, share])).toEqual([
    ['Cycles Martin', 9_000, 0.9],
    ['Vélos Duval', 1_000, 0.1],
  ])
  expect(audit.report?.concentration.byChannel).toBeCloseTo(0.82, 9)
  expect(audit.report?.competitors[0]).toMatchObject({ competitor: 'Vélocité', ourPriceMinor: paid, offer: 'livré' })
  // Nothing that happens later changes it.
  await execute(ctx.db, sql`update insights.sales_day set revenue_minor = 1`)
  await runAudit(ctx, id)
  expect(await staff(endpoints.getAudit, { params: { auditId: id } })).toEqual(audit)
  const pdf = (await staff(endpoints.getAuditPdf, {
    params: { auditId: id },
    query: { locale: 'en' },
  })) as unknown as string
  expect(String(pdf).slice(0, 5)).toBe('%PDF-')
  await execute(ctx.db, sql`update channels.channel set name_en = 'Online shop' where code = 'web'`)
  const page = String(await staff(endpoints.getAuditPage, { params: { auditId: id }, query: { locale: 'en' } }))
  expect(page).toContain('<th scope="row">Online shop</th>')
  expect(page).toContain('<svg')
  expect(page).not.toContain('>web<')
  // A report of before something was looked at is read as it was made.
  await execute(
    ctx.db,
    sql`update strategy.audit set report = report - 'partners' - 'shops' #- '{channels,0,satisfaction}' where id = ${id}`,
  )
  const old = (await staff(endpoints.getAudit, { params: { auditId: id } })).report
  expect(old).toMatchObject({ partners: [], shops: [] })
  expect(old?.channels[0]?.satisfaction).toBeNull()
  const { items } = await staff(endpoints.listAudits, {})
  expect(items.map((each) => each.id)[0]).toBe(id)
  expect(items).toHaveLength(2)
})

test('one can be stopped, before or while it is made; one whose server died is begun again, and not for ever', async () => {
  const start = async () => (await staff(endpoints.startAudit, {})).id
  const stateOf = async (auditId: string) => (await staff(endpoints.getAudit, { params: { auditId } })).state
  const waiting = await start()
  expect((await staff(endpoints.cancelAudit, { params: { auditId: waiting } })).state).toBe('cancelled')
  await runAudit(ctx, waiting)
  expect(await stateOf(waiting)).toBe('cancelled')
  // Whoever works on it hears that it was asked to stop once a part is done.
  const begun = await start()
  await execute(ctx.db, sql`update strategy.audit set cancel_requested = true where id = ${begun}`)
  await runAudit(ctx, begun)
  expect(await staff(endpoints.getAudit, { params: { auditId: begun } })).toMatchObject({
    state: 'cancelled',
    report: null,
  })
  const left = await start()
  const leave = (attempts: number) =>
    execute(
      ctx.db,
      sql`update strategy.audit set state = 'running', runner = ${ctx.ids.next()}, said_at = ${clock.now()}, attempts = ${attempts}
          where id = ${left}`,
    )
  await leave(1)
  await runAudit(ctx, left)
  expect(await stateOf(left)).toBe('running')
  clock.advance(61_000)
  await resumeAudits.run(ctx, {})
  const { count } = await one<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from graphile_worker.jobs where key = ${`strategy.run-audit:${left}`}`,
  )
  expect(count).toBe(1)
  await runAudit(ctx, left)
  expect(await stateOf(left)).toBe('done')
  const deadly = await start()
  await execute(ctx.db, sql`update strategy.audit set attempts = 3 where id = ${deadly}`)
  await runAudit(ctx, deadly)
  expect(await stateOf(deadly)).toBe('failed')
  expect(await codeOf(staff(endpoints.cancelAudit, { params: { auditId: ctx.ids.next() } }))).toBe(
    'strategy.audit_not_found',
  )
})

test('who may not write only reads', async () => {
  const reader = asStaff(['strategy:read'])
  expect(await codeOf(reader(endpoints.startAudit, {}))).toBe('access.forbidden')
  expect(await codeOf(reader(endpoints.cancelAudit, { params: { auditId: ctx.ids.next() } }))).toBe('access.forbidden')
  expect((await reader(endpoints.listAudits, {})).items).toHaveLength(6)
  expect(await codeOf(reader(endpoints.getAudit, { params: { auditId: ctx.ids.next() } }))).toBe(
    'strategy.audit_not_found',
  )
})
