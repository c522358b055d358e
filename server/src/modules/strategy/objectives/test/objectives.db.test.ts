import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { execute } from '../../../../kernel/db.ts'
import { forecastOpenObjectives } from '../forecast-objectives.ts'

const { ctx, clock, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const staff = asStaff()

/** Thirty months of orders of the web, as they were counted: ten more each month. */
async function countMonths(channel: string, ordersAt: (at: number) => number): Promise<void> {
  const orders = Array.from({ length: 30 }, (_, at) => ordersAt(at))
  await execute(
    ctx.db,
    sql`insert into insights.sales_day
        select (addMonth.day)::date, ${channel}, '00000000-0000-0000-0000-000000000000', n, 0, n, n * 5000, 0, 0, n * 3000, 0, 0, 0, 0, 0, 0,
          0, 0, 0, 0, 0, 0, 0, 0, 0
        from unnest(${orders}::bigint[]) with ordinality as each (n, at)
        cross join lateral (select '2024-09-15'::date + (at - 1) * interval '1 month' as day) addMonth`,
  )
}

clock.set('2027-03-10T09:00:00Z')
await countMonths('web', (at) => 100 + 10 * at)

const growth = {
  name: 'Le web à 5 000 commandes',
  owner: 'Maud Kerbrat',
  kpi: 'orders' as const,
  channel: 'web',
  measure: 'sum' as const,
  wanted: 'at_least' as const,
  from: '2027-01',
  until: '2027-12',
  target: 5_000,
  alertBelow: 0.4,
}
const create = (changes: Partial<typeof growth> & { kpi?: never } = {}) =>
  staff(endpoints.createObjective, { body: { ...growth, ...changes } })
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

test('an objective is forecast from the months that are over, and kept with its seed, version and hash', async () => {
  const { reading, alert, start } = await create()
  // January and February 2027 are months 29 and 30 since September 2024: 380 and 390 orders.
  expect(reading).toMatchObject({ on: '2027-03-10', seed: 1, reached: 770, presentPace: 385, problem: null })
  expect(reading?.engineVersion).toMatch(/^\d+\.\d+\.\d+$/)
  expect(reading?.snapshotHash).toMatch(/^[0-9a-f]{64}$/)
  // If ten more come each month: 380 + 390 + … + 490 = 5,220.
  expect(reading?.expected?.middle).toBeGreaterThan(5_000)
  expect(reading?.probability).toBeGreaterThan(0.6)
  expect(reading?.cone.map(({ month }) => month)).toEqual(
    Array.from({ length: 10 }, (_, at) => addMonths('2027-03', at)),
  )
  expect(reading?.pace).toBeCloseTo((5_000 - 770) / 10, 9)
  // The twelve months before: 260 + 270 + … + 370.
  expect(start).toBe(3_780)
  expect(alert).toBe(false)
})

test('one out of reach is warned of, and comes first; what cannot be said is explained', async () => {
  const { alert, reading } = await create({ name: 'Hors de portée', target: 50_000 })
  expect(alert).toBe(true)
  expect(reading?.probability).toBe(0)
  const silent = await create({ name: 'Rien à lire', channel: 'phone' })
  expect(silent.reading?.probability).toBeNull()
  expect(silent.reading?.problem).toContain('périodes')
  expect(silent.alert).toBe(false)
  const { items } = await staff(endpoints.listObjectives, { query: {} })
  expect(items[0]?.name).toBe('Hors de portée')
})

test('changes keep what was before with the reason; an older one is refused', async () => {
  const { id, revision } = await create({ name: 'À revoir', target: 9_000 })
  const { name, owner, until, alertBelow } = growth
  const body = { name, owner, until, alertBelow, target: 4_800, revision, reason: 'La boutique de Brest ferme.' }
  const changed = await staff(endpoints.updateObjective, { params: { objectiveId: id }, body })
  expect(changed.notes[0]).toMatchObject({
    kind: 'change',
    text: 'La boutique de Brest ferme.',
    changes: [
      { field: 'name', before: 'À revoir', after: name },
      { field: 'target', before: '9000', after: '4800' },
    ],
  })
  expect(changed.reading?.probability).toBeGreaterThan(0.9)
  expect(await codeOf(staff(endpoints.updateObjective, { params: { objectiveId: id }, body }))).toBe(
    'strategy.objective_changed',
  )
  const noted = await staff(endpoints.addObjectiveNote, {
    params: { objectiveId: id },
    body: { text: 'Revu en comité.' },
  })
  expect(noted.notes.map(({ kind }) => kind)).toEqual(['note', 'change'])
  expect(noted.notes[0]?.by).toMatch(/^staff-/)
})

test('closing keeps what was reached, and can be taken back while its time is not over', async () => {
  const { id } = await create({ name: 'Clos' })
  const params = { objectiveId: id }
  const closed = await staff(endpoints.closeObjective, { params, body: { text: 'Abandonné.' } })
  expect(closed.closed).toMatchObject({ reached: 770, met: false })
  expect(await codeOf(staff(endpoints.closeObjective, { params, body: { text: 'Encore.' } }))).toBe(
    'strategy.objective_closed',
  )
  const open = await staff(endpoints.reopenObjective, { params })
  expect(open.closed).toBeNull()
  expect(await codeOf(staff(endpoints.reopenObjective, { params }))).toBe('strategy.objective_open')
})

test('bad terms, unknown channels and strangers are refused', async () => {
  expect(await codeOf(create({ until: '2027-02', from: '2027-01' }))).toBe('strategy.objective_past')
  expect(await codeOf(create({ until: '2026-01' }))).toBe('kernel.invalid_input')
  expect(await codeOf(create({ channel: 'nowhere' }))).toBe('channels.not_found')
  expect(await codeOf(asStaff(['strategy:read'])(endpoints.createObjective, { body: growth }))).toBe('access.forbidden')
  expect(await codeOf(asStaff(['insights:read'])(endpoints.listObjectives, { query: {} }))).toBe('access.forbidden')
})

test('each night says it anew; at its date an objective is closed with what was reached', async () => {
  const { id } = await create({ name: 'Mars seul', from: '2027-03', until: '2027-03', target: 390 })
  clock.set('2027-03-11T02:41:00Z')
  await forecastOpenObjectives(ctx)
  const params = { objectiveId: id }
  const { course } = await staff(endpoints.getObjective, { params })
  expect(course.map(({ on }) => on)).toEqual(['2027-03-10', '2027-03-11'])
  clock.set('2027-04-01T02:41:00Z')
  await execute(
    ctx.db,
    sql`update insights.sales_day set day = '2027-03-20', orders = 391 where day = '2027-02-15' and channel_code = 'web'`,
  )
  await forecastOpenObjectives(ctx)
  const done = await staff(endpoints.getObjective, { params })
  expect(done.closed).toMatchObject({ by: null, reached: 391, met: true })
  expect(done.reading?.probability).toBe(1)
  expect(await codeOf(staff(endpoints.reopenObjective, { params }))).toBe('strategy.objective_past')
})
