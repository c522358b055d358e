import type { GridCriterion } from '@ecluse/contracts/channel-grid.ts'
import { expect, test } from 'vitest'
import { scoreCells } from './score-cells.ts'

const cost: GridCriterion = { code: 'cost', name: '', weight: 1, better: 'less', figure: 'servingCostRate' }
const figures: Record<string, number | null> = { web: 0.1, shop: 0.3, phone: 0.2, kiosk: null }
const cells = (
  criteria: GridCriterion[],
  judged: { channel: string; score: number }[] = [],
  channels = Object.keys(figures),
) =>
  scoreCells(
    criteria,
    channels,
    judged.map((one) => ({ ...one, criterion: 'cost', reason: 'vu', by: 'Maud', at: '2027-01-01T00:00:00Z' })),
    (channel) => figures[channel] ?? null,
  )

test('the cheapest scores 10 and the dearest 0; what is not known is the middle, and says so', () => {
  expect(cells([cost]).map(({ channel, score, used }) => [channel, Math.round(score * 1e9) / 1e9, used])).toEqual([
    ['web', 10, 'figure'],
    ['shop', 0, 'figure'],
    ['phone', 5, 'figure'],
    ['kiosk', 5, 'neither'],
  ])
})

test('a judgement counts, and the figure stays beside it', () => {
  const [web] = cells([cost], [{ channel: 'web', score: 3 }])
  expect(web).toMatchObject({ score: 3, used: 'judgement', figure: 0.1, figureScore: 10, judged: { by: 'Maud' } })
})

test('one channel alone, or none, or a criterion without a figure: never NaN', () => {
  expect(cells([cost], [], ['web'])[0]).toMatchObject({ score: 5, figureScore: 5 })
  expect(cells([cost], [], [])).toEqual([])
  expect(cells([{ ...cost, figure: null }]).every(({ score, used }) => score === 5 && used === 'neither')).toBe(true)
})
