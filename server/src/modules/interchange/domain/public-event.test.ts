import { publicEvents, publicEventTypes } from '@ecluse/contracts/public-events.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import { inOrder, publicEventOf } from './public-event.ts'

const base = { type: 'payments.payment_captured', version: 1, channelCode: null, actor: null, payload: {} }

test('events come as they happened, and those of one aggregate always in their sequence', () => {
  const events = fc.uniqueArray(
    fc.record({ aggregateId: fc.constantFrom('a', 'b', 'c'), sequence: fc.nat({ max: 9 }), id: fc.uuid() }),
    { selector: ({ aggregateId, sequence }) => `${aggregateId}${sequence}` },
  )
  fc.assert(
    fc.property(events, (some) => {
      const given = some.map((one): StoredEvent => ({ ...base, ...one, occurredAt: new Date(0) }))
      const ordered = inOrder(given)
      expect(new Set(ordered)).toEqual(new Set(given))
      for (const aggregate of ['a', 'b', 'c']) {
        const sequences = ordered.filter(({ aggregateId }) => aggregateId === aggregate).map(({ sequence }) => sequence)
        expect(sequences).toEqual(sequences.toSorted((x, y) => x - y))
      }
    }),
  )
})

test('what a schema does not name stays inside', () => {
  const payload = { categoryId: '01900000-0000-7000-8000-000000000000', code: 'velos', contact: { email: 'a@b.fr' } }
  const event: StoredEvent = {
    ...base,
    type: 'catalog.category_changed',
    payload,
    aggregateId: 'a',
    sequence: 1,
    id: 'e',
    occurredAt: new Date(0),
  }
  expect(publicEventOf(event).data).toEqual({ categoryId: payload.categoryId, code: 'velos' })
})

test('no schema names a person', () => {
  const names = publicEventTypes.flatMap((type) => namesIn(publicEvents[type].data))
  expect(names.length).toBeGreaterThan(60)
  expect(names.filter((name) => /contact|email|phone|address|account|party|actor|customer/i.test(name))).toEqual([])
})

function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { shape, element } = schema as { shape?: Record<string, unknown>; element?: unknown }
  const own = Object.entries(shape ?? {}).flatMap(([name, inner]) => [name, ...namesIn(inner)])
  return [...own, ...namesIn(element)]
}
