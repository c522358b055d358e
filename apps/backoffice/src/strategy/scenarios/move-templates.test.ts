import { expect, test } from 'vitest'
import { moveKinds, type ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import {
  contentWith,
  contentWithChanged,
  startOf,
  valuesOfMove,
  withoutMove,
  type MoveValues,
} from './move-templates.ts'

const words = { effect: 'effet', cost: 'coût' }
const empty: ScenarioContent = {
  question: '',
  startsOn: '2027-01',
  months: 36,
  discountRate: 0.08,
  judgements: [],
  planned: [],
  moves: [],
  uncertain: [
    { name: 'demande', distribution: { kind: 'lognormal', median: 1, spread: 1.1 }, affects: [{ what: 'demand' }] },
  ],
  assumptions: [],
}
const values: MoveValues = {
  kind: 'open',
  name: 'Rennes',
  month: '2027-03',
  channel: 'web',
  newChannel: 'rennes',
  investment: 20_000,
  monthlyCost: 300,
  appealBy: 0,
  priceTimes: 1,
  orderCostBy: 0,
  commissionBy: 0,
  stockTo: 1,
  fixedCost: 900,
  capacity: 40,
  monthsToBeKnown: 9,
  uncertain: true,
}
const made = (more: Partial<MoveValues> = {}, from = empty): ScenarioContent => ({
  ...from,
  ...contentWith(from, { ...values, ...more }, words),
})
const [last] = [(content: ScenarioContent) => content.moves.at(-1)!]

test('what a form made, it can show again, whatever the kind', () => {
  for (const kind of moveKinds) {
    const given = {
      ...values,
      ...(kind === 'open' ? {} : { newChannel: '', fixedCost: 0, capacity: '' as const, monthsToBeKnown: 6 }),
      kind,
      ...startOf[kind],
    }
    const content = { ...empty, ...contentWith(empty, given, words) }
    // Of a move that changes nothing the channel is not kept.
    const channel = last(content).changes.length === 0 ? '' : given.channel
    expect(valuesOfMove(content, last(content)), kind).toEqual({ ...given, channel })
  }
})

test('a move that says more than the form asks is not offered to it', () => {
  const content = made({ kind: 'price', priceTimes: 0.9 })
  const twice = {
    ...last(content),
    changes: [...last(content).changes, { what: 'price' as const, channel: 'phone', times: 2 }],
  }
  expect(valuesOfMove({ ...content, moves: [twice] }, twice)).toBeNull()
})

test('a changed move keeps the doubts that were judged, and what names it follows', () => {
  const first = made()
  const judged = {
    ...first,
    uncertain: first.uncertain.map((one) =>
      one.name === 'effet' ? { ...one, distribution: { kind: 'normal' as const, mean: 0, deviation: 0.1 } } : one,
    ),
  }
  const content = made(
    { kind: 'budget', name: 'Campagne', channel: 'rennes', newChannel: '', appealBy: 0.2, uncertain: false },
    judged,
  )
  const changed = contentWithChanged(
    content,
    content.moves[0]!,
    { ...values, name: 'Vannes', newChannel: 'vannes', investment: 1 },
    words,
  )
  expect(changed.moves?.map(({ name, investment }) => [name, investment])).toEqual([
    ['Campagne', 20_000],
    ['Vannes', 1],
  ])
  expect(changed.moves?.[0]?.changes[0]).toMatchObject({ what: 'appeal', channel: 'vannes' })
  expect(changed.planned?.map(({ name }) => name)).toEqual(['vannes'])
  expect(changed.uncertain?.map(({ name }) => name)).toEqual(['demande', 'effet', 'coût'])
  expect(changed.uncertain?.[1]).toMatchObject({
    distribution: { deviation: 0.1 },
    affects: [{ channel: 'vannes' }],
  })
  expect(changed.uncertain?.[2]?.affects).toEqual([{ what: 'cost', move: 'Vannes' }])
  expect(withoutMove({ ...content, ...changed }, changed.moves![1]!).uncertain).toEqual(empty.uncertain)
})
