import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import { doubtContacts } from '../journeys/doubt-contacts.ts'
import { followHappenings, followMerges, followRestrictions, followSegment } from '../journeys/follow-happenings.ts'
import { judgeClicks } from '../journeys/follow-link.ts'
import { takeIntakes } from '../journeys/enter-people.ts'
import { nextLook } from '../journeys/queries/participants.ts'
import { runBatch } from '../journeys/run-journeys.ts'
import { mediaOf, sendContacts, type ContactSenders } from '../journeys/send-contacts.ts'
import { followJourneysJob, judgeClicksJob, runJourneysJob, sendContactsJob } from './names.ts'

/** Who waits less than this is looked at at their moment; the others with the minute. */
const soonMs = 60_000

/** Journeys, with those who carry their contacts; by other media nothing is sent. */
export const createJourneyJobs = (senders: ContactSenders): Job[] => [
  createRunJourneys(senders),
  createSendContacts(senders),
  followJourneysNow,
  judgeClicksEachMinute,
]

/** Takes in the segments whose moment has come, and looks at everybody whose moment has come until nobody is left. */
export function createRunJourneys(senders: ContactSenders): Job<typeof runJourneysJob.payload> {
  const media = mediaOf(senders)
  return job({
    ...runJourneysJob,
    schedule: '* * * * *',
    async run(ctx) {
      await takeIntakes(ctx)
      let looked: number | null
      let any = false
      while ((looked = await runBatch(ctx, media)) !== null && looked > 0) any = true
      if (any) await enqueue(ctx.db, sendContactsJob, {}, { key: sendContactsJob.name, keepRunAt: true })
      const next = await nextLook(ctx.db)
      if (next && next.getTime() - ctx.clock.now().getTime() < soonMs)
        await enqueue(ctx.db, runJourneysJob, {}, { key: runJourneysJob.name, runAt: next })
    },
  })
}

/** Sends what journeys decided until nothing is due; what was sent and is uncertain now is told so. */
export function createSendContacts(senders: ContactSenders): Job<typeof sendContactsJob.payload> {
  return job({
    ...sendContactsJob,
    schedule: '* * * * *',
    async run(ctx) {
      while ((await sendContacts(ctx, senders)) > 0);
      while ((await doubtContacts(ctx)) > 0);
    },
  })
}

const judgeClicksEachMinute = job({
  ...judgeClicksJob,
  schedule: '* * * * *',
  async run(ctx) {
    while ((await judgeClicks(ctx)) > 0);
  },
})

const followJourneysNow = job({
  ...followJourneysJob,
  async run(ctx, { partyIds, kinds, merged, restricted, entered }) {
    if (merged) await followMerges(ctx, partyIds)
    // Whoever is one with somebody restricted is restricted too.
    if (merged || restricted) await followRestrictions(ctx, partyIds)
    if (kinds.length > 0) await followHappenings(ctx, partyIds, kinds)
    if (entered) {
      const occasions = entered.occasions.map(({ partyId, id, at }) => ({
        party_id: partyId,
        occasion: id,
        at: new Date(at),
      }))
      await followSegment(ctx, entered.segmentId, occasions)
    }
  },
})
