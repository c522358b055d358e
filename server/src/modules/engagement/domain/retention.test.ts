import fc from 'fast-check'
import { expect, test } from 'vitest'
import { happeningKinds, retentionOf, type Happening, type LegalRecord } from './retention.ts'

type Kind = Happening['kind']
const ask = (
  now: string,
  acts: Partial<Record<Kind, string>>,
  more: { boundUntil?: string; knownSince?: string } = {},
) => {
  const happenings = Object.entries(acts).map(([kind, at]) => ({ kind: kind as Kind, at: new Date(at) }))
  const {
    lastActOn,
    askOn,
    eraseOn,
    now: state,
  } = retentionOf({
    now: new Date(now),
    knownSince: new Date(more.knownSince ?? '2020-01-01T12:00Z'),
    happenings,
    boundUntil: more.boundUntil === undefined ? null : new Date(more.boundUntil),
  })
  return [lastActOn, askOn, eraseOn, state].join(' ')
}
const now = '2026-11-22T12:00Z'

test.each<[string, Partial<Record<Kind, string>>, string]>([
  ['an order', { order: '2024-03-05T12:00Z' }, '2024-03-05 2027-02-03 2027-03-05 keep'],
  [
    'a return later',
    { order: '2024-03-05T12:00Z', return: '2024-03-20T12:00Z' },
    '2024-03-20 2027-02-18 2027-03-20 keep',
  ],
  ['a click', { order: '2024-03-05T12:00Z', click: '2025-01-10T12:00Z' }, '2025-01-10 2027-12-11 2028-01-10 keep'],
  ['an answer', { answer: '2025-01-10T12:00Z' }, '2025-01-10 2027-12-11 2028-01-10 keep'],
  ['a visit signed in', { visit_signed_in: '2025-01-10T12:00Z' }, '2025-01-10 2027-12-11 2028-01-10 keep'],
  ['a call they answered', { call_answered: '2025-01-10T12:00Z' }, '2025-01-10 2027-12-11 2028-01-10 keep'],
  [
    'an e-mail opened is none',
    { order: '2023-12-10T12:00Z', message_opened: '2026-10-01T12:00Z' },
    '2023-12-10 2026-11-10 2026-12-10 ask',
  ],
  [
    'nor one sent',
    { order: '2023-12-10T12:00Z', message_sent: '2026-10-01T12:00Z' },
    '2023-12-10 2026-11-10 2026-12-10 ask',
  ],
  [
    'nor a machine’s click',
    { order: '2023-12-10T12:00Z', machine_click: '2026-10-01T12:00Z' },
    '2023-12-10 2026-11-10 2026-12-10 ask',
  ],
  [
    'nor a cancellation',
    { order: '2023-11-01T12:00Z', cancellation: '2026-10-01T12:00Z' },
    '2023-11-01 2026-10-02 2026-11-01 erase',
  ],
  [
    'nor what is still to come',
    { order: '2023-11-01T12:00Z', answer: '2026-12-01T12:00Z' },
    '2023-11-01 2026-10-02 2026-11-01 erase',
  ],
  ['who never acted, since they are known', {}, '2020-01-01 2022-12-02 2023-01-01 erase'],
  ['29 February', { order: '2024-02-29T12:00Z' }, '2024-02-29 2027-01-29 2027-02-28 keep'],
  [
    'New Year’s Eve in London is New Year in Paris',
    { order: '2024-12-31T23:30Z' },
    '2025-01-01 2027-12-02 2028-01-01 keep',
  ],
])('%s', (_, acts, expected) => expect(ask(now, acts)).toBe(expected))

test('day by day: the day before, the first to ask, the last, the day of erasing', () => {
  const order = { order: '2023-06-15T12:00Z' }
  const states = ['2026-05-15', '2026-05-16', '2026-06-14', '2026-06-15'].map(
    (day) => ask(`${day}T12:00Z`, order).split(' ')[3],
  )
  expect(states).toEqual(['keep', 'ask', 'ask', 'erase'])
  expect(ask('2026-06-15T12:00Z', { ...order, answer: '2026-06-01T08:00Z' })).toBe(
    '2026-06-01 2029-05-02 2029-06-01 keep',
  )
})

test('who is bound still is kept three years from the end of that', () => {
  expect(ask(now, { order: '2022-01-10T12:00Z' }, { boundUntil: '2025-01-10T12:00Z' })).toBe(
    '2022-01-10 2027-12-11 2028-01-10 keep',
  )
  expect(ask(now, { order: '2026-01-10T12:00Z' }, { boundUntil: '2025-01-10T12:00Z' })).toBe(
    '2026-01-10 2028-12-11 2029-01-10 keep',
  )
})

test.each<[string, LegalRecord[], string | undefined, string | null]>([
  ['none', [], undefined, null],
  [
    'accounts, by the calendar year',
    [{ kind: 'accounting', at: new Date('2024-03-05T12:00Z') }],
    undefined,
    '2034-12-31',
  ],
  [
    'the last minute of the year in Paris',
    [{ kind: 'accounting', at: new Date('2024-12-31T22:59Z') }],
    undefined,
    '2034-12-31',
  ],
  ['the first of the next', [{ kind: 'accounting', at: new Date('2024-12-31T23:00Z') }], undefined, '2035-12-31'],
  ['a year that ends in June', [{ kind: 'accounting', at: new Date('2024-07-01T12:00Z') }], '06-30', '2035-06-30'],
  ['and before', [{ kind: 'accounting', at: new Date('2024-06-30T12:00Z') }], '06-30', '2034-06-30'],
  [
    'a year that ends with February',
    [{ kind: 'accounting', at: new Date('2025-03-01T12:00Z') }],
    '02-29',
    '2036-02-29',
  ],
  [
    'a contract of 120 €',
    [{ kind: 'contract', at: new Date('2024-03-05T12:00Z'), amountMinor: 12_000 }],
    undefined,
    '2034-03-05',
  ],
  ['one below', [{ kind: 'contract', at: new Date('2024-03-05T12:00Z'), amountMinor: 11_999 }], undefined, null],
  [
    'the longest of all',
    [
      { kind: 'accounting', at: new Date('2024-12-30T12:00Z') },
      { kind: 'contract', at: new Date('2025-01-09T12:00Z'), amountMinor: 90_000 },
    ],
    undefined,
    '2035-01-09',
  ],
])('records kept by law: %s', (_, records, yearEnd, expected) => {
  const at = new Date(now)
  expect(retentionOf({ now: at, knownSince: at, happenings: [], records, yearEnd }).recordsUntil).toBe(expected)
})

test('only acts lengthen it, and none shortens it', () => {
  const moment = fc.integer({ min: 0, max: 3_000 }).map((day) => new Date(Date.UTC(2018, 0, 1) + day * 86_400_000))
  const happening = fc.record({ kind: fc.constantFrom(...happeningKinds), at: moment })
  const noAct = fc.record({
    kind: fc.constantFrom<Kind>(
      'message_sent',
      'message_opened',
      'machine_click',
      'visit_anonymous',
      'call_unanswered',
    ),
    at: moment,
  })
  fc.assert(
    fc.property(fc.array(happening), happening, fc.array(noAct), moment, (happenings, another, noActs, at) => {
      const known = new Date('2018-01-01T12:00Z')
      const eraseOn = (all: readonly Happening[]) =>
        retentionOf({ now: at, knownSince: known, happenings: all }).eraseOn
      expect(eraseOn([...happenings, ...noActs])).toBe(eraseOn(happenings))
      expect(eraseOn([...happenings, another]) >= eraseOn(happenings)).toBe(true)
    }),
  )
})
