import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { GridConstraint } from '@ecluse/contracts/channel-grid.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { execute } from '../../../../kernel/db.ts'

const { ctx, clock, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const staff = asStaff()
clock.set('2027-03-10T09:00:00Z')
// A day of the web with 300 new customers and 10 % of serving costs, one of the telephone with 100 and 30 %.
await execute(
  ctx.db,
  sql`insert into insights.sales_day
      select '2027-02-15', code, '00000000-0000-0000-0000-000000000000', people, 0, people, people * 1000, 0, 0, people * 500, 0,
        people * share, 0, 0, 0, 0, 0, 0, 0, 0, people, 0, people, kept, 0
      from (values ('web', 300, 100, 150), ('phone', 100, 300, 90)) as each (code, people, share, kept)`,
)
const codeOf = (work: Promise<unknown>): Promise<{ code: string; detail: string }> =>
  work.then(
    () => ({ code: 'done', detail: '' }),
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      return { code: error.problem.code, detail: error.problem.detail ?? '' }
    },
  )

test('channels are scored from their figures, and by the middle where nothing is known', async () => {
  const grid = await staff(endpoints.getChannelGrid, {})
  const cell = (channel: string, criterion: string) =>
    grid.cells.find((one) => one.channel === channel && one.criterion === criterion)
  expect(cell('web', 'reach')).toMatchObject({ figure: 0.75, figureScore: 10, used: 'figure' })
  expect(cell('phone', 'reach')?.figure).toBe(0.25)
  expect(cell('phone', 'cost')).toMatchObject({ figureScore: 0 })
  expect(cell('phone', 'service')).toMatchObject({ figure: 0.9, score: 10 })
  expect(cell('web', 'image')).toMatchObject({ figure: null, used: 'neither', score: 5 })
  expect(grid).toMatchObject({ version: 0, problem: null })
  const total = grid.totals[0]?.parts.reduce((sum, part) => sum + part, 0)
  expect(total).toBeCloseTo(grid.totals[0]?.total ?? 0, 9)
  expect(grid.totals.reduce((sum, { first }) => sum + first, 0)).toBeCloseTo(1, 9)
})

test('a judgement is signed and stays; versions follow each other, and are taken back', async () => {
  const { criteria } = await staff(endpoints.getChannelGrid, {})
  const judgements = [{ channel: 'web', criterion: 'image', score: 2, reason: 'Site daté.' }]
  const body = { base: 0, criteria, judgements, mix: null, note: 'Comité de mars.' }
  const first = await staff(endpoints.putChannelGrid, { body })
  const judged = first.cells.find(({ channel, criterion }) => channel === 'web' && criterion === 'image')
  expect(judged).toMatchObject({ score: 2, used: 'judgement', judged: { reason: 'Site daté.' } })
  expect(judged?.judged?.by).toMatch(/^staff-/)
  expect((await codeOf(staff(endpoints.putChannelGrid, { body }))).code).toBe('strategy.grid_changed')
  const other = asStaff()
  const second = await other(endpoints.putChannelGrid, {
    body: {
      ...body,
      base: 1,
      judgements: [...judgements, { channel: 'phone', criterion: 'image', score: 8, reason: 'Chaleureux.' }],
    },
  })
  // What somebody else left as it was stays signed by who judged.
  expect(second.cells.find(({ channel, criterion }) => channel === 'web' && criterion === 'image')?.judged?.by).toBe(
    judged?.judged?.by,
  )
  const back = await staff(endpoints.restoreChannelGrid, { body: { base: 2, version: 1 } })
  expect(back.cells.filter(({ used }) => used === 'judgement')).toHaveLength(1)
  expect(back.versions.map(({ version, restores }) => [version, restores])).toEqual([
    [3, 1],
    [2, null],
    [1, null],
  ])
  expect((await codeOf(staff(endpoints.restoreChannelGrid, { body: { base: 3, version: 9 } }))).code).toBe(
    'strategy.grid_not_found',
  )
})

const solve = (constraints: GridConstraint[]) =>
  staff(endpoints.solveChannelMix, {
    body: {
      channels: [
        { channel: 'web', costMinor: 30_00, value: 40_00, reach: 0.75 },
        { channel: 'phone', costMinor: 60_00, value: 50_00, reach: 0.25 },
      ],
      overlaps: [],
      constraints,
    },
  })

test('the best mix under a budget, what each constraint costs, and why nothing keeps all of them', async () => {
  const budget: GridConstraint = { name: 'Budget', kind: 'budget', most: 70_00 }
  const required: GridConstraint = { name: 'Garder le web', kind: 'required', channel: 'web' }
  const mix = await solve([budget, required])
  expect(mix).toMatchObject({ chosen: ['web'], cost: 30_00, value: 40_00, reach: 0.75 })
  expect(mix.prices.map(({ constraint, price }) => [constraint, price])).toEqual([
    ['Budget', 50_00],
    ['Garder le web', 10_00],
  ])
  const refused = await codeOf(solve([{ ...budget, most: 20_00 }, required]))
  expect(refused.code).toBe('strategy.unanswerable')
  expect(refused.detail).toContain('Garder le web')
  expect(refused.detail).toContain('Budget')
  expect((await codeOf(solve([{ ...budget, most: -1 }]))).code).toBe('kernel.invalid_input')
})

test('a mix is kept with the grid: its costs and rules stay, its figures are those of today, and a channel that is gone leaves it', async () => {
  const grid = await staff(endpoints.getChannelGrid, {})
  const line = (channel: string, costMinor: number) => ({ channel, costMinor, value: 1, reach: 0.1 })
  const mix = {
    channels: [line('web', 12_345), line('phone', 60_00), line('kiosque', 10)],
    overlaps: [
      { between: ['web', 'phone'] as [string, string], loss: 500 },
      { between: ['web', 'kiosque'] as [string, string], loss: 900 },
    ],
    constraints: [
      { name: 'Jamais les deux', kind: 'not_both' as const, channels: ['web', 'phone'] as [string, string] },
      { name: 'Kiosque avec le web', kind: 'needs' as const, channel: 'kiosque', other: 'web' },
    ],
  }
  const body = { base: grid.version, criteria: grid.criteria, judgements: [], mix, note: 'Ensemble gardé.' }
  expect(grid.mixKept).toBe(false)
  const kept = await staff(endpoints.putChannelGrid, { body })
  expect(kept.mixKept).toBe(true)
  const web = kept.mix.channels.find(({ channel }) => channel === 'web')
  expect(web).toEqual({ ...grid.mix.channels.find(({ channel }) => channel === 'web'), costMinor: 12_345 })
  expect(kept.mix.channels.map(({ channel }) => channel)).toEqual(grid.mix.channels.map(({ channel }) => channel))
  expect(kept.mix.overlaps).toEqual([mix.overlaps[0]])
  expect(kept.mix.constraints).toEqual([mix.constraints[0]])
  // A criterion of the firm's own is judged like any other; without it, its judgements are gone.
  const own = { code: 'own-1', name: 'Ancrage local', weight: 30, better: 'more' as const, figure: null }
  const judged = await staff(endpoints.putChannelGrid, {
    body: {
      ...body,
      base: kept.version,
      criteria: [...grid.criteria, own],
      judgements: [{ channel: 'phone', criterion: 'own-1', score: 9, reason: 'Équipe d’ici.' }],
      note: 'Un critère à nous.',
    },
  })
  expect(judged.cells.find(({ channel, criterion }) => channel === 'phone' && criterion === 'own-1')?.score).toBe(9)
  const without = await staff(endpoints.putChannelGrid, { body: { ...body, base: judged.version, mix: null } })
  expect(without.mixKept).toBe(false)
  expect(without.cells.some(({ criterion }) => criterion === 'own-1')).toBe(false)
})
