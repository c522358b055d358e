import { enqueue } from '../../../kernel/jobs.ts'
import type { StoredEvent } from '../../../kernel/outbox.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { followValuesJob } from '../jobs/names.ts'

/** Has customers looked at again of whom something was computed or decided anew, for the segments that ask it. */
export const followComputed: Subscriber = {
  name: 'engagement.follow-computed',
  types: ['customers.values_changed', 'customers.treatments_changed', 'customers.values_computed'],
  async handle(_ctx, tx, events) {
    const told = events as readonly StoredEvent<{ partyIds?: string[] }>[]
    if (told.some(({ type }) => type === 'customers.values_computed')) {
      await enqueue(tx, followValuesJob, {}, { key: followValuesJob.name })
      return
    }
    const partyIds = [...new Set(told.flatMap(({ payload }) => payload.partyIds ?? []))]
    if (partyIds.length > 0) await enqueue(tx, followValuesJob, { partyIds })
  },
}
