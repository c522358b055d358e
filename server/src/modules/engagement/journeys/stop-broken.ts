import type { JourneyParticipant } from '@ecluse/contracts/journeys.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { runJourneysJob } from '../jobs/names.ts'
import { participantView } from './journey-view.ts'
import { addToJourneys, setState } from './queries/journeys.ts'
import { lockJourney, lockJourneys } from './queries/locks.ts'
import { goOnAgain, stopThese, type ParticipantRow } from './queries/participants.ts'
import { readParticipant } from './read-person.ts'

/** Somebody who could not be stepped, and what came of trying. */
export type Broken = { readonly row: ParticipantRow; readonly error: unknown }

/** So many of one step at once are no fault of theirs: the journey is held instead. */
const faultOfStep = 5

/**
 * Stops those who cannot be stepped, where they stand, and says so; whoever mended what was wrong lets them go on. Where many break at
 * one step the step is wrong: then everybody stays, and the journey is held with that for its reason.
 */
export async function stopBroken(ctx: Ctx, broken: readonly Broken[]): Promise<void> {
  if (broken.length === 0) return
  for (const { row, error } of broken)
    ctx.log.error(
      { err: error, participantId: row.id, journeyId: row.journey_id, nodeId: row.node_id },
      'somebody in a journey cannot be stepped',
    )
  const stepOf = ({ row }: Broken) => `${row.journey_id} ${row.version} ${row.node_id}`
  const atStep = new Map<string, number>()
  for (const one of broken) atStep.set(stepOf(one), (atStep.get(stepOf(one)) ?? 0) + 1)
  const wrong = new Set(
    broken.filter((one) => (atStep.get(stepOf(one)) ?? 0) >= faultOfStep).map(({ row }) => row.journey_id),
  )
  const alone = broken.map(({ row }) => row).filter((row) => !wrong.has(row.journey_id))
  await inTransaction(ctx.db, async (tx) => {
    const journeys = await lockJourneys(tx, [...new Set(broken.map(({ row }) => row.journey_id))])
    for (const { id, state } of journeys)
      if (wrong.has(id) && state === 'running')
        await setState(tx, id, { state: 'paused', reason: 'broken', by: null }, ctx.clock.now())
    const left = new Map<string, number>()
    for (const { journey_id } of await stopThese(tx, alone)) left.set(journey_id, (left.get(journey_id) ?? 0) - 1)
    await addToJourneys(
      tx,
      [...left].map(([id, inside]) => ({ id, entered: 0, inside, goal: 0, spent: 0 })),
    )
  })
}

/**
 * Lets somebody go on who was stopped because they could not be stepped, where they stand.
 * @throws engagement.journey_not_found, engagement.journey_state
 */
export async function resumePerson(
  ctx: Ctx,
  tx: Tx,
  journeyId: string,
  participantId: string,
): Promise<JourneyParticipant> {
  const journey = await lockJourney(tx, journeyId)
  if (journey === undefined) throw refuse('engagement.journey_not_found')
  const { state } = journey
  const may = state === 'running' || state === 'paused'
  if (!may || !(await goOnAgain(tx, journeyId, participantId, ctx.clock.now())))
    throw refuse('engagement.journey_state', { state })
  await addToJourneys(tx, [{ id: journeyId, entered: 0, inside: 1, goal: 0, spent: 0 }])
  await enqueue(tx, runJourneysJob, {}, { key: runJourneysJob.name, keepRunAt: true })
  return participantView(await readParticipant(tx, journeyId, participantId))
}
