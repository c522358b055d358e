import type { JourneySettings } from '@ecluse/contracts/journeys.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { runJourneysJob } from '../jobs/names.ts'
import { isHeldOut } from './domain/draw.ts'
import { compileGraph } from './domain/graph.ts'
import { nextIntake } from './domain/intake.ts'
import { readContactPolicy } from './contact-policy.ts'
import { armOf, sumsOf } from './domain/outcomes.ts'
import { addOutcomes } from './queries/counts.ts'
import { addToJourneys, dueIntakes, moveIntake, versionsAt, type JourneyRow } from './queries/journeys.ts'
import { lockJourney } from './queries/locks.ts'
import { insertParticipants, membersAfter } from './queries/arrivals.ts'
import { peopleOf } from './queries/participants.ts'

const dayMs = 86_400_000
/** How many of a segment one transaction takes in. */
const intakeSize = 2_000

/** Somebody something happened to that may bring them into a journey. */
export type Occasion = { readonly party_id: string; readonly occasion: string; readonly at: Date }

/**
 * Takes people into a journey that runs, by its published version: each occasion once, each customer once, or again as its entry
 * says. Who is held out is drawn, not chosen: they enter too, and are never contacted.
 * @returns how many entered
 */
export async function enterPeople(
  ctx: Ctx,
  tx: Tx,
  journey: JourneyRow,
  occasions: readonly Occasion[],
): Promise<number> {
  const version = journey.published_version
  if (journey.state !== 'running' || version === null || occasions.length === 0) return 0
  const [published] = await versionsAt(tx, [{ journeyId: journey.id, version }])
  assert(published !== undefined, 'what is published is there')
  const now = ctx.clock.now()
  if (isOver(published.settings, now)) return 0
  const { entry, goal } = compileGraph(published.graph)
  assert(entry !== undefined, 'a journey that is published has an entry')
  const people = new Map(
    (await peopleOf(tx, [...new Set(occasions.map((one) => one.party_id))])).map((person) => [person.party_id, person]),
  )
  const policy = await readContactPolicy(tx)
  const once = new Set<string>()
  const entering = occasions.flatMap(({ party_id, occasion, at }) => {
    const person = people.get(party_id)
    if (!person || once.has(person.root_id)) return []
    once.add(person.root_id)
    const held_out_of_all = isHeldOut(null, policy.heldOutPercent, person.member_ids)
    const held_out = held_out_of_all || isHeldOut(journey.id, published.settings.heldOutPercent, person.member_ids)
    const name = entry.againAfterDays === null ? 'once' : occasion
    return [
      { party_id, id: ctx.ids.next(), occasion: name, at, held_out, held_out_of_all, member_ids: person.member_ids },
    ]
  })
  const goalUntil = goal ? new Date(now.getTime() + goal.withinDays * dayMs) : null
  const way = { id: journey.id, version, nodeId: entry.id, again: entry.againAfterDays, goalUntil }
  const entered = await insertParticipants(tx, way, entering, now)
  if (entered.length === 0) return 0
  const after = { goal: false, contacts: 0, value: 0, cost: 0 }
  const changes = entered.map((one) => ({
    journeyId: journey.id,
    arm: armOf(one),
    cells: {},
    before: null,
    after,
  }))
  await addOutcomes(tx, sumsOf(changes))
  await addToJourneys(tx, [{ id: journey.id, entered: entered.length, inside: entered.length, goal: 0, spent: 0 }])
  await enqueue(tx, runJourneysJob, {}, { key: runJourneysJob.name, keepRunAt: true })
  return entered.length
}

const isOver = ({ endsAt }: JourneySettings, now: Date): boolean => endsAt !== null && new Date(endsAt) <= now

/** Takes in the segments whose moment has come, some thousands at a time; what was begun goes on where it was cut short. */
export async function takeIntakes(ctx: Ctx): Promise<void> {
  for (const { id } of await dueIntakes(ctx.db, ctx.clock.now()))
    while (await inTransaction(ctx.db, (tx) => takeSome(ctx, tx, id)));
}

/** Whether there are more. */
async function takeSome(ctx: Ctx, tx: Tx, journeyId: string): Promise<boolean> {
  const journey = await lockJourney(tx, journeyId)
  const now = ctx.clock.now()
  if (journey?.state !== 'running' || journey.intake_at === null || journey.intake_at > now) return false
  const [published] = await versionsAt(tx, [{ journeyId, version: journey.published_version ?? 0 }])
  const by = published && compileGraph(published.graph).entry?.by
  assert(by !== undefined && by.kind !== 'event', 'who takes a segment in names it')
  const members = await membersAfter(tx, by.segmentId, journey.intake_after, intakeSize)
  const at = journey.intake_at
  const occasion = at.toISOString()
  await enterPeople(
    ctx,
    tx,
    journey,
    members.map((party_id) => ({ party_id, occasion, at })),
  )
  const more = members.length === intakeSize
  await moveIntake(tx, journeyId, more ? at : nextIntake(by, at, now), more ? (members.at(-1) ?? null) : null)
  return more
}
