import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ExperimentBaseline, ExperimentDesign } from '@ecluse/contracts/experiments.ts'
import { adjustedEffect } from '@ecluse/strategy-engine/experiments/cuped.ts'
import { alwaysValid, noObservations, observe } from '@ecluse/strategy-engine/experiments/always-valid.ts'
import { varianceForAlwaysValid } from '@ecluse/strategy-engine/experiments/always-valid-size.ts'
import { differenceOfArms, outcomeOf } from '@ecluse/strategy-engine/experiments/arms.ts'
import { designEffect, sizeForMeans, sizeForShares } from '@ecluse/strategy-engine/experiments/sample-size.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../../test/kit/shop.ts'
import { query } from '../../../../kernel/db.ts'
import { armCellOf, isHeldOutOfAll } from '../../../engagement/public.ts'
import { baseline, codeOf, dayMs, design, makePeople, orderOf, withShops } from './given.ts'

const { ctx, clock, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 500 })
const staff = asStaff()
clock.set('2027-03-10T09:00:00Z')

const plan = (changes: Partial<ExperimentDesign>, of: Partial<ExperimentBaseline> = {}) =>
  staff(endpoints.planExperiment, { body: { design: { ...design, ...changes }, baseline: { ...baseline, ...of } } })
const begin = async (changes: Partial<ExperimentDesign> = {}): Promise<string> => {
  const body = {
    name: 'Essai',
    hypothesis: 'La page nouvelle vend mieux.',
    design: { ...design, ...changes },
    baseline,
  }
  const { id } = await staff(endpoints.createExperiment, { body })
  await staff(endpoints.startExperiment, { params: { experimentId: id } })
  return id
}
const ask = (experimentId: string, customerId: string) =>
  staff(endpoints.askExperimentArm, { params: { experimentId, customerId } })
const read = (experimentId: string) => staff(endpoints.readExperimentResults, { params: { experimentId } })

const people = (count: number) => makePeople(ctx, count)
const ordered = (partyId: string, valueMinor: number, at?: Date) => orderOf(ctx, partyId, valueMinor, at)

async function allow(heldOutPercent: number): Promise<void> {
  const policy = await staff(endpoints.getContactPolicy, {})
  await staff(endpoints.putContactPolicy, { body: { ...policy, heldOutPercent } })
}
await allow(0)

test('sizes are the engine’s: shares, unequal arms, several arms, spending of before taken out, days of traffic', async () => {
  const twoSided = { level: 0.05, sides: 2 } as const
  const conversion = await plan({ kpi: 'conversion', effect: 0.03 })
  const equal = sizeForShares(0.1, 0.13, 0.8, twoSided)
  // Twice 1,774: the table of two shares.
  expect(conversion).toMatchObject({ problem: null, total: Math.ceil(2 * equal), level: 0.05, varianceRatio: 1 })
  expect(conversion.perArm).toEqual([
    { key: 'now', size: Math.ceil(equal) },
    { key: 'new', size: Math.ceil(equal) },
  ])
  // 1,600 are seen in 28 days, 5,000 in 365; the last one’s window is a fortnight.
  expect(conversion.days).toBe(Math.ceil(28 + ((2 * equal - 1_600) / 3_400) * 337) + 14)
  const means = await plan({ effect: 0.03, adjust: true })
  const size = sizeForMeans(0.03, 0.3, 0.8, twoSided)
  expect(means.total).toBe(Math.ceil(2 * size * 0.75))
  expect(means.alwaysTotal).toBe(Math.ceil((0.09 * 0.75 * 4) / varianceForAlwaysValid(0.03, 0.8, 0.05)))
  expect(means.alwaysTotal).toBeGreaterThan(means.total ?? 0)
  const three = await plan({
    effect: 0.04,
    arms: [
      { key: 'now', name: 'A', share: 50 },
      { key: 'one', name: 'B', share: 30 },
      { key: 'two', name: 'C', share: 20 },
    ],
  })
  const held = sizeForMeans(0.04, 0.3, 0.8, { level: 0.025, sides: 2 })
  expect(three).toMatchObject({ level: 0.025, total: Math.ceil((held / 2) * (2 + 5)) })
  const basket = await plan({ kpi: 'basket', effect: 0.2 })
  expect(basket.total).toBe(Math.ceil((2 * sizeForMeans(0.2, 0.3, 0.8, twoSided)) / 0.1))
})

test('what cannot be answered is said plainly, with the smallest effect that can', async () => {
  const few = await plan({ kpi: 'conversion', effect: 0.001 })
  expect(few).toMatchObject({ problem: 'few_people', days: null, available: 5_000 })
  // That effect, planned for, needs about as many as there are.
  expect((await plan({ effect: few.smallest ?? 0 })).total).toBeCloseTo(5_000, -2)
  expect((await plan({}, { people: 0 })).problem).toBe('no_people')
  expect((await plan({}, { deviation: 0 })).problem).toBe('no_spread')
  expect((await plan({ kpi: 'conversion', effect: 0.95 })).problem).toBe('above_one')
  const between = 0.3 * Math.sqrt(designEffect(120, 0.02) / 120)
  const shops = await plan({ unit: 'site', effect: 0.06 })
  expect(shops.designEffect).toBeCloseTo(1 + 119 * 0.02, 9)
  expect(shops.total).toBe(Math.ceil(2 * sizeForMeans(0.06, between, 0.8, { level: 0.05, sides: 2 })))
  expect(shops).toMatchObject({ problem: null, days: 14, available: 30 })
  const fewShops = await plan({ unit: 'site', effect: 0.005 })
  expect(fewShops.problem).toBe('few_sites')
  expect((await plan({ unit: 'site', effect: (fewShops.smallest ?? 0) * 1.001 })).total).toBeLessThanOrEqual(30)
  expect((await plan({ unit: 'site' }, { sites: null })).problem).toBe('few_sites')
})

test('an experiment begins once, does not change then, and ends with what was decided', async () => {
  const body = { name: 'Deux pages', hypothesis: 'La nouvelle vend mieux.', design, baseline }
  const made = await staff(endpoints.createExperiment, { body })
  const params = { experimentId: made.id }
  expect(made).toMatchObject({ state: 'draft', revision: 1, design, plan: { problem: null } })
  const [one = ''] = await people(1)
  expect(await codeOf(ask(made.id, one))).toBe('strategy.experiment_not_running')
  expect(await codeOf(read(made.id))).toBe('strategy.experiment_not_running')
  const changed = await staff(endpoints.updateExperiment, { params, body: { ...body, name: 'Deux', revision: 1 } })
  expect(changed).toMatchObject({ name: 'Deux', revision: 2 })
  expect(await codeOf(staff(endpoints.updateExperiment, { params, body: { ...body, revision: 1 } }))).toBe(
    'strategy.experiment_changed',
  )
  const started = await staff(endpoints.startExperiment, { params })
  expect(started).toMatchObject({ state: 'running', startedAt: clock.now().toISOString() })
  for (const work of [
    () => staff(endpoints.startExperiment, { params }),
    () => staff(endpoints.updateExperiment, { params, body: { ...body, revision: 3 } }),
    () => staff(endpoints.deleteExperiment, { params }),
  ])
    expect(await codeOf(work())).toBe('strategy.experiment_started')
  expect((await read(made.id)).comparisons[0]).toMatchObject({ verdict: 'too_early', plain: null, course: [] })
  const end = (arm: string | null) => staff(endpoints.endExperiment, { params, body: { arm, why: 'Elle vend mieux.' } })
  expect(await codeOf(end('other'))).toBe('strategy.experiment_no_such_arm')
  expect(await end('new')).toMatchObject({ state: 'ended', decision: { arm: 'new', why: 'Elle vend mieux.' } })
  expect(await codeOf(end(null))).toBe('strategy.experiment_not_running')
  // Whoever asks from now on gets what was decided, and is not counted.
  expect(await ask(made.id, one)).toEqual({ arm: 'new', counted: false, exposedAt: null })
  const draft = await staff(endpoints.createExperiment, { body })
  await staff(endpoints.deleteExperiment, { params: { experimentId: draft.id } })
  expect(await codeOf(staff(endpoints.getExperiment, { params: { experimentId: draft.id } }))).toBe(
    'strategy.experiment_not_found',
  )
})

test('the arm is that of the journeys’ draw, noted once by two at once, kept over a merge and its undoing', async () => {
  const id = await begin()
  const { seed } = await staff(endpoints.getExperiment, { params: { experimentId: id } })
  const drawn = (partyId: string) =>
    armCellOf(
      design.arms.map(({ key, share }) => ({ key, weight: share })),
      { id, seed },
      partyId,
    )?.key
  const ids = await people(40)
  for (const one of ids) expect((await ask(id, one)).arm).toBe(drawn(one))
  const [twice = ''] = await people(1)
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(id, twice)))
  expect(new Set(answers.map(({ arm, exposedAt }) => `${arm} ${exposedAt}`)).size).toBe(1)
  const noted = () =>
    query(ctx.db, sql`select arm from strategy.experiment_exposure where party_id = ${twice} and experiment_id = ${id}`)
  expect(await noted()).toHaveLength(1)
  const late = ids.find((one) => drawn(one) === 'new') ?? ''
  const [early = ''] = await people(1)
  clock.advance(1_000)
  // Who was asked later, and drawn otherwise, becomes one with who was first: both have the first one’s arm.
  const others = (await people(20)).filter((one) => drawn(one) === 'now')
  const other = others[0] ?? ''
  expect((await ask(id, other)).arm).toBe('now')
  await staff(endpoints.mergeCustomers, { params: { customerId: other }, body: { otherId: late } })
  expect([(await ask(id, other)).arm, (await ask(id, late)).arm]).toEqual(['new', 'new'])
  expect((await read(id)).crossed).toBe(1)
  await staff(endpoints.unmergeCustomer, { params: { customerId: late }, body: {} })
  expect([(await ask(id, other)).arm, (await ask(id, late)).arm]).toEqual(['now', 'new'])
  // Merged before either was asked: drawn as the first of them.
  await staff(endpoints.mergeCustomers, {
    params: { customerId: others[1] ?? '' },
    body: { otherId: early },
  })
  expect((await ask(id, others[1] ?? '')).arm).toBe(drawn(early))
  expect((await read(id)).mismatch?.warn).toBe(false)
})

test('who is held out of everything gets what is done today and is not counted', async () => {
  const id = await begin()
  await allow(30)
  const ids = await people(30)
  const held = await Promise.all(ids.map(async (one) => ({ one, out: await isHeldOutOfAll(ctx.db, [one]) })))
  expect(new Set(held.map(({ out }) => out)).size).toBe(2)
  for (const { one, out } of held) {
    const told = await ask(id, one)
    expect(told.counted).toBe(!out)
    if (out) expect(told).toEqual({ arm: 'now', counted: false, exposedAt: null })
  }
  const { arms } = await read(id)
  expect(arms.reduce((sum, { exposed }) => sum + exposed, 0)).toBe(held.filter(({ out }) => !out).length)
  await allow(0)
})

test('results are counted from real orders: within the window, cancelled ones not, as the engine says by hand', async () => {
  const id = await begin({ adjust: true, windowDays: 7 })
  const buyers = ['achat0@exemple.fr', 'achat1@exemple.fr']
  const known = await Promise.all(
    buyers.map((value) => {
      const identifiers = [{ kind: 'email' as const, value }]
      return staff(endpoints.identifyCustomer, { body: { identifiers, name: 'Une cliente', source: 'form' } })
    }),
  )
  const ids = [...known.map(({ customerId }) => customerId), ...(await people(258))]
  const [first = '', second = ''] = ids
  const before = new Map(ids.map((one, at) => [one, (at % 13) * 1_000]))
  for (const [one, value] of before)
    if (value > 0) await ordered(one, value, new Date(clock.now().getTime() - 30 * dayMs))
  const arms = new Map<string, string>()
  for (const one of ids) arms.set(one, (await ask(id, one)).arm)
  clock.advance(60_000)
  const values = new Map<string, number>()
  for (const [at, one] of ids.entries()) {
    if (at < 2) continue
    const value = (before.get(one) ?? 0) + (at % 7) * 300 + (arms.get(one) === 'new' ? 4_000 : 0)
    await ordered(one, value)
    values.set(one, value)
  }
  const { kept } = await buyTwice(buyers)
  values.set(first, kept.total.amountMinor).set(second, 0)
  expect((await read(id)).waiting).toBe(260)
  clock.advance(8 * dayMs)
  // After the window: not counted.
  await ordered(ids[5] ?? '', 900_000)
  const { arms: told, comparisons, waiting, mismatch } = await read(id)
  expect(waiting).toBe(0)
  const of = (arm: string) => ids.filter((one) => arms.get(one) === arm)
  const measured = (arm: string) => of(arm).map((one) => values.get(one) ?? 0)
  for (const { key, exposed, measured: many, mean, deviation } of told) {
    const { mean: expected, variance } = outcomeOf(measured(key))
    expect([exposed, many]).toEqual([of(key).length, of(key).length])
    expect(mean).toBeCloseTo(expected, 6)
    expect(deviation).toBeCloseTo(Math.sqrt(variance), 6)
  }
  expect(mismatch?.warn).toBe(false)
  const [compared] = comparisons
  const running = (arm: string) => {
    const group = noObservations()
    for (const value of measured(arm)) observe(group, value)
    return group
  }
  const settings = { expectedEffect: 2_000, level: 0.05, fewest: 100 }
  const plain = alwaysValid(running('new'), running('now'), settings)
  expect(compared?.plain?.effect).toBeCloseTo(plain.effect, 6)
  expect(compared?.plain?.low).toBeCloseTo(plain.low, 4)
  expect(compared?.plain?.pValue).toBeCloseTo(plain.pValue, 9)
  const group = (arm: string) => ({ outcome: measured(arm), before: of(arm).map((one) => before.get(one) ?? 0) })
  const hand = adjustedEffect(group('new'), group('now'))
  expect(compared?.adjusted?.effect).toBeCloseTo(hand.adjusted.effect, 6)
  expect(compared?.varianceRatio).toBeCloseTo(hand.varianceRatio, 9)
  expect(compared?.varianceRatio).toBeLessThan(0.5)
  expect((compared?.adjusted?.high ?? 0) - (compared?.adjusted?.low ?? 0)).toBeLessThan(plain.high - plain.low)
  expect(compared?.verdict).toBe('better')
  expect(compared?.course).toHaveLength(1)
})

/** Two buy through the shop itself; the second cancels. */
async function buyTwice(emails: readonly string[]) {
  const [variantId = ''] = shop.variantIds
  const buy = (email = '') => {
    const contact = { name: 'Une cliente', email }
    return visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }], { contact }) })
  }
  const [kept, gone] = [await buy(emails[0]), await buy(emails[1])]
  await settle()
  await staff(endpoints.cancelOrder, { params: { orderId: gone.orderId }, body: { reason: 'customer_request' } })
  await settle()
  return { kept }
}

test('the baseline is what customers of before did; the margin is that of the figures', async () => {
  const asked = { unit: 'customer', kpi: 'conversion', windowDays: 14 } as const
  const said = await staff(endpoints.readExperimentBaseline, { query: asked })
  // Customers of the test before are seen; those who only have a name are not.
  expect(said.people).toBeGreaterThan(200)
  expect(said.mean).toBeCloseTo(said.buyers, 12)
  expect(said.deviation).toBeCloseTo(Math.sqrt((said.mean * (1 - said.mean) * said.people) / (said.people - 1)), 9)
  expect(said.reach.at(-1)?.people).toBeGreaterThanOrEqual(said.reach[0]?.people ?? 0)
  const margin = await staff(endpoints.readExperimentBaseline, { query: { ...asked, kpi: 'margin' } })
  const revenue = await staff(endpoints.readExperimentBaseline, { query: { ...asked, kpi: 'revenue' } })
  expect(margin.mean).toBeLessThan(revenue.mean)
  expect((await staff(endpoints.readExperimentBaseline, { query: { ...asked, kpi: 'basket' } })).mean).toBeGreaterThan(
    revenue.mean,
  )
})

test('what came back is taken off: sales by what was given back, margin by that less goods sold again', async () => {
  const value = 'retour@exemple.fr'
  const identifiers = [{ kind: 'email' as const, value }]
  const { customerId } = await staff(endpoints.identifyCustomer, {
    body: { identifiers, name: 'Une cliente', source: 'form' },
  })
  const [revenue, margin] = [await begin({ windowDays: 3 }), await begin({ kpi: 'margin', windowDays: 3 })]
  for (const id of [revenue, margin]) await ask(id, customerId)
  clock.advance(60_000)
  const [variantId = ''] = shop.variantIds
  const { orderId, total } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 2 }], { contact: { name: 'Une cliente', email: value } }),
  })
  await settle()
  const { number, lines } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  const { items } = await staff(endpoints.listFulfillments, { query: { q: number } })
  for (const { id: fulfillmentId } of items)
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'C', trackingNumber: 'X' } })
  clock.advance(4 * dayMs)
  const meanOf = async (id: string) => (await read(id)).arms.find(({ measured }) => measured === 1)?.mean
  expect(await meanOf(revenue)).toBe(total.amountMinor)
  const [line] = lines
  // After the window, and counted all the same.
  await staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: shop.sites.nantes ?? '',
      lines: [{ lineId: line?.id ?? '', quantity: 1, reason: 'changed_mind', disposition: 'restock' }],
    },
  })
  await settle()
  const [back] = await query<{ refund: number; vat: number }>(
    ctx.db,
    sql`select r.refund_minor::int as refund, l.vat_basis_points as vat from orders.order_return r
        join orders.order_line l on l.order_id = r.order_id where r.order_id = ${orderId}`,
  )
  expect(back?.refund).toBeGreaterThan(0)
  const { refund = 0, vat = 0 } = back ?? {}
  expect(await meanOf(revenue)).toBe(total.amountMinor - refund)
  const costs = await staff(endpoints.getOrderCosts, { params: { orderId } })
  const goods = costs.lines[0]?.terms.find(({ term }) => term === 'goods')?.amountMinor ?? 0
  const refundWithoutVat = Math.round(refund / (1 + vat / 10_000))
  expect(await meanOf(margin)).toBe(costs.marginMinor - refundWithoutVat + goods / 2)
})

test('shops are drawn in layers of their size at the start, and compared once by their means', async () => {
  const refused = await staff(endpoints.createExperiment, {
    body: { name: 'Magasins', hypothesis: 'Le rayon.', design: { ...design, unit: 'site' }, baseline },
  })
  expect(await codeOf(staff(endpoints.startExperiment, { params: { experimentId: refused.id } }))).toBe(
    'strategy.experiment_few_sites',
  )
  const made = await withShops(ctx, 8)
  const id = await begin({ unit: 'site', windowDays: 10 })
  const { sites } = await staff(endpoints.getExperiment, { params: { experimentId: id } })
  expect(sites.map(({ customers }) => customers)).toEqual([16, 14, 12, 10, 8, 6, 4, 2])
  // Of each two neighbours in size one is in each arm.
  for (let at = 0; at < 8; at += 2) expect(new Set([sites[at]?.arm, sites[at + 1]?.arm]).size).toBe(2)
  expect(await codeOf(ask(id, made[0]?.customers[0] ?? ''))).toBe('strategy.experiment_by_site')
  const valueOf = (siteAt: number, at: number, arm: string) =>
    1_000 + siteAt * 100 + at * 10 + (arm === 'new' ? 5_000 : 0)
  const means = new Map<string, number>()
  for (const { siteId, arm } of sites) {
    const siteAt = made.findIndex((one) => one.siteId === siteId)
    const { customers } = made[siteAt] ?? { customers: [] }
    const values = customers.map((_, at) => valueOf(siteAt, at, arm))
    for (const [at, one] of customers.entries()) await ordered(one, values[at] ?? 0)
    means.set(siteId, values.reduce((sum, value) => sum + value, 0) / values.length)
  }
  const early = await read(id)
  expect(early).toMatchObject({ fewSites: true, waiting: 8, comparisons: [{ verdict: 'too_early', plain: null }] })
  clock.advance(11 * dayMs)
  const { comparisons } = await read(id)
  const of = (arm: string) =>
    outcomeOf(sites.flatMap((site) => (site.arm === arm ? (means.get(site.siteId) ?? 0) : [])))
  const { difference, low, pValue } = differenceOfArms(of('new'), of('now'), 0.95)
  expect(comparisons[0]?.plain?.effect).toBeCloseTo(difference, 6)
  expect(comparisons[0]?.plain?.low).toBeCloseTo(low, 6)
  expect(comparisons[0]?.plain?.pValue).toBeCloseTo(pValue, 9)
  expect(comparisons[0]?.verdict).toBe('better')
})

test('bad input and strangers are refused at every door', async () => {
  const body = { name: 'Essai', hypothesis: 'Une idée.', design, baseline }
  const create = (changes: object) =>
    codeOf(staff(endpoints.createExperiment, { body: { ...body, design: { ...design, ...changes } } }))
  const [now, other] = design.arms
  for (const changes of [
    { arms: [now] },
    { arms: [now, { ...other, share: 40 }] },
    { arms: [now, { ...other, key: 'now' }] },
    { effect: 0 },
    { effect: Number.NaN },
    { power: 1 },
    { level: 0 },
    { windowDays: 0 },
    { windowDays: 1e9 },
    { kpi: 'smiles' },
  ])
    expect(await create(changes)).toBe('kernel.invalid_input')
  expect(await codeOf(staff(endpoints.createExperiment, { body: { ...body, name: ' ' } }))).toBe('kernel.invalid_input')
  const nobody = ctx.ids.next()
  const id = await begin()
  expect(await codeOf(ask(id, nobody))).toBe('customers.not_found')
  expect(await codeOf(ask(nobody, nobody))).toBe('strategy.experiment_not_found')
  expect(await codeOf(read(nobody))).toBe('strategy.experiment_not_found')
  const params = { experimentId: id }
  const reader = asStaff(['strategy:read'])
  const [one = ''] = await people(1)
  for (const work of [
    () => reader(endpoints.createExperiment, { body }),
    () => reader(endpoints.endExperiment, { params, body: { arm: null, why: 'Non.' } }),
    () => reader(endpoints.askExperimentArm, { params: { ...params, customerId: one } }),
    () => asStaff(['customers:write'])(endpoints.readExperimentResults, { params }),
  ])
    expect(await codeOf(work())).toBe('access.forbidden')
})
