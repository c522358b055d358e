import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import sql from 'sql-template-tag'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute, inTransaction, query } from '../../../kernel/db.ts'
import { recordInteractions } from '../../customers/public.ts'
import { recordMovements } from '../../inventory/public.ts'
import { followFigures, recountFigures } from '../count-days.ts'
import { countPaths } from '../count-paths.ts'
import { readChannelChoices, readPractisedPrices } from '../public.ts'

const { ctx, shop, clock, visitor, asStaff, settle } = await createTestShop({ products: 4, unitsPerPlace: 0 })
const { db } = ctx
const staff = asStaff()
const { nantes = '', lyon = '' } = shop.sites
const [a = '', b = '', c = '', d = ''] = shop.variantIds
const places = await query<{ id: string; site_id: string }>(db, sql`select id, site_id from inventory.place`)
const placeOf = (siteId: string): string => places.find(({ site_id: site }) => site === siteId)?.id ?? ''

const move = (kind: 'receipt' | 'loss', siteId: string, variantId: string, units: bigint) =>
  inTransaction(db, (tx) => recordMovements(ctx, tx, [{ kind, variantId, placeId: placeOf(siteId), quantity: units }]))
const figures = async (by: 'channel' | 'site' | 'segment', from: string, until = from) =>
  staff(endpoints.getFigures, { query: { from, until, by } })

test('stock-outs: what a shop had before and has none of at the end of a day, by shop, day by day and at once', async () => {
  clock.set('2029-03-01T08:00:00Z')
  for (const variantId of [a, b, c]) await move('receipt', nantes, variantId, 2n)
  await move('receipt', lyon, a, 5n)
  // Something is known of this day, from which figures begin.
  await inTransaction(db, (tx) =>
    recordInteractions(ctx, tx, [
      {
        partyId: ctx.ids.next(),
        kind: 'store_visit',
        at: clock.now(),
        id: ctx.ids.next(),
        channelCode: 'boutique',
        valueMinor: null,
      },
    ]),
  )
  await countPaths(ctx)
  clock.set('2029-03-02T10:00:00Z')
  await move('loss', nantes, a, -2n)
  await countPaths(ctx)
  clock.set('2029-03-03T10:00:00Z')
  await move('loss', nantes, b, -2n)
  await move('receipt', nantes, d, 1n)
  // Gone and come again within a day is not missing at its end.
  await move('loss', lyon, a, -5n)
  await move('receipt', lyon, a, 1n)
  await countPaths(ctx)
  clock.set('2029-03-05T10:00:00Z')
  await move('receipt', nantes, a, 3n)
  await countPaths(ctx)
  const kept = () =>
    query<{ day: string; site_id: string; articles: bigint; missing: bigint }>(
      db,
      sql`select to_char(day, 'MM-DD') as day, site_id, articles, missing from insights.stock_day order by 1, 2`,
    )
  const hourly = await kept()
  const of = (siteId: string) =>
    hourly
      .filter(({ site_id: site }) => site === siteId)
      .map((row) => [row.day, Number(row.articles), Number(row.missing)])
  expect(of(nantes)).toEqual([
    ['03-01', 3, 0],
    ['03-02', 3, 1],
    ['03-03', 4, 2],
    ['03-04', 4, 2],
    ['03-05', 4, 1],
  ])
  expect(of(lyon).map(([, articles, missing]) => [articles, missing])).toEqual(Array.from({ length: 5 }, () => [1, 0]))
  // The night counts all days anew, and finds the same.
  await countPaths(ctx, { whole: true })
  expect(await kept()).toEqual(hourly)
  const told = await figures('site', '2029-03-03', '2029-03-04')
  expect(told.rows.find(({ key }) => key === nantes)?.now.stockOuts).toBe(4 / 8)
  expect(told.total.now.stockOuts).toBeCloseTo(4 / 10)
  // Nothing is said of a channel: one shelf sells in several.
  expect(
    (await staff(endpoints.getFigures, { query: { from: '2029-03-03', until: '2029-03-04', channel: 'web' } })).total
      .now.stockOuts,
  ).toBeNull()
})

test('retention: who ordered in the year before the last and did again, by the channel they had ordered in', async () => {
  clock.set('2032-01-10T09:00:00Z')
  await execute(db, sql`delete from customers.interaction`)
  const order = (partyId: string, day: string, channelCode: string) => ({
    partyId,
    kind: 'order' as const,
    at: new Date(`${day}T12:00:00Z`),
    id: ctx.ids.next(),
    channelCode,
    valueMinor: 5_000n,
  })
  const [back, elsewhere, lost, early, fresh] = Array.from({ length: 5 }, () => ctx.ids.next()) as [
    string,
    string,
    string,
    string,
    string,
  ]
  await inTransaction(db, (tx) =>
    recordInteractions(ctx, tx, [
      order(back, '2030-02-01', 'boutique'),
      order(back, '2031-12-31', 'boutique'),
      // Bought in both, and came back to the site only.
      order(elsewhere, '2030-03-01', 'boutique'),
      order(elsewhere, '2030-04-01', 'web'),
      order(elsewhere, '2031-01-01', 'web'),
      order(lost, '2030-12-31', 'web'),
      // Too long ago, and too late to have been there before.
      order(early, '2029-12-30', 'web'),
      order(early, '2031-05-01', 'web'),
      order(fresh, '2031-06-01', 'boutique'),
      // Figures begin with the first thing they count.
      { ...order(fresh, '2029-12-15', 'boutique'), kind: 'store_visit', valueMinor: null },
    ]),
  )
  await countPaths(ctx, { whole: true })
  await followFigures(ctx, { hurry: true })
  // January is not over: December is the last whole month.
  const { total } = await figures('channel', '2031-12-15', '2032-01-10')
  expect(total.now.retention).toBeCloseTo(2 / 3)
  const kept = await query(
    db,
    sql`select channel_code, customers::int, retained::int from insights.retention_month where month = '2031-12-01' order by 1`,
  )
  expect(kept).toEqual([
    { channel_code: '', customers: 3, retained: 2 },
    { channel_code: 'boutique', customers: 2, retained: 2 },
    { channel_code: 'web', customers: 2, retained: 1 },
  ])
  const ofWeb = await staff(endpoints.getFigures, {
    query: { from: '2031-12-01', until: '2031-12-31', channel: 'web' },
  })
  expect(ofWeb.total.now.retention).toBe(0.5)
  // Nobody had ordered before: nothing to say, rather than none.
  expect((await figures('channel', '2029-12-01', '2029-12-31')).total.now.retention).toBeNull()
})

test('segments have the figures of their customers’ orders, and where orders went is counted by channel', async () => {
  clock.set('2033-05-02T09:00:00Z')
  for (const siteId of Object.values(shop.sites)) await move('receipt', siteId, a, 50n)
  const buy = (email: string, quantity: number) =>
    visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId: a, quantity }], { contact: { name: 'Une cliente', email } }),
    })
  await buy('nora@exemple.fr', 2)
  await buy('yann@exemple.fr', 1)
  await settle()
  const { id } = await staff(endpoints.createSegment, {
    body: {
      name: 'Gros paniers',
      rule: {
        match: 'all',
        groups: [{ match: 'all', conditions: [{ type: 'did', what: 'order', atLeast: 1, not: false }] }],
      },
    },
  })
  const members = await query<{ id: string }>(db, sql`select id from customers.party where email = 'nora@exemple.fr'`)
  await execute(
    db,
    sql`insert into engagement.segment_member (party_id, segment_id, since) values (${members[0]?.id}, ${id}, ${clock.now()})`,
  )
  await settle()
  await followFigures(ctx, { hurry: true })
  const day = '2033-05-02'
  const { rows, total } = await figures('segment', day)
  expect(total.now).toMatchObject({ orders: 2, units: 3 })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    key: id,
    name: 'Gros paniers',
    now: { orders: 1, units: 2, visits: null, newCustomers: 1 },
  })
  // Both bought the same article: two thirds of the goods are of who took two.
  const goods = (await figures('channel', day)).rows[0]?.now.goods ?? 0
  expect(rows[0]?.now.goods).toBeCloseTo((goods * 2) / 3, 0)
  // As choices among channels: what others paid, nothing to go to, and nobody's own price.
  const { channels, choices, sampled } = await readChannelChoices(ctx, { from: day, until: day })
  const web = channels.findIndex(({ code }) => code === 'web')
  expect(sampled).toBe(false)
  expect(choices.map(({ chosen }) => chosen)).toEqual([web, web])
  expect(choices.map(({ km }) => km[web])).toEqual([0, 0])
  const [small, large] = choices.map(({ price }) => price[web] ?? 0).toSorted((one, other) => one - other)
  expect(large).toBe(2 * (small ?? 0))
  expect(choices.flatMap(({ segments }) => segments)).toEqual([id])
  // As prices practised: both orders in one week, without VAT.
  const practised = (per: 'product' | 'category') =>
    readPractisedPrices(ctx, { from: day, until: '2033-05-08', per, channel: 'web' })
  const [priced, ...others] = await practised('product')
  expect(others).toEqual([])
  expect(priced).toMatchObject({ articles: 1, sold: 3, costMinor: null })
  expect(priced?.weeks).toMatchObject([{ channel: 'web', week: '2033-05-02', units: 3, ratio: 1 }])
  expect((priced?.priceMinor ?? 0) * 1.2).toBeCloseTo(small ?? 0, 3)
  expect(await practised('category')).toMatchObject([{ sold: 3, articles: 1 }])
  // Who leaves a segment is counted in it no more after the night.
  await execute(db, sql`delete from engagement.segment_member where segment_id = ${id}`)
  expect((await recountFigures(ctx)).different).toBe(0)
  expect((await figures('segment', day)).rows).toEqual([])
  await countPaths(ctx, { whole: true })
  const may = { from: '2033-05-01', until: '2033-05-31' }
  expect((await staff(endpoints.getPaths, { query: may })).handovers).toEqual([
    { channelCode: 'web', carriedOut: 0, fetched: 0, broughtHome: 2, downloaded: 0 },
  ])
  expect(await staff(endpoints.exportHandovers, { query: may })).toContain('2033-05,2033-05,web,0,0,2,0')
})
