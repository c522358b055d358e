import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OutletCandidate, OutletQuestion } from '@ecluse/contracts/outlets.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { execute } from '../../../../kernel/db.ts'

const { ctx, clock, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const staff = asStaff()
clock.set('2027-03-10T09:00:00Z')
// Four towns on a meridian, 11.1 km apart.
await execute(
  ctx.db,
  sql`insert into inventory.postal_place (country, postal_code, latitude, longitude)
      select 'FR', '4400' || at, 47 + at * 0.1, -1.5 from generate_series(1, 4) as at`,
)
const codeOf = (work: Promise<unknown>): Promise<{ code: string; detail: string }> =>
  work.then(
    () => ({ code: 'done', detail: '' }),
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      return { code: error.problem.code, detail: error.problem.detail ?? '' }
    },
  )

const outlet = (name: string, postalCode: string, change: Partial<OutletCandidate> = {}): OutletCandidate => ({
  name,
  postalCode,
  country: 'FR',
  latitude: null,
  longitude: null,
  open: false,
  surface: 100,
  image: 5,
  priceDiscipline: 0.9,
  cost: 1_000,
  figures: {},
  ...change,
})
const question: OutletQuestion = {
  areas: [40, 10, 30, 20].map((spend, at) => ({
    country: 'FR',
    postalCode: `4400${at + 1}`,
    name: `Ville ${at + 1}`,
    spend,
  })),
  outlets: [
    outlet('Quai', '44001', { image: 8, figures: { trained: 80 } }),
    outlet('Halle', '44002', { figures: { trained: 60 } }),
    outlet('Gare', '44003', { surface: 50, figures: { trained: 90 } }),
    outlet('Port', '44004', { image: 9, figures: { trained: 100 } }),
  ],
  criteria: [
    { code: 'surface', name: 'Surface', least: 80, required: true, weight: 2, source: 'measured' },
    { code: 'trained', name: 'Équipe formée', least: 80, required: false, weight: 1, source: 'measured' },
  ],
  reach: 12,
  most: 2,
  apart: 30,
  budget: null,
  distanceWeight: 2,
  elsewhere: 0,
}
const compare = (change: Partial<OutletQuestion> = {}) =>
  staff(endpoints.compareOutletPolicies, { body: { ...question, ...change } })

test('three policies: outlets, coverage, catchments, image, prices and cost', async () => {
  const { networks, judged, curve, areas, outlets, unplaced } = await compare()
  expect(
    judged.map(({ outlet: name, admitted, missing }) => [name, admitted, missing.map((one) => one.criterion)]),
  ).toEqual([
    ['Quai', true, []],
    ['Halle', true, ['trained']],
    ['Gare', false, ['surface']],
    ['Port', true, []],
  ])
  const [intensive, selective, exclusive] = networks
  expect(intensive).toMatchObject({ count: 4, coverage: 1, cost: 4_000 })
  // Of the pairs that cover everybody, the one of the better image: Quai for towns 1 and 2, Port for 3 and 4.
  expect(selective).toMatchObject({ count: 2, coverage: 1, cost: 2_000 })
  expect(selective?.outlets.map(({ outlet: name, within, contested }) => [name, within, contested])).toEqual([
    ['Quai', 0.5, 0],
    ['Port', 0.5, 0],
  ])
  expect(intensive?.outlets[1]).toMatchObject({ outlet: 'Halle', within: 0.8, contested: 1 })
  // 33.3 km apart: Quai and Port.
  expect(exclusive?.outlets.map(({ outlet: name }) => name)).toEqual(['Quai', 'Port'])
  expect(exclusive?.overlap).toBe(1)
  for (const network of networks) {
    expect(network.sales + network.lost).toBeCloseTo(100, 9)
    expect(network.priceDiscipline).toBeCloseTo(0.9, 9)
    expect(network.areas).toHaveLength(4)
  }
  expect(curve.map(({ most, coverage }) => [most, Math.round(coverage * 100)])).toEqual([
    [0, 0],
    [1, 80],
    [2, 100],
  ])
  expect(areas[0]).toMatchObject({ postalCode: '44001', approximate: false })
  expect(outlets).toHaveLength(4)
  expect(unplaced).toEqual({ areas: 0, spend: 0 })
})

test('a budget bounds every policy; where nobody is admitted there is no network, and it says so in figures', async () => {
  const { networks } = await compare({ budget: 1_500 })
  expect(networks.map(({ count, cost }) => [count, cost])).toEqual([
    [1, 1_000],
    [1, 1_000],
    [1, 1_000],
  ])
  const [first] = question.criteria
  const none = await compare({ criteria: first ? [{ ...first, least: 9_999 }] : [] })
  expect(none.networks.map(({ count }) => count)).toEqual([4, 0, 0])
  expect(none.networks[1]).toMatchObject({ coverage: 0, sales: 0, salesPerOutlet: 0, image: 0, lost: 100 })
  expect(none.curve).toEqual([{ most: 0, count: 0, coverage: 0, sales: 0, cost: 0 }])
})

test('what cannot be answered is explained', async () => {
  const nowhere = await codeOf(compare({ outlets: [outlet('Lune', 'ZZZZZ', { country: 'XX' })] }))
  expect(nowhere.code).toBe('strategy.outlets_unplaced')
  expect(nowhere.detail).toContain('Lune (XX ZZZZZ)')
  const area = { country: 'XX', postalCode: 'ZZZZZ', name: '', spend: 5 }
  expect((await codeOf(compare({ areas: [area] }))).code).toBe('strategy.areas_unplaced')
  expect((await compare({ areas: [...question.areas, area] })).unplaced).toEqual({ areas: 1, spend: 5 })
  const twice = await codeOf(compare({ outlets: [outlet('Quai', '44001'), outlet('Quai', '44002')] }))
  expect(twice).toMatchObject({ code: 'strategy.unanswerable' })
  expect(twice.detail).toContain('Quai')
  for (const bad of [
    { outlets: [outlet('Quai', '44001', { surface: -5 })] },
    { outlets: [outlet('Quai', '44001', { surface: 0 })] },
    { outlets: [outlet('Quai', '44001', { image: 11 })] },
    { outlets: [] },
    { areas: [] },
    { most: -1 },
    { reach: 0 },
    { budget: -1 },
    { reach: Number.NaN },
  ])
    expect((await codeOf(compare(bad))).code).toBe('kernel.invalid_input')
  const discipline = { code: 'price_discipline', name: 'Prix', least: 80, weight: 1, source: 'measured' as const }
  expect((await codeOf(compare({ criteria: [{ ...discipline, required: true }] }))).code).toBe('kernel.invalid_input')
  expect((await codeOf(compare({ criteria: [{ ...discipline, required: false }] }))).code).toBe('done')
})

test('today: the shops, and where buyers live', async () => {
  const today = await staff(endpoints.getOutletsToday, {})
  expect(today.outlets.length).toBeGreaterThan(0)
  expect(today.outlets.every(({ open }) => open)).toBe(true)
  expect(today).toMatchObject({ orders: 0, located: 0, areas: [] })
})
