import { z } from 'zod'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { fillSegment, followCustomers, followTime, followValues } from '../segments/keep-segments.ts'
import { fillSegmentJob, followCustomersJob, followValuesJob } from './names.ts'

export const fillSegmentNow = job({
  ...fillSegmentJob,
  run: (ctx, { segmentId }) => fillSegment(ctx, segmentId),
})

export const followCustomersNow = job({
  ...followCustomersJob,
  run: (ctx, { partyIds, kinds }) => followCustomers(ctx, partyIds, kinds),
})

export const followValuesNow = job({
  ...followValuesJob,
  run: (ctx, { partyIds }) => (partyIds ? followCustomers(ctx, partyIds, 'values') : followValues(ctx)),
})

const halfMinuteMs = 30_000
const payload = z.object({ again: z.boolean().default(true) })
const name = 'engagement.follow-time'

/** Looks each minute, and once between two minutes, at whom time alone moves: nobody waits a minute. */
export const followTimeTwiceAMinute = job({
  name,
  payload,
  schedule: '* * * * *',
  async run(ctx, { again }) {
    if (again) {
      const runAt = new Date(ctx.clock.now().getTime() + halfMinuteMs)
      await enqueue(ctx.db, { name, payload }, { again: false }, { key: name, runAt })
    }
    await followTime(ctx)
  },
})
