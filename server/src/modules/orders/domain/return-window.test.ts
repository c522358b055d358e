import { expect, test } from 'vitest'
import { receivedAt, returnUntil } from './return-window.ts'

test('the time to change one’s mind ends with a working day, after the days the law gives', () => {
  const until = (received: string, days = 14) => returnUntil(new Date(received), days).toISOString()
  // Monday to Monday; the day of receipt does not count, whatever its hour.
  expect(until('2026-11-02T08:00:00Z')).toBe('2026-11-16T22:59:59.999Z')
  expect(until('2026-11-02T22:30:00Z')).toBe('2026-11-16T22:59:59.999Z')
  // A Saturday goes on to Monday, a public holiday to the day after it.
  expect(until('2026-11-07T10:00:00Z')).toBe('2026-11-23T22:59:59.999Z')
  expect(until('2026-12-11T10:00:00Z')).toBe('2026-12-28T22:59:59.999Z')
  expect(until('2026-07-01T10:00:00Z', 30)).toBe('2026-07-31T21:59:59.999Z')
})

test('what is received last counts, and a parcel when it was promised for', () => {
  const placedAt = new Date('2026-11-01T10:00:00Z')
  const latestAt = new Date('2026-11-06T17:00:00Z')
  const at = (type: string, day: string) => ({ type, occurredAt: new Date(`${day}T10:00:00Z`) })
  const parcel = { placedAt, method: 'delivery', latestAt }
  expect(receivedAt(parcel, [])).toBe(null)
  expect(receivedAt(parcel, [at('fulfillment.shipped', '2026-11-03')])).toEqual(latestAt)
  expect(receivedAt(parcel, [at('fulfillment.shipped', '2026-11-09')])).toEqual(new Date('2026-11-09T10:00:00Z'))
  expect(receivedAt({ ...parcel, method: 'pickup' }, [at('fulfillment.handed_over', '2026-11-04')])).toEqual(
    new Date('2026-11-04T10:00:00Z'),
  )
  expect(receivedAt({ ...parcel, method: 'carry_out' }, [])).toEqual(placedAt)
})
