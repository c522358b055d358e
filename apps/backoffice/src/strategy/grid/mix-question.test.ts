import { expect, test } from 'vitest'
import { mixQuestionSchema, type MixQuestionBody } from '@ecluse/contracts/channel-grid.ts'
import { formOf, questionOf, type ConstraintNames } from './mix-question.ts'

const names: ConstraintNames = {
  limit: (kind) => kind,
  wanted: (kind, channel) => `${kind} ${channel}`,
  pair: (kind, one, other) => `${kind} ${one} ${other}`,
}
const channels = ['web', 'shop', 'phone'].map((channel) => ({ channel, costMinor: 100, value: 900, reach: 0.2 }))
const kept: MixQuestionBody = {
  channels,
  overlaps: [{ between: ['web', 'shop'], loss: -2_500 }],
  constraints: [
    { name: 'budget', kind: 'budget', most: 5_000 },
    { name: 'most', kind: 'count', most: 2 },
    { name: 'reach', kind: 'reach', target: 'customers', least: 0.455 },
    { name: 'required web', kind: 'required', channel: 'web' },
    { name: 'excluded phone', kind: 'excluded', channel: 'phone' },
    { name: 'needs web shop', kind: 'needs', channel: 'web', other: 'shop' },
    { name: 'not_both shop phone', kind: 'not_both', channels: ['shop', 'phone'] },
  ],
}

test('a question that is kept comes back from its form as it was', () => {
  expect(questionOf(formOf(kept), names)).toEqual(kept)
  const empty = { channels, overlaps: [], constraints: [] }
  expect(questionOf(formOf(empty), names)).toEqual(empty)
})

test('rules that are not whole, or said twice, ask nothing the server refuses', () => {
  const form = formOf({ channels, overlaps: [], constraints: [] })
  const rule = (kind: 'needs' | 'not_both' | 'loss', one: string, other: string, lossMinor = 0) => ({
    kind,
    one,
    other,
    lossMinor,
  })
  const asked = questionOf(
    {
      ...form,
      pairs: [
        rule('needs', 'web', ''),
        rule('needs', 'web', 'web'),
        rule('not_both', 'web', 'shop'),
        rule('not_both', 'shop', 'web'),
        rule('needs', 'web', 'shop'),
        rule('needs', 'shop', 'web'),
        rule('loss', 'web', 'shop', 100),
        rule('loss', 'shop', 'web', 300),
      ],
    },
    names,
  )
  expect(asked.constraints.map(({ name }) => name)).toEqual(['not_both shop web', 'needs web shop', 'needs shop web'])
  expect(asked.overlaps).toEqual([{ between: ['shop', 'web'], loss: 300 }])
  expect(mixQuestionSchema.safeParse(asked).success).toBe(true)
})
