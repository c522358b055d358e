import type { JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import type { Journey, JourneySettings } from '@ecluse/contracts/journeys.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { runJourneysJob, sendContactsJob } from '../jobs/names.ts'
import { compileGraph, kindOf } from './domain/graph.ts'
import { firstIntake } from './domain/intake.ts'
import { problemsIn } from './graph-problems.ts'
import { readJourney } from './journey-view.ts'
import { refuseQueued } from './queries/contacts.ts'
import { countOn } from './queries/counts.ts'
import {
  addToJourneys,
  deleteJourneyRow,
  insertJourney,
  insertVersion,
  setState,
  updateJourneyRow,
  writePublished,
  type JourneyRow,
} from './queries/journeys.ts'
import { lockJourney } from './queries/locks.ts'
import { moveIntoVersion, nodesWithPeople, stopEverybody } from './queries/participants.ts'
import { payBack } from './send-contacts.ts'

const microOfMinor = 10_000n

type Input = { name: string; description: string; graph: JourneyGraph; settings: JourneySettings }

/** Begins a journey, as a draft. */
export async function createJourney(ctx: Ctx, tx: Tx, input: Input): Promise<Journey> {
  const id = ctx.ids.next()
  const kind = kindOf(compileGraph(input.graph))
  await insertJourney(tx, { id, kind, ...input }, ctx.clock.now(), actorLabel(ctx.actor))
  return readJourney(tx, id)
}

/** Changes the draft. @throws engagement.journey_not_found, engagement.journey_changed */
export async function updateJourney(
  ctx: Ctx,
  tx: Tx,
  id: string,
  input: { [K in keyof Input]?: Input[K] | undefined } & { revision: number },
): Promise<Journey> {
  const before = await locked(tx, id, input.revision)
  const graph = input.graph ?? before.graph
  const changed = {
    id,
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    kind: before.published_version === null ? kindOf(compileGraph(graph)) : before.kind,
    graph,
    settings: input.settings ?? before.settings,
  }
  await updateJourneyRow(tx, changed, ctx.clock.now())
  return readJourney(tx, id)
}

/** Throws a draft away. @throws engagement.journey_not_found, engagement.journey_state */
export async function deleteJourney(tx: Tx, id: string): Promise<void> {
  const { state } = await locked(tx, id)
  if (state !== 'draft') throw refuse('engagement.journey_state', { state })
  await deleteJourneyRow(tx, id)
}

/**
 * Publishes the draft as a version that is never changed, and runs it. Those who are inside stay in the version they entered, or, on
 * correction, go on in this one: where they stand, or where `instead` says for nodes that are gone; for whom nothing is said, leave
 * when they are next looked at.
 * @throws engagement.journey_not_found, engagement.journey_changed, engagement.journey_state, engagement.journey_unfinished
 */
export async function publishJourney(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { revision, people, instead }: { revision: number; people: 'stay' | 'move'; instead: Record<string, string | null> },
): Promise<Journey> {
  const before = await locked(tx, id, revision)
  if (before.state === 'stopped') throw refuse('engagement.journey_state', { state: before.state })
  const { graph, settings } = before
  const problems = await problemsIn(tx, graph)
  if (problems.length > 0) throw refuse('engagement.journey_unfinished', { problems })
  const now = ctx.clock.now()
  const by = actorLabel(ctx.actor)
  const version = (before.published_version ?? 0) + 1
  const compiled = compileGraph(graph)
  const entry = compiled.entry?.by
  const budget = settings.budgetMinor === null ? null : BigInt(settings.budgetMinor) * microOfMinor
  if (budget !== null && budget < before.spent_micro) throw refuse('engagement.journey_overspent')
  const published = { id, revision, version, priority: settings.priority, budget_micro: budget }
  await writePublished(tx, { ...published, intake_at: entry ? firstIntake(entry, now) : null }, now, by)
  await insertVersion(tx, { journey_id: id, version, graph, settings, published_at: now, published_by: by })
  if (people === 'move') {
    const moves = (await nodesWithPeople(tx, id)).map((from) => ({
      from,
      to: compiled.nodes.has(from) ? from : (instead[from] ?? from),
    }))
    await moveIntoVersion(tx, id, version, moves, now)
  }
  await enqueue(tx, runJourneysJob, {}, { key: runJourneysJob.name, keepRunAt: true })
  return readJourney(tx, id)
}

/** Holds everybody where they are. @throws engagement.journey_not_found, engagement.journey_state */
export function pauseJourney(ctx: Ctx, tx: Tx, id: string, reason: string): Promise<Journey> {
  return changeState(ctx, tx, id, 'paused', reason)
}

/** Goes on after a pause. @throws engagement.journey_not_found, engagement.journey_state */
export async function resumeJourney(ctx: Ctx, tx: Tx, id: string): Promise<Journey> {
  await enqueue(tx, runJourneysJob, {}, { key: runJourneysJob.name, keepRunAt: true })
  await enqueue(tx, sendContactsJob, {}, { key: sendContactsJob.name, keepRunAt: true })
  return changeState(ctx, tx, id, 'running', null)
}

/** Ends it: everybody leaves, and what is not sent yet is not sent. @throws engagement.journey_not_found, engagement.journey_state */
export async function stopJourney(ctx: Ctx, tx: Tx, id: string, reason: string): Promise<Journey> {
  await changeState(ctx, tx, id, 'stopped', reason)
  const left = await stopEverybody(tx, id)
  await addToJourneys(tx, [{ id, entered: 0, inside: -left, goal: 0, spent: 0 }])
  const unsent = (await refuseQueued(tx, id)).map((one) => ({ ...one, journey_id: id }))
  await payBack(tx, unsent)
  await countOn(
    tx,
    unsent.map(({ node_id }) => ({ journeyId: id, nodeId: node_id, what: 'contact', key: 'refused', n: 1 })),
  )
  return readJourney(tx, id)
}

const mayBecome = { paused: ['running'], running: ['paused'], stopped: ['running', 'paused'] } as const

async function changeState(
  ctx: Ctx,
  tx: Tx,
  id: string,
  state: keyof typeof mayBecome,
  reason: string | null,
): Promise<Journey> {
  const before = await locked(tx, id)
  const from: readonly string[] = mayBecome[state]
  if (!from.includes(before.state)) throw refuse('engagement.journey_state', { state: before.state })
  await setState(tx, id, { state, reason, by: actorLabel(ctx.actor) }, ctx.clock.now())
  return readJourney(tx, id)
}

async function locked(tx: Tx, id: string, revision?: number): Promise<JourneyRow> {
  const row = await lockJourney(tx, id)
  if (row === undefined) throw refuse('engagement.journey_not_found')
  if (revision !== undefined && row.revision !== revision) throw refuse('engagement.journey_changed')
  return row
}
