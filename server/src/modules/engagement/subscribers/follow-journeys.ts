import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { followJourneysJob } from '../jobs/names.ts'
import { anyJourney } from '../journeys/queries/journeys.ts'

type Told = {
  partyIds?: string[]
  kinds?: InteractionKind[]
  survivorId?: string
  absorbedId?: string
  segmentId?: string
  entered?: string[]
}

/** Has what customers did, their merges and the segments they come into followed by journeys, where any runs; by jobs, which may wait. */
export const followJourneys: Subscriber = {
  name: 'engagement.follow-journeys',
  types: [
    'customers.interactions_recorded',
    'customers.parties_merged',
    'customers.parties_unmerged',
    'customers.customer_restricted',
    'engagement.segment_moved',
  ],
  async handle(_ctx, tx, events) {
    if (!(await anyJourney(tx))) return
    const did = new Set<string>()
    const kinds = new Set<InteractionKind>()
    const merged = new Set<string>()
    const restricted = new Set<string>()
    for (const { type, payload, id, occurredAt } of events as readonly StoredEvent<Told>[]) {
      if (type === 'engagement.segment_moved') {
        const occasions = (payload.entered ?? []).map((partyId) => ({ partyId, id, at: occurredAt.toISOString() }))
        const entered = { segmentId: payload.segmentId ?? '', occasions }
        if (occasions.length > 0) await enqueue(tx, followJourneysJob, { partyIds: [], entered })
      } else if (type === 'customers.interactions_recorded') {
        for (const partyId of payload.partyIds ?? []) did.add(partyId)
        for (const kind of payload.kinds ?? []) kinds.add(kind)
      } else if (type === 'customers.customer_restricted') {
        for (const partyId of payload.partyIds ?? []) restricted.add(partyId)
      } else for (const partyId of [payload.survivorId, payload.absorbedId]) if (partyId) merged.add(partyId)
    }
    if (merged.size > 0) await enqueue(tx, followJourneysJob, { partyIds: [...merged], merged: true })
    if (restricted.size > 0) await enqueue(tx, followJourneysJob, { partyIds: [...restricted], restricted: true })
    if (did.size > 0) await enqueue(tx, followJourneysJob, { partyIds: [...did], kinds: [...kinds] })
  },
}
