import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { followCustomersJob } from '../jobs/names.ts'

/** What each event tells of the customers it concerns. */
type Told = { partyIds?: string[]; kinds?: InteractionKind[]; survivorId?: string; absorbedId?: string }

/**
 * Has customers looked at again of whom something new is known, or who became one. It is done by a job: a segment that is just
 * being counted must not hold up what others hear.
 */
export const followInteractions: Subscriber = {
  name: 'engagement.follow-interactions',
  types: [
    'customers.interactions_recorded',
    'customers.profiles_changed',
    'customers.parties_merged',
    'customers.parties_unmerged',
  ],
  async handle(_ctx, tx, events) {
    const ofKinds = new Set<InteractionKind>()
    const grown = new Set<string>()
    const whole = new Set<string>()
    for (const { type, payload } of events as readonly StoredEvent<Told>[]) {
      const concerned = type === 'customers.interactions_recorded' ? grown : whole
      for (const kind of payload.kinds ?? []) ofKinds.add(kind)
      for (const partyId of payload.partyIds ?? []) concerned.add(partyId)
      for (const partyId of [payload.survivorId, payload.absorbedId]) if (partyId) whole.add(partyId)
    }
    for (const partyId of whole) grown.delete(partyId)
    if (grown.size > 0) await enqueue(tx, followCustomersJob, { partyIds: [...grown], kinds: [...ofKinds] })
    if (whole.size > 0) await enqueue(tx, followCustomersJob, { partyIds: [...whole] })
  },
}
