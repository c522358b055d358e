import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { learnTraitsJob, valuePartiesJob } from '../jobs/names.ts'

type Told = { partyIds?: string[]; kinds?: InteractionKind[]; survivorId?: string; absorbedId?: string }

const counted: readonly InteractionKind[] = ['order', 'cancellation', 'return']

/** Has customers computed again who bought, cancelled or sent back, or of whom one became two or two one. */
export const followPurchases: Subscriber = {
  name: 'customers.follow-purchases',
  types: ['customers.interactions_recorded', 'customers.parties_merged', 'customers.parties_unmerged'],
  async handle(_ctx, tx, events) {
    const partyIds = new Set<string>()
    const regrouped = new Set<string>()
    for (const { type, payload } of events as readonly StoredEvent<Told>[]) {
      const concerned =
        type === 'customers.interactions_recorded'
          ? payload.kinds?.some((kind) => counted.includes(kind))
            ? (payload.partyIds ?? [])
            : []
          : [payload.survivorId, payload.absorbedId]
      for (const partyId of concerned) {
        if (partyId === undefined) continue
        partyIds.add(partyId)
        if (type !== 'customers.interactions_recorded') regrouped.add(partyId)
      }
    }
    if (partyIds.size > 0) await enqueue(tx, valuePartiesJob, { partyIds: [...partyIds] })
    // What was bought since is learned from at night.
    if (regrouped.size > 0) await enqueue(tx, learnTraitsJob, { partyIds: [...regrouped] })
  },
}
