import type { AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import type { AnalysisResults } from '@ecluse/contracts/analysis-results.ts'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { runJob } from '../../../../../test/kit/run-job.ts'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { execute, one } from '../../../../kernel/db.ts'
import { resumeAnalyses } from '../../jobs/run-analyses.ts'
import { workAnalysis } from '../work-analysis.ts'

const { app, ctx, clock, asStaff, shop } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const { db } = ctx
const staff = asStaff()
const reader = asStaff(['strategy:read'])

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

/** People by a prefix, of whom each did something at a moment. */
async function happened(
  who: { prefix: string; people: number },
  what: { kind: string; channel: string; at: string; value?: number },
): Promise<void> {
  await execute(
    db,
    sql`insert into customers.interaction (party_id, kind, at, id, channel_code, value_minor)
        select md5(${who.prefix} || n)::uuid, ${what.kind}, ${what.at}::timestamptz, md5(random()::text)::uuid, ${what.channel},
          ${what.value ?? null}::bigint
        from generate_series(1, ${who.people}::int) n`,
  )
}

async function ask(question: AnalysisQuestion) {
  const { id, state } = await staff(endpoints.startAnalysis, { body: { question } })
  expect(state).toBe('waiting')
  await workAnalysis(ctx, id)
  const analysis = await reader(endpoints.getAnalysis, { params: { analysisId: id } })
  expect(JSON.stringify(analysis)).not.toMatch(/NaN|Infinity/)
  return analysis
}

/** What came out, of the kind asked. */
async function answer<Kind extends AnalysisResults['kind']>(
  question: AnalysisQuestion & { kind: Kind },
): Promise<Extract<AnalysisResults, { kind: Kind }>> {
  const { problem, results } = await ask(question)
  expect(problem).toBeNull()
  if (results?.kind !== question.kind) throw new Error(`no answer to ${question.kind}`)
  return results as Extract<AnalysisResults, { kind: Kind }>
}

/** Takes sales of before out again, so that they are in no figure that follows. */
async function forget(source: string): Promise<void> {
  await staff(endpoints.forgetPast, { params: { source } })
  // Figures rest after their work.
  clock.advance(3_600_000)
  await runJob(app, 'insights.follow-figures')
}

const days = { from: '2024-01-01', until: '2024-01-31' }
const attribution = { kind: 'attribution', ...days, lookback: 30, halfLife: 7 } as const
const opening: AnalysisQuestion & { kind: 'effect' } = {
  kind: 'effect',
  event: 'Ouverture à Lyon',
  day: '2025-09-01',
  channel: 'web',
  unit: 'department',
  treated: ['69'],
  measure: 'orders',
  step: 'four_weeks',
  before: 8,
  after: 6,
}

const prices = {
  kind: 'price_response',
  from: '2024-01-01',
  until: '2025-02-28',
  per: 'product',
  channel: null,
} as const

const media = { kind: 'media_mix', from: '2023-01-01', until: '2025-04-20', channel: null, lasting: 4 } as const

test('with nothing there, each question says why it has no answer', async () => {
  const none = await ask(attribution)
  expect(none).toMatchObject({ state: 'failed', results: null })
  expect(none.problem).toMatch(/\w/)
  const choice = { kind: 'channel_choice' as const, ...days, segments: [], priceChange: 0.05 }
  expect((await ask(choice)).problem).toMatch(/Trop peu de commandes/)
  expect((await ask(prices)).problem).toMatch(/pas de données/)
  expect((await ask(media)).problem).toMatch(/pas de données/)
  for (const question of [{ kind: 'customers' as const, until: '2023-12-31' }, opening]) {
    const { state, problem } = await ask(question)
    expect([state, problem]).toEqual([
      'failed',
      expect.stringMatching(/clients de plusieurs canaux|pas de données|aucune donnée/i),
    ])
  }
  const { journeys } = await answer({ kind: 'hold_outs', from: '2026-01-01', until: '2026-01-31', within: 30 })
  expect(journeys).toEqual([])
})

test('orders are credited by every rule beside the others, each to the sum of what was ordered', async () => {
  const mixed = { prefix: 'mixed', people: 10 }
  await happened(mixed, { kind: 'visit_anonymous', channel: 'web', at: '2024-01-10T10:00:00Z' })
  await happened(mixed, { kind: 'store_visit', channel: 'shop-lyon', at: '2024-01-12T10:00:00Z' })
  await happened(mixed, { kind: 'order', channel: 'phone', at: '2024-01-15T10:00:00Z', value: 1_000 })
  const alone = { prefix: 'alone', people: 5 }
  // One contact: the same channel on the same day.
  await happened(alone, { kind: 'visit_anonymous', channel: 'web', at: '2024-01-20T09:00:00Z' })
  await happened(alone, { kind: 'order', channel: 'web', at: '2024-01-20T10:00:00Z', value: 400 })
  await happened({ prefix: 'lost', people: 5 }, { kind: 'visit_anonymous', channel: 'web', at: '2024-01-05T09:00:00Z' })
  const found = await answer(attribution)
  expect(found).toMatchObject({ orders: 15, journeys: 20, valueMinor: 12_000, notes: [] })
  expect(found.contacts).toBeCloseTo(35 / 15, 9)
  expect(found.mixed).toBeCloseTo(10 / 15, 9)
  const of = (channel: string) => found.channels.find((each) => each.channel === channel)?.credits
  expect(of('web')).toMatchObject({ first: { orders: 15 }, last: { orders: 5 } })
  expect(of('web')?.linear.orders).toBeCloseTo(5 + 10 / 3, 9)
  expect(of('phone')?.last.valueMinor).toBe(10_000)
  expect(of('web')?.shapley.orders).toBeCloseTo(5 + 10 / 3, 9)
  // The visit five days before the order counts 2^(−5/7) of it, the shop 2^(−3/7).
  const weights = [5, 3, 0].map((age) => 2 ** (-age / 7))
  const share = (at: number): number => (10 * (weights[at] ?? 0)) / weights.reduce((sum, one) => sum + one, 0)
  expect(of('shop-lyon')?.time_decay.orders).toBeCloseTo(share(1), 9)
  // Without the site nobody orders: everybody began there.
  expect(found.channels.find(({ channel }) => channel === 'web')?.removalEffect).toBe(1)
  for (const rule of ['first', 'last', 'linear', 'time_decay', 'markov', 'shapley'] as const)
    expect(found.channels.reduce((sum, { credits }) => sum + credits[rule].orders, 0)).toBeCloseTo(15, 6)
})

test('an event that brought five orders a step where it happened is found, and one that is not over or nowhere is not', async () => {
  await execute(
    db,
    sql`insert into customers.location (party_id, country, postal_code)
        select md5('town' || d)::uuid, 'FR', (60 + d)::text || '000' from generate_series(0, 11) d`,
  )
  await execute(
    db,
    sql`insert into customers.interaction (party_id, kind, at, id, channel_code, value_minor)
        select md5('town' || d)::uuid, 'order', timestamptz '2025-09-01T12:00:00Z' + make_interval(days => step * 28 + n % 28),
          md5(d || ' ' || step || ' ' || n)::uuid, 'web', 1000
        from generate_series(0, 11) d, generate_series(-8, 5) step,
          generate_series(1, 10 + d + abs(step) % 3 + (d * 7 + step + 8) % 2 + case when d = 9 and step >= 0 then 5 else 0 end) n`,
  )
  const { estimates, steps, ...found } = await answer({ ...opening, after: 13 })
  expect(found).toMatchObject({ treated: ['69'], others: 11, stepsBefore: 8, stepsAfter: 6 })
  expect(estimates.differences.effect).toBeCloseTo(5, 6)
  expect(Math.abs(estimates.synthetic.effect - 5)).toBeLessThan(1)
  expect(Math.abs(estimates.syntheticDifferences.effect - 5)).toBeLessThan(1)
  expect(estimates.differences.pValue).toBeCloseTo(1 / 12, 9)
  expect(steps).toHaveLength(14)
  expect(steps[8]).toMatchObject({ startsOn: '2025-09-01' })
  expect((await ask({ ...opening, treated: ['99'] })).problem).toContain('99')
  expect((await ask({ ...opening, day: '2026-02-20' })).state).toBe('failed')
})

test('an event in a channel is judged by the sales of before, where the firm has no others', async () => {
  const codes = ['web', 'phone', 'shop-nantes', 'shop-lyon', 'shop-lille']
  await execute(
    db,
    sql`insert into insights.past_sale (source, number, position, day, channel_code, units, net_minor)
        select 'panel', code || step || ' ' || n, 1, date '2025-09-01' + step * 28 + n % 28, code, 1, 1000
        from unnest(${codes}::text[]) with ordinality as each_one (code, c), generate_series(-8, 5) step,
          generate_series(1, (10 + c + abs(step) % 3 + case when code = 'web' and step >= 0 then 5 else 0 end)::int) n`,
  )
  await runJob(app, 'insights.recount-figures')
  const relaunch = { event: 'Refonte du site', channel: null, unit: 'channel' as const, treated: ['web'] }
  const { estimates, others } = await answer({ ...opening, ...relaunch })
  expect(others).toBe(4)
  expect(estimates.differences.effect).toBeCloseTo(5, 6)
  await execute(db, sql`delete from insights.past_sale where source = 'panel'`)
  await runJob(app, 'insights.recount-figures')
})

test('how quantities answer to prices is found in the sales of the firm, and the best price follows from costs', async () => {
  const [article = ''] = shop.variantIds
  // Sixty weeks of an article whose sales fall by 2.5 % where its price grows by one, bought for 40 €.
  await execute(
    db,
    sql`insert into insights.past_sale (source, number, position, day, channel_code, variant_id, units, net_minor, unit_cost_minor)
        select 'prices', code || w, 1, date '2024-01-02' + w * 7, code, ${article}, n, n * price, 4000
        from (values ('web', 400), ('phone', 150)) as each_one (code, level), generate_series(0, 59) w,
          lateral (select round(10000 * (0.8 + (w * 7 % 10) * 0.04)) as price) p,
          lateral (select round(level * (price / 10000) ^ -2.5)::int as n) q`,
  )
  await runJob(app, 'insights.recount-figures')
  const { units, weeks, ...rest } = await answer(prices)
  expect([weeks, units.length, rest.per]).toEqual([60, 1, 'product'])
  const [unit] = units
  expect(unit?.elasticity?.value).toBeCloseTo(-2.5, 1)
  expect(unit?.elasticity?.observations).toBe(120)
  expect(unit?.channels.map(({ channel }) => channel)).toEqual(['phone', 'web'])
  expect(unit).toMatchObject({ costMinor: 4_000, articles: 1, weeks: 60, soldShare: 1, problem: null })
  const value = unit?.elasticity?.value ?? 0
  expect(unit?.best?.priceMinor).toBeCloseTo(((4_000 / (1 - rest.servingShare)) * value) / (value + 1), 6)
  const family = await answer({ ...prices, per: 'category', channel: 'web' })
  expect(family.units[0]?.elasticity?.observations).toBe(60)
  expect(family.units[0]?.channels).toEqual([])
  // The price list of before never moved: nothing can be told, and that is said.
  await execute(db, sql`update insights.past_sale set net_minor = units * 10000 where source = 'prices'`)
  expect((await ask(prices)).problem).toMatch(/prix/)
  await forget('prices')
})

test('what media bring is found in weekly sales and spending, and what nothing can be told of is said', async () => {
  // 120 weeks that sell 5,000 € and what television makes of the week before: 3 € for one, the more the less; leaflets went out twice.
  await execute(
    db,
    sql`with weeks as (select w, date '2023-01-04' + w * 7 as day, case when w * 7 % 5 < 2 then 0 else 300 + w * 37 % 900 end as spent
          from generate_series(0, 119) w),
        met as (insert into insights.past_contact (source, day, channel_code, medium, visits, views, converted, outreach_micro)
          select 'media', day, '', medium, 0, 0, 0, spent * 1000000 from (
            select day, 'télévision' as medium, spent from weeks union all select day, 'prospectus', 50 from weeks where w in (9, 40)) each_one
          where spent > 0)
        insert into insights.past_sale (source, number, position, day, channel_code, units, net_minor)
        select 'media', 'V' || w, 1, day, 'web', 1,
          (500000 + 360000 * tanh((spent + 0.5 * coalesce(lag(spent) over (order by w), 0)) / 1200.0) + w * 53 % 97 * 200)::bigint
        from weeks`,
  )
  await runJob(app, 'insights.recount-figures')
  const found = await answer(media)
  expect(found.weeks).toHaveLength(120)
  expect(found.media.map(({ medium, isChannel }) => [medium, isChannel])).toEqual([['télévision', false]])
  expect(found.leftOut).toMatchObject([{ medium: 'prospectus', spentMinor: 10_000, reason: 'few_weeks' }])
  const { share = 0, low = 0, high = 0, retention = 0, broughtMinor = 0 } = found.media[0] ?? {}
  const sales = found.sales.reduce((sum, one) => sum + one, 0)
  const truth = (sales - 120 * 500_000 - 120 * 9_600) / sales
  expect(Math.abs(share - truth)).toBeLessThan(0.05)
  expect(low).toBeLessThan(high)
  expect(low).toBeGreaterThan(0)
  expect(retention).toBeGreaterThan(0.2)
  expect(found.baseShare + share).toBeCloseTo(1, 6)
  expect(broughtMinor).toBeCloseTo(share * sales, 3)
  expect((await ask({ ...media, until: '2023-03-31' })).problem).toMatch(/Trop peu de semaines/)
  await execute(db, sql`delete from insights.past_contact where source = 'media'`)
  await runJob(app, 'insights.recount-figures')
  expect((await ask(media)).problem).toMatch(/semaines avec une dépense/)
  await forget('media')
})

test('who buys through several channels is compared with who is like them', async () => {
  await execute(
    db,
    sql`with each_one as (
          select n, n % 2 = 0 as several, 2 + n / 2 % 3 + case when n % 4 = 0 then 1 else 0 end as orders from generate_series(1, 240) n)
        insert into customers.interaction (party_id, kind, at, id, channel_code, value_minor)
        select md5('year' || n)::uuid, 'order', timestamptz '2022-02-01T12:00:00Z' + make_interval(days => n % 90 + k * 40),
          md5('y' || n || ' ' || k)::uuid, case when several and k = 1 then 'phone' else 'web' end, 1000 + n % 7 * 100
        from each_one, generate_series(1, orders) k
        union all
        select md5('year' || n)::uuid, 'order', timestamptz '2023-06-01T12:00:00Z', md5('z' || n)::uuid, 'web',
          10000 + 2000 * orders + n * 37 % 100 + case when several then 3000 else 0 end
        from each_one`,
  )
  const found = await answer({ kind: 'customers', until: '2023-12-31' })
  expect(found.several + found.one).toBeGreaterThan(200)
  expect(Math.abs(found.corrected.effect - 3_000)).toBeLessThan(60)
  expect(found.raw.effect).toBeGreaterThan(found.corrected.effect + 500)
  expect(found.selection).toBeCloseTo(found.raw.effect - found.corrected.effect, 6)
})

test('what hold-outs did not order is what a journey brought, by channel', async () => {
  const journeyId = ctx.ids.next()
  await execute(
    db,
    sql`insert into engagement.journey (id, name, kind, state, state_at, graph, settings, published_version, published_revision,
          published_at, created_at, updated_at)
        values (${journeyId}, 'Bienvenue', 'journey', 'running', now(), '{}', '{}', 1, 1, now(), now(), now())`,
  )
  await execute(
    db,
    sql`insert into engagement.journey_participant (party_id, id, journey_id, occasion, version, node_id, state, reason, held_out,
          entered_at, since)
        select md5('held' || n)::uuid, md5('part' || n)::uuid, ${journeyId}, 'once', 1, 'end', 'done', 'end', n > 100,
          '2026-01-05T10:00:00Z', '2026-01-05T10:00:00Z'
        from generate_series(1, 150) n`,
  )
  await execute(
    db,
    sql`insert into customers.interaction (party_id, kind, at, id, channel_code, value_minor)
        select md5('held' || n)::uuid, 'order', '2026-01-10T10:00:00Z', md5('bought' || n)::uuid, 'web', 5000
        from generate_series(1, 150) n where n <= 40 or n > 140`,
  )
  const { journeys } = await answer({ kind: 'hold_outs', from: '2026-01-01', until: '2026-01-31', within: 30 })
  expect(journeys).toHaveLength(1)
  const [journey] = journeys
  expect(journey).toMatchObject({ name: 'Bienvenue', contacted: 100, heldOut: 50, problem: null })
  expect(journey?.orders[0]).toMatchObject({ channel: null, contacted: 40, heldOut: 20 })
  expect(journey?.orders.find(({ channel }) => channel === 'web')?.difference).toBeCloseTo(20, 9)
  expect(journey?.sales[0]?.difference).toBeCloseTo(1_000, 9)
  expect(journey?.orders[0]?.pValue).toBeLessThan(0.05)
})

test('demand is foretold by the method that missed least, and stock is proposed from it', async () => {
  // Twenty-four months up to the last, of former tills: a steady one, one of a sale now and then, one that only began.
  await execute(
    db,
    sql`insert into insights.past_sale (source, number, position, day, channel_code, units, net_minor)
        select 'caisse', channel || m || ' ' || n, 1, date '2024-03-10' + make_interval(months => m), channel, 1, 1000
        from generate_series(0, 23) m, lateral (values ('web', 10), ('phone', case when m % 4 = 0 then 2 else 0 end),
          ('shop-lyon', case when m > 21 then 5 else 0 end)) as each_one (channel, orders), generate_series(1, orders) n`,
  )
  await runJob(app, 'insights.recount-figures')
  const question = {
    kind: 'demand',
    per: 'channel',
    step: 'month',
    horizon: 3,
    lead: 2,
    service: 0.95,
    salvage: 0.3,
  } as const
  const { units, skipped, steps, ahead } = await answer(question)
  expect([steps.at(-1), ahead]).toEqual(['2026-02-01', ['2026-03-01', '2026-04-01', '2026-05-01']])
  expect(skipped).toBe(1)
  const of = (unit: string) => units.find((one) => one.unit === unit)
  expect(of('web')).toMatchObject({
    constant: true,
    method: 'repeat',
    mean: [10, 10, 10],
    orderUpTo: 20,
    season: null,
  })
  const slow = of('phone')
  expect(slow?.errors.croston).not.toBeNull()
  expect(slow?.method).not.toBe('repeat')
  expect(slow?.mean[0]).toBeGreaterThan(0)
  expect(slow?.low[0]).toBe(0)
  expect(slow?.orderUpTo).toBeGreaterThanOrEqual(1)
  expect((await ask({ ...question, per: 'shop' })).problem).toMatch(/\w/)
})

test('an answer made again has the same bytes, though the figures moved; one whose server died is taken up', async () => {
  const first = await ask(attribution)
  await happened(
    { prefix: 'later', people: 3 },
    { kind: 'order', channel: 'web', at: '2024-01-30T09:00:00Z', value: 1 },
  )
  const again = await staff(endpoints.replayAnalysis, { params: { analysisId: first.id } })
  await execute(
    db,
    sql`update strategy.analysis set state = 'running', attempts = 1, runner = ${ctx.ids.next()}, said_at = ${clock.now()}
        where id = ${again.id}`,
  )
  await workAnalysis(ctx, again.id)
  expect((await reader(endpoints.getAnalysis, { params: { analysisId: again.id } })).state).toBe('running')
  clock.advance(61_000)
  await resumeAnalyses.run(ctx, {})
  const { count } = await one<{ count: number }>(
    db,
    sql`select count(*)::int as count from graphile_worker.jobs where key = ${`strategy.analyse:${again.id}`}`,
  )
  expect(count).toBe(1)
  await workAnalysis(ctx, again.id)
  expect(await reader(endpoints.getAnalysis, { params: { analysisId: again.id } })).toMatchObject({
    state: 'done',
    attempts: 2,
    sameBytes: true,
    inputHash: first.inputHash,
    results: first.results,
  })
})

test('what nobody began stops at once; who may not write only reads', async () => {
  const { id } = await staff(endpoints.startAnalysis, { body: { question: attribution } })
  expect(await codeOf(staff(endpoints.replayAnalysis, { params: { analysisId: id } }))).toBe(
    'strategy.analysis_unfinished',
  )
  expect((await staff(endpoints.cancelAnalysis, { params: { analysisId: id } })).state).toBe('cancelled')
  await workAnalysis(ctx, id)
  const { items } = await reader(endpoints.listAnalyses, { query: { kind: 'attribution' } })
  expect(items[0]).toMatchObject({ id, state: 'cancelled' })
  expect(await codeOf(reader(endpoints.startAnalysis, { body: { question: attribution } }))).toBe('access.forbidden')
  expect(await codeOf(staff(endpoints.getAnalysis, { params: { analysisId: ctx.ids.next() } }))).toBe(
    'strategy.analysis_not_found',
  )
  const backwards = { ...attribution, from: '2024-02-01' }
  expect(await codeOf(staff(endpoints.startAnalysis, { body: { question: backwards } }))).toBe('insights.bad_period')
})
