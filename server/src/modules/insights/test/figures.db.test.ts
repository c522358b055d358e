import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Figures, FiguresQuery } from '@ecluse/contracts/insights.ts'
import { expect, inject, test } from 'vitest'
import sql from 'sql-template-tag'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute, inTransaction, one, query } from '../../../kernel/db.ts'
import { createSeededRng } from '../../../kernel/rng.ts'
import { recordInteractions } from '../../customers/public.ts'
import { setPrices } from '../../pricing/public.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'
import { followFigures, recountFigures } from '../count-days.ts'
import { countPaths } from '../count-paths.ts'
import { readMonthlyFigures, upsertPastSales } from '../public.ts'
import { markDays } from '../queries/rollups.ts'

const {
  app,
  ctx,
  shop,
  clock,
  visitor,
  asStaff,
  settle: relay,
} = await createTestShop({ products: 3, unitsPerPlace: 900 })
const { db } = ctx
const { nantes = '' } = shop.sites
const staff = asStaff()
const rng = createSeededRng(inject('seed'))
const pick = <T>(items: readonly T[]): T => items[rng.uint32() % items.length] as T
const upTo = (n: number): number => 1 + (rng.uint32() % n)

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}

const people = ['nora', 'yann', 'lise'].map((name) => ({ name: `${name} Guivarch`, email: `${name}@exemple.fr` }))
const costs = {
  fixedPerMonthMinor: 100_000,
  perOrderMinor: 90,
  perLineMinor: 25,
  perUnitMinor: 15,
  perParcelMinor: 640,
  perContactMinor: 4,
  perCardPaymentMinor: 10,
  cardBasisPoints: 140,
  commissionBasisPoints: 100,
  goodsBasisPoints: 6_000,
}
await staff(endpoints.putCostsOfChannel, { params: { code: 'web', validFrom: '2000-01-01' }, body: costs })

type Placed = { orderId: string; number: string }
const orders: Placed[] = []

async function buy(contact = pick(people)): Promise<void> {
  const variants = [...new Set([pick(shop.variantIds), pick(shop.variantIds)])]
  const lines = variants.map((variantId) => ({ variantId, quantity: upTo(3) }))
  orders.push(await visitor(endpoints.placeOrder, { body: webPurchase(lines, { contact }) }))
}

async function ship(order = pick(orders)): Promise<void> {
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { q: order.number } })
  for (const { id, state } of items)
    if (state === 'to_prepare')
      await staff(endpoints.ship, { params: { fulfillmentId: id }, body: { carrier: 'C', trackingNumber: 'X' } })
}

async function cancel(order = pick(orders)): Promise<void> {
  await staff(endpoints.cancelOrder, { params: { orderId: order.orderId }, body: { reason: 'changed their mind' } })
}

async function bringBack(order = pick(orders)): Promise<void> {
  const { lines } = await staff(endpoints.getOrder, { params: { orderId: order.orderId }, query: {} })
  const disposition = pick(['restock', 'scrap'] as const)
  const back = [{ lineId: pick(lines).id, quantity: 1, reason: 'changed_mind' as const, disposition }]
  await staff(endpoints.createReturn, { params: { orderId: order.orderId }, body: { siteId: nantes, lines: back } })
}

async function look(): Promise<void> {
  const [party] = await query<{ id: string }>(db, sql`select id from customers.party order by id limit 1`)
  // Nobody was recognised yet.
  if (!party) return
  const { id } = party
  const seen = { partyId: id, at: clock.now(), channelCode: 'web' }
  await inTransaction(db, (tx) =>
    recordInteractions(ctx, tx, [{ ...seen, kind: 'visit_anonymous', id: ctx.ids.next(), valueMinor: null }]),
  )
}

async function joinTwo(): Promise<void> {
  const [a, b] = await query<{ id: string }>(
    db,
    sql`select id from customers.party where survivor_id is null order by email`,
  )
  if (a && b) await staff(endpoints.mergeCustomers, { params: { customerId: a.id }, body: { otherId: b.id } })
}

async function supply(): Promise<void> {
  const made = await staff(endpoints.createSupplierOrder, {
    body: {
      supplierName: 'Cycles Martin',
      placeId: Object.values(shop.places)[0] ?? '',
      note: null,
      lines: [{ variantId: pick(shop.variantIds), orderedUnits: 5, expectedOn: null, unitCostMinor: 100 * upTo(30) }],
    },
  })
  await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: made.id }, body: {} })
}

async function changeCosts(): Promise<void> {
  const validFrom = new Date(clock.now().getTime() - upTo(6) * 86_400_000).toISOString().slice(0, 10)
  const body = { ...costs, perOrderMinor: upTo(300), goodsBasisPoints: 5_000 + upTo(2_000) }
  await staff(endpoints.putCostsOfChannel, { params: { code: 'web', validFrom }, body })
}

/** What a random history does: acts the rules refuse, as sending back what was not sent, are part of it. */
const acts = [buy, buy, buy, ship, ship, cancel, bringBack, bringBack, look, joinTwo, supply, changeCosts]

async function live(steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const act = orders.length === 0 ? buy : pick(acts)
    await act().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error
    })
    clock.advance(upTo(20) * 3_600_000)
    // Some events are followed while others still wait to be told.
    if (upTo(3) === 1) await settle()
    if (upTo(3) === 1) await followFigures(ctx, { hurry: true })
  }
}

test('after any history, late events and changed costs included, a recount finds what stands there', async () => {
  await live(30)
  await settle()
  await followFigures(ctx, { hurry: true })
  const { days, different } = await recountFigures(ctx)
  expect(days).toBeGreaterThan(5)
  expect(different).toBe(0)
  const counted = await one<{ orders: number; units: number; months: number; days: number }>(
    db,
    sql`select (select sum(orders)::int from insights.sales_day) as orders, (select sum(units)::int from insights.sales_day) as units,
          (select sum(units)::int from insights.product_month) as months, (select sum(units)::int from insights.product_day) as days`,
  )
  const truth = await one<{ orders: number; units: number }>(
    db,
    sql`select count(distinct o.id)::int as orders, sum(l.quantity)::int as units
        from orders.sales_order o join orders.order_line l on l.order_id = o.id
        where o.document_state = 'confirmed' and l.exception is distinct from 'cancelled'`,
  )
  expect(counted).toEqual({ ...truth, months: truth.units, days: truth.units })
}, 60_000)

test('what was heard is not counted again each minute while nothing happens', async () => {
  await buy()
  await settle()
  const written = async (): Promise<string> => {
    await followFigures(ctx, { hurry: true })
    const { rows } = await one<{ rows: string }>(
      db,
      sql`select string_agg(xmin::text, ' ' order by day, channel_code, site_id) as rows from insights.sales_day`,
    )
    return rows
  }
  await written()
  clock.advance(60_000)
  const soon = await written()
  clock.advance(180_000)
  expect(await written()).toBe(soon)
})

test('a recount finds what was changed behind its back, and mends it', async () => {
  await execute(
    db,
    // On the day before anything happened, in a channel that is none: no event leads there.
    sql`insert into insights.sales_day
        select (json_populate_record(s, '{"day": "2026-03-01", "channel_code": "nowhere"}'::json)).*
        from insights.sales_day s order by day limit 1`,
  )
  expect((await recountFigures(ctx)).different).toBe(1)
  expect((await recountFigures(ctx)).different).toBe(0)
})

const of = (asked: Partial<FiguresQuery> = {}, api = staff): Promise<Figures> =>
  api(endpoints.getFigures, { query: { from: '2027-06-07', until: '2027-06-13', ...asked } })

test('months of channels add up to the figures of the period', async () => {
  const days = { from: '2026-01-01', until: '2027-12-31' }
  const months = await readMonthlyFigures(ctx, days)
  const { total } = await of(days)
  for (const id of ['orders', 'revenue', 'margin', 'newCustomers'] as const)
    expect(months.reduce((sum, { values }) => sum + (values[id] ?? 0), 0)).toBe(total.now[id])
  expect(new Set(months.map(({ month, channelCode }) => `${month} ${channelCode}`)).size).toBe(months.length)
  expect(months.map(({ month }) => month)).toEqual(months.map(({ month }) => month).toSorted())
  await expect(readMonthlyFigures(ctx, { from: '2027-02-01', until: '2027-01-01' })).rejects.toThrow(/bad_period/)
})

test('figures of a week by hand: every term of the margin', async () => {
  clock.set('2027-06-08T09:00:00Z')
  await staff(endpoints.putCostsOfChannel, { params: { code: 'web', validFrom: '2027-01-01' }, body: costs })
  const newcomer = { name: 'Awen Le Goff', email: 'awen@exemple.fr' }
  await buy(newcomer)
  const order = orders.at(-1)
  await ship(order)
  await settle()
  await followFigures(ctx, { hurry: true })
  const { total, rows, series, fresh } = await of()
  const { orderId = '' } = order ?? {}
  const told = await staff(endpoints.getOrderCosts, { params: { orderId } })
  expect(total.now).toMatchObject({
    orders: 1,
    newCustomers: 1,
    knownCustomers: 0,
    revenue: told.netMinor,
    basket: told.netMinor,
    costToServe: told.costMinor,
    margin: told.marginMinor,
    parcel: 640,
    contacts: 4,
    conversion: null,
  })
  const terms = told.lines.flatMap((line) => line.terms)
  const sumOf = (term: string) =>
    terms.filter((one) => one.term === term).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  for (const term of ['goods', 'payment', 'picking', 'parcel', 'commission', 'contacts'] as const)
    expect(total.now[term]).toBe(sumOf(term))
  expect(terms.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(told.costMinor)
  expect(rows.find(({ key }) => key === 'web')?.now.orders).toBe(1)
  expect(series.find(({ key }) => key === '2027-06-08')?.values.orders).toBe(1)
  expect(fresh).toMatchObject({ staleDays: 0, differentDays: 0 })
  const products = await of({ by: 'product' })
  expect(products.rows.reduce((sum, { now }) => sum + (now.units ?? 0), 0)).toBe(total.now.units)
  // A quarter is read from a whole month and the days around it.
  const longer = await of({ by: 'product', from: '2027-05-15', until: '2027-07-04' })
  expect(longer.rows.map(({ now }) => now.units)).toEqual(products.rows.map(({ now }) => now.units))
})

test('a cancelled order leaves the figures of its day, and its customer is not new again', async () => {
  const last = orders.at(-1)
  clock.advance(3_600_000)
  await buy({ name: 'Awen Le Goff', email: 'awen@exemple.fr' })
  await cancel(orders.at(-1))
  await settle()
  await followFigures(ctx, { hurry: true })
  expect((await of()).total.now).toMatchObject({ orders: 1, cancelled: 1, newCustomers: 1 })
  const { orderId = '' } = orders.at(-1) ?? {}
  const costs = await staff(endpoints.getOrderCosts, { params: { orderId } })
  expect(costs).toMatchObject({ netMinor: 0, carriageMinor: 0, costMinor: 0, marginMinor: 0, lines: [] })
  await bringBack(last)
  await settle()
  await followFigures(ctx, { hurry: true })
  const { now } = (await of()).total
  expect(now.returned).toBeGreaterThan(0)
  expect(now.netRevenue).toBe((now.revenue ?? 0) - (now.returned ?? 0))
})

test('what was taken off prices, what messages and calls cost and visits that end in an order are counted', async () => {
  clock.set('2027-07-06T09:00:00Z')
  const [variantId = ''] = shop.variantIds
  await inTransaction(db, (tx) =>
    setPrices(ctx, tx, [{ listCode: 'public', variantId, amountMinor: 9_600n, compareAtMinor: 12_000n }]),
  )
  await settle()
  const lise = { name: 'Awen Le Goff', email: 'awen@exemple.fr' }
  const { party_id: partyId } = await one<{ party_id: string }>(
    db,
    sql`select id as party_id from customers.party where email = ${lise.email} order by survivor_id nulls first limit 1`,
  )
  const visit = { partyId, kind: 'visit_anonymous' as const, channelCode: 'web', valueMinor: null }
  await inTransaction(db, (tx) =>
    recordInteractions(
      ctx,
      tx,
      [1, 50, 70].map((hours) => ({
        ...visit,
        id: ctx.ids.next(),
        at: new Date(clock.now().getTime() - hours * 3_600_000),
      })),
    ),
  )
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 2 }], { contact: lise }),
  })
  await settle()
  const message = (orderId: string, cost: number) =>
    execute(
      db,
      sql`insert into engagement.message (order_id, id, medium, template, occurrence, locale, recipient, details, body, state, created_at,
            next_attempt_at, sent_at, party_id, cost_micro, purpose)
          values (${orderId}, ${ctx.ids.next()}, 'sms', 'text', ${String(cost)}, 'fr', '+33612345678', '{}', 'Bonjour', 'sent', ${clock.now()},
            ${clock.now()}, ${clock.now()}, ${partyId}, ${cost}, 'service')`,
    )
  await message(placed.orderId, 70_000)
  await message(partyId, 50_000)
  await followFigures(ctx, { hurry: true })
  const { now } = (await of({ from: '2027-07-01', until: '2027-07-07' })).total
  // 2 × 24.00 taken off, of which 20 % is VAT; 7 cents of the message are the order's, 5 nobody's.
  expect(now).toMatchObject({ discount: 4_000, outreach: 5, orders: 1 })
  expect(now.contacts).toBe(costs.perContactMinor + 7)
  expect(now.visits).toBe(3)
  expect(now.conversion).toBeCloseTo(1 / 3)
  expect((await recountFigures(ctx)).different).toBe(0)
})

test('passages between channels, where people are lost, and cohorts are counted from the log', async () => {
  clock.set('2028-01-20T09:00:00Z')
  const partyId = ctx.ids.next()
  const day = 86_400_000
  const did = (
    kind: 'visit_anonymous' | 'product_view' | 'order' | 'store_visit',
    daysAgo: number,
    channelCode: string,
  ) => ({
    partyId,
    kind,
    at: new Date(clock.now().getTime() - daysAgo * day),
    id: ctx.ids.next(),
    channelCode,
    valueMinor: kind === 'order' ? 10_000n : null,
  })
  await inTransaction(db, (tx) =>
    recordInteractions(ctx, tx, [
      did('order', 70, 'boutique'),
      // Too long after to be its sequel; then from the site to the shop, and back home to order.
      did('visit_anonymous', 9, 'web'),
      did('product_view', 9, 'web'),
      did('store_visit', 5, 'boutique'),
      did('order', 2, 'web'),
    ]),
  )
  await countPaths(ctx, { whole: true })
  const january = { from: '2028-01-01', until: '2028-01-31' }
  const { passages, funnel } = await staff(endpoints.getPaths, { query: january })
  expect(passages).toEqual([
    { from: 'boutique', to: 'web', passages: 1, orders: 1, carried: 0 },
    { from: 'web', to: 'boutique', passages: 1, orders: 0, carried: 0 },
  ])
  expect(funnel.find(({ channelCode }) => channelCode === 'web')).toMatchObject({ visitors: 1, viewers: 1, buyers: 1 })
  expect(funnel.find(({ channelCode }) => channelCode === 'boutique')).toMatchObject({ visitors: 1, buyers: 0 })
  const november = { from: '2027-11-01', until: '2027-11-30' }
  const { cohorts } = await staff(endpoints.getCohorts, { query: november })
  const months = [0, 2].map((after) => ({ after, customers: 1, orders: 1, valueMinor: 10_000 }))
  expect(cohorts).toEqual([{ month: '2027-11', customers: 1, months }])
  expect((await staff(endpoints.getCohorts, { query: { ...november, channel: 'web' } })).cohorts).toEqual([])
  expect(await staff(endpoints.exportPassages, { query: january })).toContain('2028-01,2028-01,boutique,web,1,1,0')
  expect(await staff(endpoints.exportFunnel, { query: january })).toContain('web,1,1,1')
  expect(await staff(endpoints.exportCohorts, { query: november })).toContain('2027-11,1,2,1,1,100.00')
  // Counting again, whole or not, changes nothing.
  const all = () => query(db, sql`select * from insights.cohort_month order by 1, 2, 3`)
  const before = await all()
  await countPaths(ctx)
  expect(await all()).toEqual(before)
  expect((await staff(endpoints.getPaths, { query: january })).passages).toEqual(passages)
  await expect(asStaff(['insights:read'], [nantes])(endpoints.getPaths, { query: january })).rejects.toThrow(ApiError)
  const backwards = { from: '2028-02-01', until: '2028-01-01' }
  await expect(staff(endpoints.getCohorts, { query: backwards })).rejects.toThrow(ApiError)
})

test('empty periods, periods that end before they begin, and shops of others are told plainly', async () => {
  const empty = await of({ from: '2031-01-01', until: '2031-01-31' })
  expect(empty.total.now).toMatchObject({ orders: 0, revenue: 0, basket: null, marginRate: null })
  await expect(of({ from: '2027-06-13', until: '2027-06-07' })).rejects.toThrow(/insights\.bad_period|période/)
  const ofNantes = asStaff(['insights:read'], [nantes])
  expect((await of({}, ofNantes)).total.now).toMatchObject({ orders: 0, visits: null, fixed: null })
  const answer = await app.fastify.inject({ url: '/api/v1/insights/figures/export?from=2027-06-07&until=2027-06-13' })
  expect(answer.statusCode).toBe(401)
})

test('a day that is marked already and counted while an import is under way is counted with what it brought', async () => {
  const day = '2024-03-02'
  const line = {
    source: 'caisse',
    number: 'A1',
    position: 1,
    day,
    channel_code: 'web',
    site_id: null,
    variant_id: null,
    units: 1,
    net_minor: 5_000,
    unit_cost_minor: null,
    first_purchase: null,
    parcels: 0,
  }
  await inTransaction(db, (tx) => markDays(tx, { from: day, until: day }))
  let following: Promise<void> | undefined
  await inTransaction(db, async (tx) => {
    await upsertPastSales(tx, [line])
    following = followFigures(ctx, { hurry: true })
    // As long as it would take to count the day, were it not for the import.
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  await following
  const { total } = await of({ from: day, until: day })
  expect(total.now.revenue).toBe(5_000)
  expect((await recountFigures(ctx)).different).toBe(0)
})
