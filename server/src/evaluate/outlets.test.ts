import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, onTestFinished, test } from 'vitest'
import { outletsEvaluation } from './outlets.ts'
import { askEvaluation } from './test/ask-evaluation.ts'

function ask(rows: readonly (readonly (string | number)[])[], options: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-evaluate-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'outlets.csv')
  const columns = ['zone', 'demand', 'outlet', 'attraction', 'cost', 'distance', 'x', 'y'].slice(0, rows[0]?.length)
  writeFileSync(file, [columns.join(','), ...rows.map((row) => row.join(','))].join('\n'))
  return askEvaluation(outletsEvaluation, [file], options)
}

test('catchments by hand: 1e-12', async () => {
  const { results, n } = await ask([
    ['north', 100, 'a', 10, 0, 1],
    ['north', 100, 'b', 40, 0, 4],
    ['south', 50, 'a', 10, 0, 2],
    ['south', 50, 'b', 40, 0, 2],
  ])
  // North: 10/1 against 40/16, so 10 of 12.5; south: 10/4 against 40/4, so 1 of 5.
  expect(n).toBe(2)
  expect(results['share.north.a']).toBeCloseTo(0.8, 12)
  expect(results['share.south.a']).toBeCloseTo(0.2, 12)
  expect(results['sales.a']).toBeCloseTo(90, 12)
  expect(results['sales.b']).toBeCloseTo(60, 12)
  expect(results['lost']).toBeCloseTo(0, 12)
})

test('the best network covers as much as the best of all networks there are: 1e-9', async () => {
  const random = createRandom(11)
  const zones = Array.from({ length: 15 }, (_, at) => ({ name: `z${at}`, demand: 1 + Math.floor(random.float() * 90) }))
  const outlets = Array.from({ length: 8 }, (_, at) => ({ name: `o${at}`, cost: 1 + Math.floor(random.float() * 9) }))
  const rows = zones.flatMap((zone) =>
    outlets.map((one) => [zone.name, zone.demand, one.name, 1, one.cost, Math.floor(random.float() * 30)] as const),
  )
  const total = zones.reduce((sum, { demand }) => sum + demand, 0)
  const covered = (taken: (at: number) => boolean): number =>
    zones.reduce(
      (sum, { demand }, zone) =>
        outlets.some((_, at) => taken(at) && (rows[zone * outlets.length + at]?.[5] ?? 99) <= 6) ? sum + demand : sum,
      0,
    ) / total
  for (const [most, budget] of [
    [1, 40],
    [3, 40],
    [8, 12],
  ] as const) {
    let best = 0
    for (let set = 0; set < 256; set++) {
      const taken = (at: number): boolean => ((set >> at) & 1) === 1
      const chosen = outlets.filter((_, at) => taken(at))
      if (chosen.length <= most && chosen.reduce((sum, { cost }) => sum + cost, 0) <= budget)
        best = Math.max(best, covered(taken))
    }
    const { results } = await ask(rows, { reach: '6', most: `${most}`, budget: `${budget}` })
    expect(results['network.coverage']).toBeCloseTo(best, 9)
  }
})

test('exclusive: no two nearer than asked, and as much covered as any such network: 1e-9', async () => {
  const random = createRandom(12)
  const places = Array.from({ length: 7 }, (_, at) => ({
    name: `o${at}`,
    x: 40 * random.float(),
    y: 40 * random.float(),
  }))
  const zones = Array.from({ length: 14 }, (_, at) => ({
    name: `z${at}`,
    demand: 1 + Math.floor(random.float() * 90),
    x: 40 * random.float(),
    y: 40 * random.float(),
  }))
  const rows = zones.flatMap((zone) =>
    places.map((one) => {
      const distance = Math.hypot(zone.x - one.x, zone.y - one.y)
      return [zone.name, zone.demand, one.name, 1, 1, distance, one.x, one.y] as const
    }),
  )
  const within = (zone: (typeof zones)[number], one: (typeof places)[number]) =>
    Math.hypot(zone.x - one.x, zone.y - one.y) <= 9
  const total = zones.reduce((sum, { demand }) => sum + demand, 0)
  let best = 0
  for (let set = 0; set < 128; set++) {
    const chosen = places.filter((_, at) => ((set >> at) & 1) === 1)
    if (
      chosen.some((one) => chosen.some((other) => one !== other && Math.hypot(one.x - other.x, one.y - other.y) < 25))
    )
      continue
    const covered = zones.reduce((sum, zone) => (chosen.some((one) => within(zone, one)) ? sum + zone.demand : sum), 0)
    best = Math.max(best, covered / total)
  }
  const asked = { reach: '9', policy: 'exclusive', apart: '25' }
  const { results } = await ask(rows, asked)
  expect(results['network.coverage']).toBeCloseTo(best, 9)
  const taken = places.filter(({ name }) => results[`chosen.${name}`] === 1)
  for (const one of taken)
    for (const other of taken)
      if (one !== other) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(25)
  // The distance to keep takes something away here, and without it or a place there is no answer.
  expect((await ask(rows, { reach: '9', policy: 'intensive' })).results['network.coverage']).toBeGreaterThan(best)
  await expect(ask(rows, { reach: '9', policy: 'exclusive' })).rejects.toThrow(/unknown_name/)
  const nowhere = rows.map((row) => row.slice(0, 6))
  await expect(ask(nowhere, asked)).rejects.toThrow(/unknown_name/)
})

test.each<[string, (string | number)[][], Record<string, string>]>([
  [
    'a pair that is missing',
    [
      ['n', 1, 'a', 1, 0, 1],
      ['s', 1, 'b', 1, 0, 1],
    ],
    {},
  ],
  [
    'a zone of two demands',
    [
      ['n', 1, 'a', 1, 0, 1],
      ['n', 2, 'b', 1, 0, 1],
    ],
    {},
  ],
  ['an outlet without a surface', [['n', 1, 'a', 0, 0, 1]], {}],
  ['a negative distance', [['n', 1, 'a', 1, 0, -1]], {}],
  ['a negative budget', [['n', 1, 'a', 1, 0, 1]], { reach: '1', budget: '-1' }],
])('%s is refused', async (_, rows, options) => {
  await expect(async () => ask(rows, options)).rejects.toThrow(/mismatch|out_of_range/)
})
