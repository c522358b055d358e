import { z } from 'zod'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { enqueue, job, type Job } from '../../../kernel/jobs.ts'
import { liftRestrictions } from '../../customers/public.ts'
import { parseSenderParts } from '../sender.ts'
import { archivePath, removeArchive } from '../archive/archive-file.ts'
import { writeArchive } from '../archive/write-archive.ts'
import { erasePerson, startOf } from '../erasure/erase-person.ts'
import { confirmDays } from '../domain/confirm-days.ts'
import { findPerson } from '../find-person.ts'
import { archivesOver, markRemoved, writeArchiveRow } from '../queries/archives.ts'
import { deleteEndedRecords } from '../queries/erasures.ts'
import { lockRequest } from '../queries/locks.ts'
import { deleteUnconfirmed, postponedRequests, requestById, setProgress, updateRequest } from '../queries/requests.ts'
import type { RightsDesk } from '../rights-desk.ts'
import { runRetention } from '../retention/run-retention.ts'
import { erasePersonJob, makeArchiveJob, retainJob } from './names.ts'

const dayMs = 86_400_000
/** How long an archive is there to be fetched. */
const archiveDays = 7

/** Makes the archive of a request. Begun again after a crash, it is made anew: what was there is written over. */
export async function makeArchive(ctx: Ctx, desk: RightsDesk, requestId: string): Promise<void> {
  const request = await requestById(ctx.db, requestId)
  if (!request || request.closed_at !== null) return
  const person = await findPerson(ctx.db, desk.parts, startOf(request))
  const madeAt = ctx.clock.now()
  const file = await writeArchive(ctx, ctx.db, desk.parts, {
    person,
    path: archivePath(ctx.config, requestId),
    about: { ...parseSenderParts(ctx.config.mailFrom), number: request.number, madeAt },
    tell: (percent) => setProgress(ctx.db, requestId, percent),
  })
  const expires_at = new Date(madeAt.getTime() + archiveDays * dayMs)
  await inTransaction(ctx.db, async (tx) => {
    await lockRequest(tx, requestId)
    const current = await requestById(tx, requestId)
    if (!current || current.closed_at !== null) return
    await writeArchiveRow(tx, { request_id: requestId, ...file, made_at: madeAt, expires_at })
    await updateRequest(tx, { ...current, state: 'done', closed_at: madeAt })
    await setProgress(tx, requestId, 100)
  })
}

/** What is done when a request was confirmed. */
export function rightsJobs(desk: RightsDesk): Job[] {
  return [
    job({ ...makeArchiveJob, run: (ctx, { requestId }) => makeArchive(ctx, desk, requestId) }),
    job({
      ...erasePersonJob,
      async run(ctx, { requestId }) {
        await erasePerson(ctx, desk.parts, requestId)
      },
    }),
    sweepRights,
    job({ ...retainJob, schedule: '40 2 * * *', run: (ctx) => runRetention(ctx, desk) }),
  ]
}

/** Each night: archives nobody may fetch any more, links nobody opened, records no law asks for, and erasures that waited are tried again. */
export const sweepRights: Job = job({
  name: 'rights.sweep',
  payload: z.object({}),
  schedule: '20 2 * * *',
  async run(ctx) {
    const now = ctx.clock.now()
    for (const id of await archivesOver(ctx.db, now)) {
      await removeArchive(ctx.config, id)
      await markRemoved(ctx.db, id, now)
    }
    await inTransaction(ctx.db, (tx) => liftRestrictions(ctx, tx))
    await deleteUnconfirmed(ctx.db, new Date(now.getTime() - confirmDays * dayMs))
    await deleteEndedRecords(ctx.db, now.toISOString().slice(0, 10))
    for (const requestId of await postponedRequests(ctx.db))
      await enqueue(ctx.db, erasePersonJob, { requestId }, { key: `${erasePersonJob.name} ${requestId}` })
  },
})
