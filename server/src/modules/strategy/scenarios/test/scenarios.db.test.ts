import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { ventureExamples } from '@ecluse/contracts/ventures.ts'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { execute, one } from '../../../../kernel/db.ts'
import { dayOf } from '../../../insights/public.ts'
import { resumeScenarioRuns } from '../../jobs/simulate-runs.ts'
import { workRun } from '../work-run.ts'

const { app, ctx, clock, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const { db } = ctx
const staff = asStaff()
const reader = asStaff(['strategy:read'])
const thisMonth = (): string => dayOf(clock.now()).slice(0, 7)

/** What was sold from one month to another, as the rollups keep it; every day alike, `times` what it was. */
async function sell(from: string, until: string, times = 1): Promise<void> {
  await execute(
    db,
    sql`insert into insights.sales_day (day, channel_code, site_id, orders, cancelled, units, revenue_minor, carriage_minor, discount_minor,
          goods_minor, assumed_minor, payment_minor, picking_minor, parcel_minor, commission_minor, contact_minor, returns, returned_units,
          returned_minor, goods_back_minor, new_customers, known_customers, promises, promises_kept, not_found)
        select d::date, c.code, '00000000-0000-0000-0000-000000000000', c.orders * ${times}, 1, c.orders * ${times},
          c.orders * ${times} * 7000, 0, 0, c.orders * ${times} * 3900, 0, 100 * c.orders * ${times}, 0, 300 * c.orders * ${times}, 0, 0,
          0, 0, 0, 0, 0, 0, 0, 0, 0
        from generate_series(${from}::date, ${until}::date - 1, interval '1 day') d,
          (values ('web', 20), ('store', 60)) c (code, orders)
        on conflict (day, channel_code, site_id) do nothing`,
  )
}

async function refusal(work: Promise<unknown>): Promise<{ code: string; detail: string }> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(error instanceof ApiError)) throw new Error('not refused', { cause: error })
  return { code: error.problem.code, detail: error.problem.detail ?? '' }
}

const create = (name: string): Promise<Scenario> =>
  staff(endpoints.createScenario, { body: { name, question: 'Should we?' } })

function save({ id, name, version, content }: Scenario, change: Partial<ScenarioContent>): Promise<Scenario> {
  return staff(endpoints.saveScenario, {
    params: { scenarioId: id },
    body: { name, version, content: { ...content, ...change } },
  })
}

async function run(scenarioId: string, seed = 1) {
  const begun = await staff(endpoints.runScenario, { params: { scenarioId }, body: { draws: 400, seed } })
  expect(begun).toMatchObject({ state: 'waiting', progress: 0 })
  await workRun(ctx, begun.id)
  return reader(endpoints.getScenarioRun, { params: { runId: begun.id } })
}

/** A shop more, like the shops there are, from two months after the beginning. */
const opening = (startsOn: string): Partial<ScenarioContent> => ({
  planned: [{ name: 'Rennes', like: 'store', appealBy: -1, fixedCost: 3_000, capacity: 2_000, monthsToBeKnown: 4 }],
  moves: [
    {
      name: 'Open Rennes',
      kind: 'open',
      month: addMonths(startsOn, 2),
      investment: 40_000,
      monthlyCost: 500,
      changes: [{ what: 'open', channel: 'Rennes' }],
    },
  ],
  uncertain: [
    { name: 'Market', distribution: { kind: 'lognormal', median: 1, spread: 1.1 }, affects: [{ what: 'demand' }] },
    {
      name: 'Cost of works',
      distribution: { kind: 'triangular', least: 0.8, likely: 1, most: 1.8 },
      affects: [{ what: 'cost', move: 'Open Rennes' }],
    },
  ],
  assumptions: [{ text: 'Rennes is like Nantes', source: 'Census 2026', on: '2026-09-01' }],
})

test('without history a scenario is refused in words; the worked examples need none', async () => {
  expect(await refusal(create('Too soon'))).toMatchObject({ code: 'strategy.no_history' })
  expect((await refusal(reader(endpoints.backtestScenarios, {}))).detail).toContain('36')
  const centre = await reader(endpoints.judgeCentreApplication, { body: ventureExamples.centre })
  expect(centre.shares.map(({ party }) => party)).toEqual(['landlord', 'shops', 'operator'])
  const sum = (of: 'shapley' | 'nash' | 'stated') => centre.shares.reduce((all, share) => all + share[of], 0)
  expect(sum('shapley')).toBeCloseTo(centre.total, 4)
  expect(sum('nash')).toBeCloseTo(centre.total, 4)
  expect(sum('stated')).toBeCloseTo(centre.total, 4)
  const prefill = await reader(endpoints.judgePrefilledAccounts, { body: ventureExamples.prefill })
  expect(prefill.total).toBeGreaterThan(0)
  const none = { ...ventureExamples.centre, uplift: 0 }
  expect(await refusal(reader(endpoints.judgeCentreApplication, { body: none }))).toMatchObject({
    code: 'strategy.unanswerable',
  })
})

test('a scenario starts from the firm’s figures, is written version by version, and is challenged', async () => {
  await sell(`${addMonths(thisMonth(), -37)}-01`, dayOf(clock.now()))
  const first = await create('A shop in Rennes')
  expect(first.content.startsOn).toBe(addMonths(thisMonth(), 1))
  expect(first.snapshot.hash).toMatch(/^[0-9a-f]{64}$/)
  const of = (name: string) => first.snapshot.figures.find(({ figure }) => figure === name)
  expect(of('channel.web.orders')?.value).toBeCloseTo(20 * 30.4375, 0)
  expect(of('channel.web.basket')).toMatchObject({ value: 70, source: 'orders' })
  const second = await save(first, opening(first.content.startsOn))
  expect(second).toMatchObject({ version: 2, name: 'A shop in Rennes' })
  expect(await refusal(save(first, {}))).toMatchObject({ code: 'strategy.scenario_changed' })
  const old = await reader(endpoints.getScenario, { params: { scenarioId: first.id }, query: { version: 1 } })
  expect(old.content).toEqual(first.content)
  const challenged = await staff(endpoints.challengeAssumption, {
    params: { scenarioId: first.id },
    body: { assumption: 'Rennes is like Nantes', note: 'Rents are higher there' },
  })
  expect(challenged.challenges).toMatchObject([{ note: 'Rents are higher there' }])
  expect(await refusal(reader(endpoints.archiveScenario, { params: { scenarioId: first.id } }))).toMatchObject({
    code: 'access.forbidden',
  })
  const told = await reader(endpoints.backtestScenarios, {})
  expect(told.error).toBeLessThan(0.02)
})

test('a run tells what a move gains; the same input gives the same bytes; bad input is explained before it runs', async () => {
  const made = await create('Rennes again')
  const scenario = await save(made, opening(made.content.startsOn))
  const done = await run(scenario.id)
  expect(done).toMatchObject({ state: 'done', progress: 1, attempts: 1, version: 2, problem: null })
  const results = done.results!
  expect(results.channels.map(({ channel }) => channel)).toEqual(['store', 'web', 'Rennes'])
  const rennes = results.channels[2]!
  expect(rennes.before.orders).toBe(0)
  expect(rennes.orders).toBeGreaterThan(0)
  // What it takes from the other shops is told beside what it brings.
  expect(results.channels[0]!.orders).toBeLessThan(results.channels[0]!.before.orders)
  expect(results.gain.deviation).toBeGreaterThan(0)
  expect(results.gain.low).toBeLessThan(results.gain.high)
  expect(results.months).toHaveLength(36)
  // Until the first move both tell the same, figure by figure.
  const first = results.months.findIndex(({ moveCosts }) => moveCosts !== 0)
  expect(first).toBeGreaterThan(0)
  for (const { revenue, revenueBefore } of results.months.slice(0, first)) expect(revenueBefore).toBe(revenue.median)
  expect(results.tornado.swings.map(({ name }) => name).sort()).toEqual(['Cost of works', 'Market'])
  expect(JSON.stringify(results)).not.toMatch(/NaN|Infinity/)

  const replayed = await staff(endpoints.replayScenarioRun, { params: { runId: done.id } })
  await workRun(ctx, replayed.id)
  const again = await reader(endpoints.getScenarioRun, { params: { runId: replayed.id } })
  expect(again).toMatchObject({ sameBytes: true, resultsHash: done.resultsHash, inputHash: done.inputHash })
  expect(again.results).toEqual(results)

  const bad = await save(scenario, {
    judgements: [{ figure: 'channel.web.capacity', value: -5, why: 'A slip' }],
  })
  const refused = await refusal(staff(endpoints.runScenario, { params: { scenarioId: bad.id }, body: {} }))
  expect(refused.code).toBe('strategy.unanswerable')
  expect(refused.detail).toContain('-5')
})

test('a run can be stopped, and one whose server died is taken up again and comes to the same', async () => {
  const made = await create('Interrupted')
  const scenario = await save(made, opening(made.content.startsOn))
  const body = { draws: 400, seed: 1 }
  const waiting = await staff(endpoints.runScenario, { params: { scenarioId: scenario.id }, body })
  expect(await staff(endpoints.cancelScenarioRun, { params: { runId: waiting.id } })).toMatchObject({
    state: 'cancelled',
  })
  await workRun(ctx, waiting.id)
  expect(await reader(endpoints.getScenarioRun, { params: { runId: waiting.id } })).toMatchObject({ results: null })

  const large = await staff(endpoints.runScenario, { params: { scenarioId: scenario.id }, body: { draws: 20_000 } })
  const working = workRun(ctx, large.id)
  await staff(endpoints.cancelScenarioRun, { params: { runId: large.id } })
  await working
  expect((await reader(endpoints.getScenarioRun, { params: { runId: large.id } })).state).toBe('cancelled')

  const straight = await run(scenario.id)
  const left = await staff(endpoints.runScenario, { params: { scenarioId: scenario.id }, body })
  // As a server leaves it that is killed in the middle.
  await execute(
    db,
    sql`update strategy.scenario_run set state = 'running', runner = ${ctx.ids.next()}, attempts = 1, progress = 0.4,
          said_at = ${clock.now()} where id = ${left.id}`,
  )
  await workRun(ctx, left.id)
  expect((await reader(endpoints.getScenarioRun, { params: { runId: left.id } })).state).toBe('running')
  clock.advance(61_000)
  await resumeScenarioRuns.run(ctx, {})
  const { count } = await one<{ count: number }>(
    db,
    sql`select count(*)::int as count from graphile_worker.jobs where key = ${`strategy.simulate-run:${left.id}`}`,
  )
  expect(count).toBe(1)
  await workRun(ctx, left.id)
  expect(await reader(endpoints.getScenarioRun, { params: { runId: left.id } })).toMatchObject({
    state: 'done',
    attempts: 2,
    resultsHash: straight.resultsHash,
  })
})

test('from runs to a memo that does not change, and six months later what came beside what was expected', async () => {
  const made = await create('Rennes, decided')
  const plain = await run(made.id)
  const scenario = await save(made, opening(made.content.startsOn))
  const [first, other] = [await run(scenario.id), await run(scenario.id, 2)]
  const compared = await reader(endpoints.compareScenarioRuns, { query: { runs: `${plain.id},${first.id}` } })
  expect(compared.runs[0]!.overFirst).toBeNull()
  expect(compared.runs[1]!.overFirst!.mean).toBeCloseTo(first.results!.gain.mean, 4)
  const uneven = { query: { runs: `${first.id},${other.id}` } }
  expect(await refusal(reader(endpoints.compareScenarioRuns, uneven))).toMatchObject({
    code: 'strategy.not_comparable',
  })

  const runIds = [plain.id, first.id]
  const memo = await staff(endpoints.createMemo, { body: { title: 'Rennes <2027>', runIds } })
  const params = { memoId: memo.id }
  expect(memo.options.map(({ name }) => name)).toEqual(['Rennes, decided', 'Rennes, decided'])
  expect(await refusal(staff(endpoints.decideMemo, { params }))).toMatchObject({ code: 'strategy.memo_incomplete' })
  expect(await refusal(reader(endpoints.compareMemo, { params }))).toMatchObject({ code: 'strategy.memo_undecided' })
  const body = {
    title: memo.title,
    question: 'Do we open in Rennes?',
    risks: 'Rents',
    decision: 'Nothing this year',
    chosenRunId: plain.id,
    owner: 'Claire',
    reviewOn: `${addMonths(made.content.startsOn, 6)}-05`,
  }
  await staff(endpoints.saveMemo, { params, body })
  const decided = await staff(endpoints.decideMemo, { params })
  expect(decided).toMatchObject({ state: 'decided', due: false, chosenRunId: plain.id })
  expect(await refusal(staff(endpoints.saveMemo, { params, body }))).toMatchObject({ code: 'strategy.memo_decided' })
  expect(await refusal(staff(endpoints.decideMemo, { params }))).toMatchObject({ code: 'strategy.memo_decided' })
  expect((await reader(endpoints.compareMemo, { params })).months).toEqual([])

  // Six months go by: five as they were, and then half as much.
  const start = clock.now()
  const end = new Date(`${addMonths(made.content.startsOn, 6)}-06T08:00:00Z`)
  await sell(dayOf(start), `${addMonths(made.content.startsOn, 5)}-01`)
  await sell(`${addMonths(made.content.startsOn, 5)}-01`, dayOf(end), 0)
  clock.advance(end.getTime() - start.getTime())
  expect((await reader(endpoints.getMemo, { params })).due).toBe(true)
  const came = await reader(endpoints.compareMemo, { params })
  expect(came.months).toHaveLength(6)
  expect(came.months.map(({ inside }) => inside)).toEqual([true, true, true, true, true, false])
  const reviewed = await staff(endpoints.reviewMemo, { params, body: { note: 'A bad last month' } })
  expect(reviewed.reviews).toMatchObject([{ note: 'A bad last month', comparison: { inside: 5 } }])

  const page = await app.fastify.inject({
    url: `/api/v1/strategy/memos/${memo.id}/page?locale=en`,
    headers: { 'x-test-actor': 'actor-1' },
  })
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).toContain('Rennes &lt;2027&gt;')
  expect(page.body).toContain('Nothing this year')
  expect(page.body.match(/<svg/g)!.length).toBeGreaterThan(3)
  expect(page.body).not.toMatch(/NaN|Infinity|undefined/)
  const pdf = await app.fastify.inject({
    url: `/api/v1/strategy/memos/${memo.id}/pdf?locale=fr`,
    headers: { 'x-test-actor': 'actor-1' },
  })
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.rawPayload.length).toBeGreaterThan(20_000)
  if (process.env['ECLUSE_KEEP_MEMO'])
    (await import('node:fs')).writeFileSync(process.env['ECLUSE_KEEP_MEMO'], pdf.rawPayload)
})
