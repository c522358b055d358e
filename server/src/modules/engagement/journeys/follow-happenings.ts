import type { InteractionKind } from '@ecluse/contracts/interactions.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { runJourneysJob } from '../jobs/names.ts'
import { wholeFamilies } from '../segments/queries/segments.ts'
import { compileGraph, type CompiledGraph } from './domain/graph.ts'
import { armOf, sumsOf, type OutcomeChange } from './domain/outcomes.ts'
import { enterPeople, type Occasion } from './enter-people.ts'
import { answeredContacts, learn, markAnswered } from './queries/contacts.ts'
import { addOutcomes } from './queries/counts.ts'
import { addToJourneys, selectJourneys, versionsAt } from './queries/journeys.ts'
import { bringBack, journeysInside, occasionsOf, setAside } from './queries/arrivals.ts'
import { lockJourney, lockJourneys, withGoals } from './queries/locks.ts'
import {
  happened,
  journeysWithGoals,
  peopleOf,
  wakeRestricted,
  wakeWho,
  writeGoals,
  type ParticipantRow,
} from './queries/participants.ts'

/** What is told of this long after it happened brings nobody in any more. */
const oldestOccasionMs = 7 * 86_400_000

/**
 * Follows what customers did: who waits for it is looked at, what counts for a goal is counted, and whom it brings into a journey
 * enters. May be done again: nothing is counted or begun twice.
 */
export async function followHappenings(
  ctx: Ctx,
  partyIds: readonly string[],
  kinds: readonly InteractionKind[],
): Promise<void> {
  const memberIds = await wholeFamilies(ctx.db, partyIds)
  await inTransaction(ctx.db, (tx) => countGoals(ctx, tx, memberIds, kinds))
  await inTransaction(ctx.db, async (tx) => {
    if ((await wakeWho(tx, memberIds, kinds, ctx.clock.now())) > 0)
      await enqueue(tx, runJourneysJob, {}, { key: runJourneysJob.name, keepRunAt: true })
  })
  for (const { id, state } of await selectJourneys(ctx.db)) {
    if (state !== 'running') continue
    await inTransaction(ctx.db, async (tx) => {
      const journey = await lockJourney(tx, id)
      if (journey?.state !== 'running' || journey.published_at === null) return
      const [published] = await versionsAt(tx, [{ journeyId: id, version: journey.published_version ?? 0 }])
      const by = published && compileGraph(published.graph).entry?.by
      if (by?.kind !== 'event' || !kinds.includes(by.what)) return
      const since = new Date(Math.max(journey.published_at.getTime(), ctx.clock.now().getTime() - oldestOccasionMs))
      await enterPeople(ctx, tx, journey, await occasionsOf(tx, by, memberIds, since))
    })
  }
}

/** Follows who came into a segment: those journeys that wait for it take them in. */
export async function followSegment(ctx: Ctx, segmentId: string, occasions: readonly Occasion[]): Promise<void> {
  for (const { id, state } of await selectJourneys(ctx.db)) {
    if (state !== 'running') continue
    await inTransaction(ctx.db, async (tx) => {
      const journey = await lockJourney(tx, id)
      const [published] = await versionsAt(tx, [{ journeyId: id, version: journey?.published_version ?? 0 }])
      const by = published && compileGraph(published.graph).entry?.by
      if (!journey || by?.kind !== 'segment' || by.when !== 'entering' || by.segmentId !== segmentId) return
      await enterPeople(ctx, tx, journey, occasions)
    })
  }
}

/** Follows merges and their undoing: one customer goes through a journey once; taken apart, both go on where they stood. */
export async function followMerges(ctx: Ctx, partyIds: readonly string[]): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const families = [
      ...new Map(
        (await peopleOf(tx, partyIds)).map((one) => [one.root_id, { root: one.root_id, memberIds: one.member_ids }]),
      ).values(),
    ]
    const journeyIds = await journeysInside(
      tx,
      families.flatMap(({ memberIds }) => memberIds),
    )
    if (journeyIds.length === 0) return
    await lockJourneys(tx, journeyIds)
    const aside = await setAside(tx, families)
    const back = await bringBack(tx, families, ctx.clock.now())
    const inside = new Map<string, number>()
    for (const { journey_id } of aside) inside.set(journey_id, (inside.get(journey_id) ?? 0) - 1)
    for (const { journey_id } of back) inside.set(journey_id, (inside.get(journey_id) ?? 0) + 1)
    await addToJourneys(
      tx,
      [...inside].map(([id, n]) => ({ id, entered: 0, inside: n, goal: 0, spent: 0 })),
    )
  })
}

/**
 * Follows restrictions: whose data may only be kept leave the journeys they are in with their next look, which is now. They do not come
 * back when it is lifted; something new may bring them in again, where the journey lets people in again.
 */
export async function followRestrictions(ctx: Ctx, partyIds: readonly string[]): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if ((await wakeRestricted(tx, partyIds, ctx.clock.now())) > 0)
      await enqueue(tx, runJourneysJob, {}, { key: runJourneysJob.name, keepRunAt: true })
  })
}

/** Counts anew, for those whose goal may still be reached, when they reached it and what it was worth; adds what changed to the sums. */
async function countGoals(
  ctx: Ctx,
  tx: Tx,
  memberIds: readonly string[],
  kinds: readonly InteractionKind[],
): Promise<void> {
  const now = ctx.clock.now()
  const from = new Date(now.getTime() - oldestOccasionMs)
  const journeyIds = await journeysWithGoals(tx, memberIds, from)
  if (journeyIds.length === 0) return
  // Before their people, as everybody who writes both does.
  await lockJourneys(tx, journeyIds)
  const open = await withGoals(tx, memberIds, from)
  const keys = new Map(open.map((row) => [versionKey(row), { journeyId: row.journey_id, version: row.version }]))
  const people = new Map(
    (
      await peopleOf(
        tx,
        open.map((row) => row.party_id),
      )
    ).map((one) => [one.party_id, one]),
  )
  const reached: Reached[] = []
  for (const version of await versionsAt(tx, [...keys.values()])) {
    const graph: CompiledGraph = compileGraph(version.graph)
    if (!graph.goal || !kinds.includes(graph.goal.what)) continue
    // Who reached a goal is not looked for among the data that may only be kept (GDPR, article 18): ADR 0051.
    const rows = open.filter(
      (row) =>
        row.journey_id === version.journey_id &&
        row.version === version.version &&
        people.get(row.party_id)?.restricted === false,
    )
    const asked = rows.map((row) => ({
      id: row.id,
      memberIds: people.get(row.party_id)?.member_ids ?? [row.party_id],
      since: row.entered_at,
      until: row.goal_until ?? now,
    }))
    const found = new Map((await happened(tx, graph.goal, asked)).map((one) => [one.id, one]))
    for (const row of rows) {
      const now = found.get(row.id)
      if (now && (row.goal_at === null || row.value_minor !== now.value))
        reached.push({ row, at: now.at, value: now.value })
    }
  }
  await writeReached(ctx, tx, reached)
}

const versionKey = (row: ParticipantRow): string => `${row.journey_id} ${row.version}`

type Reached = { readonly row: ParticipantRow; readonly at: Date; readonly value: bigint }

async function writeReached(ctx: Ctx, tx: Tx, reached: readonly Reached[]): Promise<void> {
  if (reached.length === 0) return
  await writeGoals(
    tx,
    reached.map(({ row, at, value }) => ({
      party_id: row.party_id,
      id: row.id,
      goal_at: row.goal_at ?? at,
      value_minor: value,
    })),
  )
  await addOutcomes(
    tx,
    sumsOf(
      reached.map(({ row, value }): OutcomeChange => {
        const before = {
          goal: row.goal_at !== null,
          contacts: row.contacts,
          value: Number(row.value_minor),
          cost: Number(row.cost_micro),
        }
        const after = { ...before, goal: true, value: Number(value) }
        return { journeyId: row.journey_id, arm: armOf(row), cells: row.cells, before, after }
      }),
    ),
  )
  const goals = new Map<string, number>()
  for (const { row } of reached)
    if (row.goal_at === null) goals.set(row.journey_id, (goals.get(row.journey_id) ?? 0) + 1)
  const sums = [...goals].map(([id, goal]) => ({ id, entered: 0, inside: 0, goal, spent: 0 }))
  await addToJourneys(
    tx,
    sums.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  await learnFrom(tx, reached, ctx.clock.now())
}

/** What somebody was last sent before they reached the goal is what they answered. */
async function learnFrom(tx: Tx, reached: readonly Reached[], now: Date): Promise<void> {
  const asked = reached.map(({ row, at }) => ({ party_id: row.party_id, id: row.id, at: row.goal_at ?? at }))
  const contacts = await answeredContacts(tx, asked)
  const moreOf = new Map(reached.map(({ row, value }) => [row.id, value - row.value_minor]))
  await learn(
    tx,
    contacts.map((contact) => ({
      ...contact,
      sent: 0,
      answered: contact.answered ? 0 : 1,
      value_minor: moreOf.get(contact.participant_id) ?? 0n,
    })),
  )
  await markAnswered(tx, contacts, now)
}
