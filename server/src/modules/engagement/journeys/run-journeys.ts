import { assert } from '../../../kernel/assert.ts'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { readContactPolicy } from './contact-policy.ts'
import { decide, type Decided, type DecisionInputs } from './domain/decide.ts'
import { drawnAs } from './domain/draw.ts'
import { compileGraph, type CompiledGraph } from './domain/graph.ts'
import { stepOf } from './domain/step.ts'
import { loadHouseholdLetters, type HouseholdLetters } from './household-letters.ts'
import { capOf, prepareDecisions, type Prepared } from './load-decisions.ts'
import { loadFacts, type Looked, type SendingMedia, type StepContext } from './load-facts.ts'
import { versionsAt, type JourneyRow, type VersionRow } from './queries/journeys.ts'
import { lockJourneys, takeTurn } from './queries/locks.ts'
import { dueParticipants, journeysDue, peopleOf, runningJourneys, type ParticipantRow } from './queries/participants.ts'
import { isOutside } from './outside-errors.ts'
import { stopBroken, type Broken } from './stop-broken.ts'
import { writeSteps, type Taken } from './write-steps.ts'

/** How many people one transaction looks at. */
const batchSize = 1_000

/** Who has nothing known of where they live is in mainland France. */
const mainland = { country: 'FR', postalCode: '' }

/**
 * Looks once at everybody whose moment has come, as many as one transaction takes: where they go, what they are sent, and all that is
 * counted commit together, or not at all. So whatever dies when, each visit of a node ends once; the keys of steps, decisions and
 * contacts hold it. One transaction of all does it at a time, since caps and budgets are shared by journeys. Where that of all fails,
 * it is done in parts, until those are alone who cannot be stepped: they stop and say so, and hold up nobody.
 *
 * @param media those that somebody carries
 * @returns how many were looked at; null when another does it just now
 */
export async function runBatch(ctx: Ctx, media: SendingMedia, limit = batchSize): Promise<number | null> {
  try {
    return await inTransaction(ctx.db, (tx) => stepDue(ctx, tx, media, limit, null))
  } catch (error) {
    if (isOutside(error)) throw error
    return stepApart(ctx, media, limit)
  }
}

/** Looks at those of a batch by halves, and stops whom the fault is with. */
async function stepApart(ctx: Ctx, media: SendingMedia, limit: number): Promise<number | null> {
  const now = ctx.clock.now()
  const rows = await dueParticipants(ctx.db, await runningJourneys(ctx.db), now, limit)
  const broken: Broken[] = []
  const turns: (readonly ParticipantRow[])[] = [rows]
  for (let part = turns.pop(); part; part = turns.pop()) {
    const ids = part.map(({ id }) => id)
    try {
      if ((await inTransaction(ctx.db, (tx) => stepDue(ctx, tx, media, limit, ids))) === null) return null
    } catch (error) {
      if (isOutside(error)) throw error
      const half = Math.ceil(part.length / 2)
      const [row] = part
      if (part.length === 1 && row) broken.push({ row, error })
      // The most important first, as everywhere: what is put last is taken next.
      else turns.push(part.slice(half), part.slice(0, half))
    }
  }
  await stopBroken(ctx, broken)
  return rows.length
}

/** Steps those whose moment has come, or only some of them. */
async function stepDue(
  ctx: Ctx,
  tx: Tx,
  media: SendingMedia,
  limit: number,
  only: readonly string[] | null,
): Promise<number | null> {
  if (!(await takeTurn(tx))) return null
  const now = ctx.clock.now()
  // From here on nobody pauses, stops or corrects them, and nobody's goal is counted, before this is committed.
  const locked = await lockJourneys(tx, await journeysDue(tx, now))
  const running = locked.filter(({ state }) => state === 'running')
  const rows = await dueParticipants(tx, running, now, limit, only)
  if (rows.length === 0) return 0
  const step: StepContext = { ctx, tx, now, policy: await readContactPolicy(tx), media }
  const looked = await lookAt(ctx, tx, rows)
  // Whose data may only be kept leave: nothing is read of them.
  const free = looked.filter(({ person }) => !person.restricted)
  const [facts, decisions] = [await loadFacts(step, free), await prepareDecisions(step, free)]
  const budgets = new Map(running.map((one) => [one.id, leftOf(one)]))
  const letters = await loadHouseholdLetters(tx, decisions.values())
  const taken = looked.map((one): Taken => {
    const prepared = decisions.get(one.row.id)
    const decided = prepared && decideFor(step, prepared, { budgets, letters })
    const known = {
      happenedAt: facts.happenedAt.get(one.row.id) ?? null,
      holds: facts.holds.has(one.row.id),
      decision: decided?.decision ?? null,
    }
    const taken = stepOf(one.graph, standingOf(one), known, now)
    // Whoever reached the goal just before is not contacted.
    const used = taken.kind === 'leave' && taken.reason === 'goal' ? undefined : decided
    if (used) spend(used, prepared, one, { budgets, letters })
    return { looked: one, step: taken, decided: used, people: prepared?.people ?? '' }
  })
  await writeSteps(step, taken)
  return rows.length
}

function leftOf({ budget_micro, spent_micro }: JourneyRow): number | null {
  return budget_micro === null ? null : Number(budget_micro - spent_micro)
}

/** What those of a batch have in common: what one gets leaves less for the others. */
type Common = { readonly budgets: Map<string, number | null>; readonly letters: HouseholdLetters }

function decideFor({ policy }: StepContext, prepared: Prepared, { budgets, letters }: Common): Decided {
  const inputs: DecisionInputs = {
    ...prepared.inputs,
    budgetMicro: budgets.get(prepared.looked.row.journey_id) ?? null,
    options: prepared.drafts.map(({ option, candidate, sendAt }) => ({
      ...option,
      ...(letters.hadIt(prepared.looked, candidate.medium) ? { lacks: 'household' as const } : {}),
      cap: capOf(policy, prepared, candidate.medium, sendAt),
    })),
  }
  return { inputs, decision: decide(inputs) }
}

/** What is sent leaves less for whoever comes after in the batch: of the budget, of what this person bears, and of letters to one household. */
function spend(
  { decision }: Decided,
  prepared: Prepared | undefined,
  looked: Looked,
  { budgets, letters }: Common,
): void {
  if (decision.kind !== 'send' || prepared === undefined) return
  const { row } = looked
  const { option } = decision.chosen
  letters.note(looked, option.medium)
  const left = budgets.get(row.journey_id) ?? null
  if (left !== null) budgets.set(row.journey_id, left - option.costMicro)
  const draft = prepared.drafts.find((one) => one.option.key === option.key)
  const purpose = draft?.candidate.purpose ?? 'marketing'
  prepared.lately.push({
    party_id: row.party_id,
    participant_id: row.id,
    medium: option.medium,
    purpose,
    send_at: new Date(option.sendAt),
  })
}

async function lookAt(ctx: Ctx, tx: Tx, rows: readonly ParticipantRow[]): Promise<Looked[]> {
  const graphs = await graphsOf(
    ctx,
    tx,
    rows.map((row) => ({ journeyId: row.journey_id, version: row.version })),
  )
  const people = new Map(
    (await peopleOf(tx, [...new Set(rows.map((row) => row.party_id))])).map((person) => [person.party_id, person]),
  )
  return rows.map((row) => {
    const person = people.get(row.party_id)
    const version = graphs.get(`${row.journey_id} ${row.version}`)
    assert(person !== undefined && version !== undefined, 'who is in a journey is somebody, in a version of it')
    const { graph, settings } = version
    const place = person.address ? { country: person.address.country, postalCode: person.address.postalCode } : mainland
    return { row, person, place, graph, settings }
  })
}

type WalkedVersion = { graph: CompiledGraph; settings: VersionRow['settings'] }

/** Versions as they are walked: they never change, so each is read and compiled once for as long as its installation runs here. */
const compiled = new WeakMap<Config, Map<string, WalkedVersion>>()
const mostCompiled = 200

async function graphsOf(
  ctx: Ctx,
  tx: Tx,
  keys: readonly { journeyId: string; version: number }[],
): Promise<ReadonlyMap<string, WalkedVersion>> {
  const nameOf = ({ journeyId, version }: { journeyId: string; version: number }) => `${journeyId} ${version}`
  const known = compiled.get(ctx.config) ?? new Map<string, WalkedVersion>()
  compiled.set(ctx.config, known)
  const wanted = new Map(keys.map((key) => [nameOf(key), key]))
  if (known.size + wanted.size > mostCompiled) known.clear()
  const missing = [...wanted].flatMap(([name, key]) => (known.has(name) ? [] : [key]))
  for (const { journey_id: journeyId, version, graph, settings } of missing.length > 0
    ? await versionsAt(tx, missing)
    : [])
    known.set(nameOf({ journeyId, version }), { graph: compileGraph(graph), settings })
  return known
}

function standingOf({ row, person, place }: Looked): Parameters<typeof stepOf>[1] {
  return {
    journeyId: row.journey_id,
    nodeId: row.node_id,
    since: row.since,
    drawnAs: drawnAs(person.member_ids),
    place,
    cells: row.cells,
    restricted: person.restricted,
    goalAt: row.goal_at,
  }
}
