import { expect, test } from 'vitest'
import { machineRule } from './machine.ts'

const sentAt = new Date('2026-03-02T09:00:00Z')
const after = (ms: number) => new Date(sentAt.getTime() + ms)
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const told = (kind: string, ms: number, userAgent = phone) => ({
  contactId: 'c',
  kind,
  at: after(ms),
  userAgent,
  ip: '192.0.2.1',
})

test.each([
  ['somebody reads it in the evening', told('opened', 36_000_000), null],
  ['somebody reads it after three seconds', told('opened', 3_000), null],
  ['nobody opens within a second', told('opened', 1_000), 'too_soon'],
  ['nobody clicks within four', told('clicked', 4_000), 'too_soon'],
  ['a mail program loads what may never be seen', told('opened', 36_000_000, 'Mozilla/5.0'), 'prefetch'],
  [
    'a mailbox fetches its pictures',
    told('opened', 60_000, 'Mozilla/5.0 (Windows) (via ggpht.com GoogleImageProxy)'),
    'program',
  ],
  ['a firm tries the links', told('clicked', 60_000, 'Barracuda Sentinel (EE)'), 'program'],
  ['a delivery is no act of anybody', told('delivered', 1), null],
])('%s', (_, event, rule) => {
  expect(machineRule(event, sentAt, [event])).toBe(rule)
})

test('three links of one message at once are not clicked by a hand; two are, and so are three of three people', () => {
  const clicks = [60_000, 61_000, 62_000].map((ms) => told('clicked', ms))
  for (const one of clicks) expect(machineRule(one, sentAt, clicks)).toBe('burst')
  const two = clicks.slice(1)
  for (const one of two) expect(machineRule(one, sentAt, two)).toBeNull()
  const others = clicks.map((one, place) => ({ ...one, contactId: `c${place}` }))
  for (const one of others) expect(machineRule(one, sentAt, others)).toBeNull()
})

test('where it is not known when it was sent, only names and numbers tell', () => {
  expect(machineRule(told('opened', 0), null, [])).toBeNull()
})
