import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { importSettingsSchema, type ImportKind } from '@ecluse/contracts/interchange.ts'
import type { KpiValues } from '@ecluse/contracts/insights.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { runJob } from '../../../../test/kit/run-job.ts'
import { spendWeeks } from '../../insights/public.ts'
import type { Issue } from '../domain/issue.ts'
import { runImport } from '../run-import.ts'

const { app, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const staff = asStaff()
const [variantId = ''] = shop.variantIds
const { items: articles } = await staff(endpoints.listStock, { query: { variantId } })
const sku = articles[0]?.sku ?? ''
await staff(endpoints.putCostsOfChannel, {
  params: { code: 'web', validFrom: '2000-01-01' },
  body: {
    fixedPerMonthMinor: 0,
    perOrderMinor: 100,
    perLineMinor: 0,
    perUnitMinor: 0,
    perParcelMinor: 500,
    perContactMinor: 7,
    perCardPaymentMinor: 9,
    cardBasisPoints: 0,
    commissionBasisPoints: 1_000,
    goodsBasisPoints: 6_000,
  },
})

async function run(kind: ImportKind, csv: string) {
  const bytes = Buffer.from(csv)
  const issues: Issue[] = []
  const result = await runImport(ctx, {
    file: { size: bytes.length, open: () => Readable.from([bytes]) },
    kind,
    settings: importSettingsSchema.parse({}),
    dryRun: false,
    onBatch: (_progress, found) => void issues.push(...found),
  })
  return { ...result, issues }
}

/** The figures of a year, counted as far as they can be. */
async function figures(year = 2024, by: 'channel' | 'product' = 'channel') {
  await runJob(app, 'insights.recount-figures')
  return staff(endpoints.getFigures, { query: { from: `${year}-01-01`, until: `${year}-12-31`, by } })
}
const some = (values: KpiValues, names: readonly (keyof KpiValues)[]) =>
  Object.fromEntries(names.map((name) => [name, values[name]]))

const sales = [
  'Système;Numéro;Date;Canal;Magasin;Référence;Quantité;Montant HT;Coût unitaire;Premier achat;Colis',
  `caisse;A1;02/03/2024;web;;${sku};2;100,00;20,00;oui;1`,
  'caisse;A1;02/03/2024;web;;PARTI;1;50,00;;;0',
  `caisse;B7;2024-05-06;shop-nantes;nantes;${sku};1;45,00;20;non;`,
  `caisse;A1;2024-03-09;web;;${sku};-1;-50,00;20,00;;`,
]
const bad = [
  `caisse;C1;2024-05-06;nulle-part;;${sku};1;45,00;;;`,
  `caisse;C2;2099-01-01;web;;${sku};1;45,00;;;`,
  `caisse;C3;2024-05-06;web;ailleurs;${sku};1;45,00;;;`,
  `caisse;C4;2024-05-06;web;;${sku};0;45,00;;;`,
  `caisse;;2024-05-06;web;;${sku};1;;;;`,
]

test('sales of before are counted as those of today are, term by term, and bad lines are refused alone', async () => {
  const first = await run('past-sales', [...sales, ...bad].join('\n'))
  expect(first).toMatchObject({ created: 4, updated: 0, unchanged: 0, refused: 5 })
  expect(first.issues.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '6 import.channel_unknown',
    '7 import.value_invalid',
    '8 import.shop_unknown',
    '9 import.value_invalid',
    '10 import.value_missing',
    '10 import.value_missing',
    '3 import.past_article_unknown',
  ])
  const { rows, past, total } = await figures()
  const web = rows.find(({ key }) => key === 'web')
  expect(
    web && some(web.now, ['orders', 'units', 'revenue', 'returned', 'goods', 'picking', 'parcel', 'newCustomers']),
  ).toEqual({
    orders: 1,
    units: 3,
    revenue: 15_000,
    returned: 5_000,
    // Two bought for 20 each, and six tenths of the one nobody knows the cost of.
    goods: 4_000 + 3_000,
    picking: 100,
    parcel: 500,
    newCustomers: 1,
  })
  // What came back is worth what it was bought for.
  expect(web?.now.costToServe).toBe(7_000 + 100 + 500 + 1_500 - 2_000)
  expect(some(total.now, ['orders', 'knownCustomers', 'contacts', 'payment'])).toEqual({
    orders: 2,
    knownCustomers: 1,
    contacts: 0,
    payment: 0,
  })
  expect(past).toEqual({ from: '2024-03-02', until: '2024-05-06' })
  const period = { from: '2024-01-01', until: '2024-12-31', by: 'channel' as const }
  const pastOf = async (only: { channel: string }) =>
    (await staff(endpoints.getFigures, { query: { ...period, ...only } })).past
  expect([await pastOf({ channel: 'web' }), await pastOf({ channel: 'phone' })]).toEqual([
    { from: '2024-03-02', until: '2024-03-09' },
    null,
  ])
  // An article that is sold no more is in the sum of its channel alone.
  expect((await figures(2024, 'product')).rows.reduce((sum, { now }) => sum + (now.revenue ?? 0), 0)).toBe(14_500)
})

test('the same file changes nothing; a corrected one moves the figures, and a recount agrees', async () => {
  expect(await run('past-sales', sales.join('\n'))).toMatchObject({ created: 0, updated: 0, unchanged: 4 })
  const corrected = sales.map((line) =>
    line.replace('B7;2024-05-06;shop-nantes;nantes', 'B7;2023-12-24;shop-nantes;nantes'),
  )
  const moved = await run('past-sales', corrected.join('\n'))
  expect(moved).toMatchObject({ created: 0, updated: 1, unchanged: 3 })
  // Whoever imports a number that stood elsewhere is told: it may be of two sales.
  expect(moved.issues.filter(({ code }) => code === 'import.past_moved')).toMatchObject([
    { line: 4, severity: 'warning', key: 'B7', values: { day: '2024-05-06', channel: 'shop-nantes' } },
  ])
  const { total, fresh } = await figures()
  expect(total.now.orders).toBe(1)
  expect(fresh).toMatchObject({ staleDays: 0, differentDays: 0 })
  expect((await figures(2023)).total.now).toMatchObject({ orders: 1, revenue: 4_500 })
})

test('beside orders of today both are counted, and only days of before are said to be of before', async () => {
  await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }]) })
  await settle()
  const { total, past } = await figures(2026)
  expect(total.now.orders).toBe(1)
  expect(past).toBeNull()
})

test('visits and spending of before make conversion and return on spend', async () => {
  const csv = [
    'system,day,channel,visits,views,converted,budget',
    'stats,2024-03-02,web,40,100,2,25.00',
    'stats,2024-03-02,web,1,1,0,1',
    'stats,2024-03-03,web,2,1,3,1',
  ]
  const read = await run('past-contacts', csv.join('\n'))
  expect(read).toMatchObject({ created: 1, refused: 2 })
  expect(read.issues.map(({ code }) => code)).toEqual(['import.repeated', 'import.value_invalid'])
  const { now } = (await figures()).total
  expect(some(now, ['visits', 'views', 'conversion', 'outreach'])).toEqual({
    visits: 40,
    views: 100,
    conversion: 0.05,
    outreach: 2_500,
  })
})

test('what is spent on a medium outside of the channels is told by its name, of a channel or of none', async () => {
  const csv = [
    'systeme;jour;canal;media;depense',
    'regie;11/03/2024;;télévision;120,00',
    'regie;12/03/2024;;télévision;80,00',
    'regie;12/03/2024;web;affichage;30,00',
    'regie;12/03/2024;web;;5,00',
    'regie;12/03/2024;;;1,00',
    'regie;12/03/2024;web;affichage;2,00',
  ]
  const read = await run('past-contacts', csv.join('\n'))
  expect(read).toMatchObject({ created: 4, refused: 2 })
  expect(read.issues.map(({ code }) => code)).toEqual(['import.channel_unknown', 'import.repeated'])
  const days = { from: '2024-03-11', until: '2024-03-17' }
  await figures()
  // A channel is told without what was named apart; all of it counts in the figures.
  expect(await spendWeeks(ctx.db, days)).toEqual([
    { medium: 'affichage', is_channel: false, week: '2024-03-11', spent_minor: 3_000 },
    { medium: 'télévision', is_channel: false, week: '2024-03-11', spent_minor: 20_000 },
    { medium: 'web', is_channel: true, week: '2024-03-11', spent_minor: 500 },
  ])
  const { total, rows } = await staff(endpoints.getFigures, { query: { ...days, by: 'channel' } })
  expect(total.now.outreach).toBe(23_500)
  expect(rows.find(({ key }) => key === 'web')?.now.outreach).toBe(3_500)
  await staff(endpoints.forgetPast, { params: { source: 'regie' } })
  await figures()
  expect(await spendWeeks(ctx.db, days)).toEqual([])
})

test('what a system told is listed, and forgotten by whoever may import', async () => {
  const { items } = await staff(endpoints.listPastSources, {})
  expect(items).toEqual([
    { source: 'caisse', sales: 2, lines: 4, contactDays: 0, from: '2023-12-24', until: '2024-03-09', netMinor: 14_500 },
    { source: 'stats', sales: 0, lines: 0, contactDays: 1, from: '2024-03-02', until: '2024-03-02', netMinor: 0 },
  ])
  // What is of all shops is not told to who works in one.
  const clerk = asStaff(['insights:read'], [shop.sites['nantes'] ?? ''])
  expect((await clerk(endpoints.listPastSources, {})).items).toEqual([])
  const forget = (api = staff) => api(endpoints.forgetPast, { params: { source: 'caisse' } })
  await expect(forget(asStaff(['insights:read']))).rejects.toMatchObject({ problem: { status: 403 } })
  await forget()
  expect((await figures()).total.now).toMatchObject({ orders: 0, revenue: 0, visits: 40 })
  await expect(forget()).rejects.toMatchObject({ problem: { code: 'insights.past_not_found' } })
})
