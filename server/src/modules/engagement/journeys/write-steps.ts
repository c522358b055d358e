import { publish } from '../../../kernel/outbox.ts'
import { addressOf, candidatesOf } from './load-decisions.ts'
import type { Looked, StepContext } from './load-facts.ts'
import type { Decided } from './domain/decide.ts'
import { heardAt } from './domain/graph.ts'
import { armOf, sumsOf, type OutcomeChange } from './domain/outcomes.ts'
import { waitEnds, type Step } from './domain/step.ts'
import { insertContacts, insertDecisions, type ContactRow, type DecisionRow } from './queries/contacts.ts'
import { addOutcomes, countOn, type Counted } from './queries/counts.ts'
import { addToJourneys } from './queries/journeys.ts'
import { insertSteps, movePeople, type Moved } from './queries/participants.ts'

/** What becomes of somebody who was looked at. */
export type Taken = {
  readonly looked: Looked
  readonly step: Step
  readonly decided: Decided | undefined
  readonly people: string
}

/**
 * Writes what a batch decided: who stands where, what each visit ended with, what is to be sent and why, and what is counted of it.
 * Whoever is not where they were thought to be is left alone.
 */
export async function writeSteps(context: StepContext, taken: readonly Taken[]): Promise<void> {
  const { tx, now } = context
  const rows = taken.map((one) => ({ one, contact: contactOf(context, one) }))
  const moved = rows.map(({ one, contact }) => ({ ...rowOf(one, contact, now), hears: hearsOf(one) }))
  const written = await movePeople(tx, moved)
  const done = rows.filter(({ one }) => written.has(one.looked.row.id))
  const left = done.filter(({ one }) => one.step.kind !== 'stay')
  await insertSteps(
    tx,
    left.map(({ one: { looked, step } }) => ({
      party_id: looked.row.party_id,
      participant_id: looked.row.id,
      visit: looked.row.visit,
      journey_id: looked.row.journey_id,
      version: looked.row.version,
      node_id: looked.row.node_id,
      port: step.kind === 'stay' ? '' : step.port,
    })),
    now,
  )
  const decisions = left.flatMap(({ contact }) => (contact ? [contact.decision] : []))
  const contacts = left.flatMap(({ contact }) => contact?.row ?? [])
  await insertDecisions(tx, decisions)
  await insertContacts(tx, contacts, now)
  await countOn(tx, countedOf(left))
  await addOutcomes(tx, sumsOf(left.flatMap(({ one, contact }) => outcomeOf(one, contact?.row ?? null))))
  await addToJourneys(tx, journeySums(left))
  await tellContacts(context, contacts)
  await tellArms(context, left)
}

/** Whoever wants to know hears of contacts that were decided, one event for them all. */
async function tellContacts({ ctx, tx }: StepContext, contacts: readonly ContactRow[]): Promise<void> {
  if (contacts.length === 0) return
  const payload = {
    contacts: contacts.map(({ id, party_id, journey_id, medium, send_at }) => ({
      id,
      partyId: party_id,
      journeyId: journey_id,
      medium,
      sendAt: send_at.toISOString(),
    })),
  }
  await publish(tx, ctx, [
    { type: 'engagement.contacts_decided', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
  ])
}

/** Experiments hear who met them in a journey; those held out of it met nothing. */
async function tellArms({ ctx, tx }: StepContext, left: Left): Promise<void> {
  const arms = left.flatMap(
    ({
      one: {
        looked: { row, graph },
        step,
      },
    }) => {
      const node = graph.nodes.get(row.node_id)
      if (row.held_out || node?.type !== 'test' || !node.experiment || step.kind !== 'go' || step.cell === null)
        return []
      return [{ experimentId: node.experiment.id, partyId: row.party_id, arm: step.cell }]
    },
  )
  if (arms.length === 0) return
  const type = 'engagement.arms_drawn'
  await publish(tx, ctx, [{ type, version: 1, aggregateId: ctx.ids.next(), payload: { arms }, patient: true }])
}

/** What was decided at a node that sends, as it is kept; a wait is decided again when it is over. */
type Contact = { readonly decision: DecisionRow; readonly row: ContactRow | null }

function contactOf({ ctx }: StepContext, { looked, step, decided, people }: Taken): Contact | null {
  const { row, person, graph } = looked
  const node = graph.nodes.get(row.node_id)
  if (!decided || step.kind === 'stay' || (node?.type !== 'message' && node?.type !== 'decision')) return null
  const { decision, inputs } = decided
  const of = {
    party_id: row.party_id,
    journey_id: row.journey_id,
    participant_id: row.id,
    visit: row.visit,
    version: row.version,
    node_id: row.node_id,
  }
  const chosen = decision.kind === 'send' ? decision.chosen.option : null
  const id = ctx.ids.next()
  const made = { ...of, id, at: new Date(inputs.at), inputs, chosen: chosen?.key ?? null, reason: decision.reason }
  const candidate = candidatesOf(node).find(({ key }) => key === chosen?.key)
  if (chosen === null || candidate === undefined) return { decision: made, row: null }
  const { medium, purpose, subject } = candidate
  return {
    decision: made,
    row: {
      ...of,
      id: ctx.ids.next(),
      decision_id: id,
      candidate: candidate.key,
      medium,
      purpose,
      subject,
      recipient: addressOf(medium, person) ?? '',
      locale: person.locale,
      people,
      hour: chosen.hour,
      cost_micro: BigInt(chosen.costMicro),
      send_at: new Date(chosen.sendAt),
    },
  }
}

function rowOf({ looked, step }: Taken, contact: Contact | null, now: Date): Omit<Moved, 'hears'> {
  const { row, graph, place } = looked
  const same = {
    party_id: row.party_id,
    id: row.id,
    visit: row.visit,
    version: row.version,
    cells: row.cells,
    contacts: row.contacts + (contact?.row ? 1 : 0),
    cost_micro: row.cost_micro + (contact?.row?.cost_micro ?? 0n),
  }
  if (step.kind === 'stay')
    return {
      ...same,
      node_id: row.node_id,
      new_visit: row.visit,
      state: 'inside',
      reason: step.reason,
      since: row.since,
      next_at: step.until,
    }
  const on = { ...same, new_visit: row.visit + 1, since: now }
  if (step.kind === 'leave')
    return { ...on, node_id: row.node_id, state: step.state, reason: step.reason, next_at: null }
  const target = graph.nodes.get(step.to)
  const waits = target?.type === 'wait'
  return {
    ...on,
    node_id: step.to,
    state: 'inside',
    reason: waits ? (target.until.kind === 'event' ? 'event' : 'waiting') : 'entered',
    next_at: waits ? waitEnds(target, now, place) : now,
    cells: step.cell === null ? row.cells : { ...row.cells, [row.node_id]: step.cell },
  }
}

function hearsOf({ looked, step }: Taken): string[] {
  return step.kind === 'leave' ? [] : heardAt(looked.graph, step.kind === 'go' ? step.to : looked.row.node_id)
}

type Left = readonly { readonly one: Taken; readonly contact: Contact | null }[]

function countedOf(left: Left): Counted[] {
  return left.flatMap(({ one: { looked, step, decided }, contact }) => {
    const { journey_id: journeyId, node_id: nodeId, held_out } = looked.row
    // Those held out walk the same way, unseen: what is counted at nodes is of those who may be contacted.
    if (held_out || step.kind === 'stay') return []
    const at = { journeyId, nodeId }
    const counted: Counted[] = [
      { ...at, what: 'visit', key: '', n: 1 },
      { ...at, what: 'port', key: step.port, n: 1 },
    ]
    if (contact?.row) {
      counted.push({ ...at, what: 'contact', key: 'queued', n: 1 })
      counted.push({ ...at, what: 'cost', key: '', n: Number(contact.row.cost_micro) })
    } else if (contact && decided) counted.push({ ...at, what: 'strike', key: decided.decision.reason, n: 1 })
    return counted
  })
}

function outcomeOf({ looked: { row }, step }: Taken, contact: ContactRow | null): OutcomeChange[] {
  const newCells = step.kind === 'go' && step.cell !== null ? { [row.node_id]: step.cell } : {}
  const comesIn = row.cells[row.node_id] === undefined ? newCells : {}
  if (contact === null && Object.keys(comesIn).length === 0) return []
  const before = {
    goal: row.goal_at !== null,
    contacts: row.contacts,
    value: Number(row.value_minor),
    cost: Number(row.cost_micro),
  }
  const after = {
    ...before,
    contacts: before.contacts + (contact ? 1 : 0),
    cost: before.cost + Number(contact?.cost_micro ?? 0n),
  }
  return [{ journeyId: row.journey_id, arm: armOf(row), cells: row.cells, newCells: comesIn, before, after }]
}

function journeySums(left: Left): Parameters<typeof addToJourneys>[1] {
  const sums = new Map<string, { id: string; entered: number; inside: number; goal: number; spent: number }>()
  for (const { one, contact } of left) {
    const id = one.looked.row.journey_id
    const sum = sums.get(id) ?? { id, entered: 0, inside: 0, goal: 0, spent: 0 }
    sums.set(id, sum)
    if (one.step.kind === 'leave') sum.inside -= 1
    sum.spent += Number(contact?.row?.cost_micro ?? 0n)
  }
  return [...sums.values()]
}
