import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextCase, type CaseQuestion } from './next-case.ts'

const usual: CaseQuestion = {
  today: '2026-11-22',
  eraseOn: '2026-12-10',
  on: true,
  usable: true,
  noticeDays: 30,
  announcedOn: null,
  bound: false,
}
const ask = (more: Partial<CaseQuestion>): string => {
  const { state, eraseOn, announce } = nextCase({ ...usual, ...more })
  return `${state} ${eraseOn}${announce ? ' told' : ''}`
}

test.each<[string, Partial<CaseQuestion>, string]>([
  ['told on the first day: their own day', { eraseOn: '2026-12-22' }, 'announced 2026-12-22 told'],
  ['told late: the whole notice', { eraseOn: '2024-01-01' }, 'announced 2026-12-22 told'],
  ['told over a leap day', { today: '2028-02-10', eraseOn: '2027-01-01' }, 'announced 2028-03-11 told'],
  ['told already', { announcedOn: '2026-11-10' }, 'announced 2026-12-10'],
  ['the day before', { announcedOn: '2026-10-24', eraseOn: '2026-11-23' }, 'announced 2026-11-23'],
  ['the day', { announcedOn: '2026-10-23', eraseOn: '2026-11-22' }, 'erasing 2026-11-22'],
  ['nowhere to tell', { usable: false }, 'waiting 2026-12-10'],
  ['nowhere to tell, and due', { usable: false, eraseOn: '2026-11-22' }, 'erasing 2026-11-22'],
  ['the address died after they were told', { usable: false, announcedOn: '2026-11-10' }, 'announced 2026-12-10'],
  ['something binds them', { bound: true, announcedOn: '2026-01-10', eraseOn: '2026-02-10' }, 'held 2026-02-10'],
  ['not switched on', { on: false, eraseOn: '2024-01-01' }, 'planned 2026-12-22'],
  ['not switched on, nowhere to tell', { on: false, usable: false, eraseOn: '2024-01-01' }, 'planned 2024-01-01'],
])('%s', (_, more, expected) => expect(ask(more)).toBe(expected))

test('nobody is erased before their day, untold where they could be, bound, or while it is off', () => {
  const day = fc
    .integer({ min: 0, max: 1_500 })
    .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))
  const question = fc.record({
    today: day,
    eraseOn: day,
    on: fc.boolean(),
    usable: fc.boolean(),
    noticeDays: fc.integer({ min: 14, max: 90 }),
    announcedOn: fc.option(day),
    bound: fc.boolean(),
  })
  fc.assert(
    fc.property(question, (asked) => {
      const { state, eraseOn, announce } = nextCase(asked)
      expect(eraseOn >= asked.eraseOn).toBe(true)
      if (announce) expect(asked.on && asked.usable && !asked.bound && asked.announcedOn === null).toBe(true)
      if (state !== 'erasing') return
      expect(asked.on && !asked.bound && eraseOn <= asked.today).toBe(true)
      if (asked.usable) {
        const told = Date.parse(asked.announcedOn ?? '')
        expect(Date.parse(asked.today) - told).toBeGreaterThanOrEqual(asked.noticeDays * 86_400_000)
      }
    }),
  )
})
