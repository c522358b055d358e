import { publicEvents, testEventType, type PublicEventType } from '@ecluse/contracts/public-events.ts'
import type { PublicEvent } from '@ecluse/contracts/webhooks.ts'
import { assert } from '../../../kernel/assert.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'

/** Whether an event is one of those that leave, in the version they leave in. */
export function isPublic(event: Pick<StoredEvent, 'type' | 'version'>): boolean {
  return isPublicType(event.type) && publicEvents[event.type].version === event.version
}

export function isPublicType(type: string): type is PublicEventType {
  return Object.hasOwn(publicEvents, type)
}

/**
 * Events as they happened, oldest first; those of one aggregate in their sequence, whatever the clocks of the processes that
 * numbered them say.
 */
export function inOrder(events: readonly StoredEvent[]): StoredEvent[] {
  const lanes = new Map<string, StoredEvent[]>()
  for (const event of events.toSorted((a, b) => b.sequence - a.sequence))
    lanes.set(event.aggregateId, [...(lanes.get(event.aggregateId) ?? []), event])
  return events
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ aggregateId }) => {
      const next = lanes.get(aggregateId)?.pop()
      assert(next, 'each aggregate has as many places as events')
      return next
    })
}

/** An event as others get it: what its schema names, and nothing else of what we keep. */
export function publicEventOf(event: StoredEvent): PublicEvent {
  return {
    id: event.id,
    type: event.type,
    version: event.version,
    timestamp: event.occurredAt.toISOString(),
    aggregateId: event.aggregateId,
    sequence: event.sequence,
    channelCode: event.channelCode,
    data: dataOf(event),
  }
}

function dataOf({ type, payload }: StoredEvent): Record<string, unknown> {
  if (type === testEventType) return {}
  assert(isPublicType(type), `${type} is a public event`)
  return publicEvents[type].data.parse(payload)
}
