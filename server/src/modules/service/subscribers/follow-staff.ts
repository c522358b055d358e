import { enqueue } from '../../../kernel/jobs.ts'
import type { Subscriber } from '../../../kernel/relay.ts'
import { assignAdvisersJob } from '../jobs/names.ts'

/** Who leaves, or may not read customers any more, looks after none: theirs are given to others. */
export const followStaff: Subscriber = {
  name: 'service.follow-staff',
  types: ['access.staff_changed'],
  async handle(_ctx, tx) {
    await enqueue(tx, assignAdvisersJob, {}, { key: assignAdvisersJob.name })
  },
}
