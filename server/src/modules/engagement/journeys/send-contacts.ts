import type { Medium } from '@ecluse/contracts/consents.ts'
import type { JourneyCandidate, JourneyNode } from '@ecluse/contracts/journey-graph.ts'
import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { isRefusedForGood, mostAttempts, reasonOf, waitAfter } from '../domain/retry.ts'
import { mayContact } from '../may-contact.ts'
import { candidatesOf } from './load-decisions.ts'
import type { SendingMedia } from './load-facts.ts'
import { dayAt } from './domain/calendar-day.ts'
import { armOf, sumsOf } from './domain/outcomes.ts'
import {
  claimContacts,
  claimLost,
  contactsSince,
  learn,
  settleContact,
  standingOf,
  type DueContact,
  type Settled,
  type Standing,
} from './queries/contacts.ts'
import { addOutcomes, countDay, countOn } from './queries/counts.ts'
import { isOutside } from './outside-errors.ts'
import { addToJourneys, versionsAt } from './queries/journeys.ts'
import { lockJourneys } from './queries/locks.ts'
import { giveBack, peopleOf, type PersonRow } from './queries/participants.ts'

/** A contact as whoever carries it gets it. */
export type OutgoingContact = {
  /** The same for every attempt. */
  readonly key: string
  readonly contact: DueContact
  readonly candidate: JourneyCandidate
  readonly person: PersonRow
}

/** Who carries contacts of a medium. */
export type ContactSender = {
  /**
   * Whether a second attempt with the same key is recognised as the same contact. Then what is uncertain is sent again, and reaches
   * people exactly once; without, it is not, and reaches them at most once.
   */
  readonly takesKey: boolean
  /** Resolves when it was taken; throws when it was not, or when nobody knows. */
  send(ctx: Ctx, outgoing: OutgoingContact): Promise<void>
}

export type ContactSenders = Readonly<Partial<Record<Medium, ContactSender>>>

export const mediaOf = (senders: ContactSenders): SendingMedia =>
  new Set((Object.keys(senders) as Medium[]).filter((medium) => senders[medium] !== undefined))

const batchSize = 50
const leaseMs = 2 * 60_000
const dayMs = 86_400_000

/**
 * Sends the contacts whose moment has come. Each is marked before whoever carries it is asked: what a crash leaves marked is sent again
 * with its key, or, by somebody who takes no key, never again: then what they tell later says whether it arrived.
 * @returns how many were attempted
 */
export async function sendContacts(ctx: Ctx, senders: ContactSenders): Promise<number> {
  const now = ctx.clock.now()
  const lease = new Date(now.getTime() + leaseMs)
  const lost = await claimLost(ctx.db, now, lease, batchSize)
  for (const contact of lost.toSorted(byMoment)) {
    if (senders[contact.medium]?.takesKey) await attempt(ctx, senders, contact)
    else await settle(ctx, contact, { state: 'unknown', reason: 'lost' })
  }
  const due = await claimContacts(ctx.db, now, lease, batchSize)
  for (const contact of due.toSorted(byMoment)) await attempt(ctx, senders, contact)
  return lost.length + due.length
}

/** In the order they were to leave: what was decided first comes first. */
const byMoment = (a: DueContact, b: DueContact): number =>
  a.send_at.getTime() - b.send_at.getTime() || (a.id < b.id ? -1 : 1)

async function attempt(ctx: Ctx, senders: ContactSenders, contact: DueContact): Promise<void> {
  const sender = senders[contact.medium]
  if (sender === undefined) return settle(ctx, contact, { state: 'refused', reason: 'no_sender' })
  const made = await makeOutgoing(ctx, contact)
  if ('state' in made) return settle(ctx, contact, made)
  try {
    await sender.send(ctx, made)
  } catch (error) {
    return settle(ctx, contact, afterFailure(ctx, sender, contact, error))
  }
  await settle(ctx, contact, { state: 'sent', reason: null })
}

/** A contact as it is carried, or why it is not: one that cannot be made has not left, and holds up no other. */
async function makeOutgoing(ctx: Ctx, contact: DueContact): Promise<OutgoingContact | Settled> {
  try {
    const held = heldBack(await standingOf(ctx.db, contact))
    if (held) return held
    const outgoing = await outgoingOf(ctx, contact)
    return (await refusalOf(ctx, outgoing)) ?? outgoing
  } catch (error) {
    if (isOutside(error)) throw error
    ctx.log.error({ err: error, contactId: contact.id, attempt: contact.attempts }, 'contact cannot be made')
    return again(ctx, contact, 'broken')
  }
}

/** What was paused, stopped or merged after the contact was claimed holds for it too. */
function heldBack(standing: Standing | undefined): Settled | null {
  if (standing === undefined || standing.journey === 'stopped') return { state: 'refused', reason: 'stopped' }
  if (standing.person === 'merged') return { state: 'refused', reason: 'merged' }
  return standing.journey === 'paused' ? { state: 'queued', reason: 'paused' } : null
}

function again(ctx: Ctx, { attempts }: DueContact, reason: string): Settled {
  if (attempts >= mostAttempts) return { state: 'failed', reason }
  return { state: 'queued', reason, sendAt: new Date(ctx.clock.now().getTime() + waitAfter(attempts)) }
}

/** Without a key, only what was refused for good is sure not to have left. */
function afterFailure(ctx: Ctx, { takesKey }: ContactSender, contact: DueContact, error: unknown): Settled {
  const reason = reasonOf(error)
  ctx.log.warn({ err: error, contactId: contact.id, attempt: contact.attempts }, 'contact not sent')
  if (isRefusedForGood(error)) return { state: 'failed', reason }
  if (!takesKey) return { state: 'unknown', reason }
  return again(ctx, contact, reason)
}

async function outgoingOf(ctx: Ctx, contact: DueContact): Promise<OutgoingContact> {
  const [version] = await versionsAt(ctx.db, [{ journeyId: contact.journey_id, version: contact.version }])
  const node: JourneyNode | undefined = version?.graph.nodes.find(({ id }) => id === contact.node_id)
  assert(node?.type === 'message' || node?.type === 'decision', 'a contact comes from a node that sends')
  const candidate = candidatesOf(node).find(({ key }) => key === contact.candidate)
  const [person] = await peopleOf(ctx.db, [contact.party_id])
  assert(candidate !== undefined && person !== undefined, 'a contact is one of its node, to somebody')
  return { key: contact.id, contact, candidate, person }
}

/** The gate is asked as it leaves: what was permitted when it was decided may have been withdrawn since. */
async function refusalOf(ctx: Ctx, { contact, person }: OutgoingContact): Promise<Settled | null> {
  const at = ctx.clock.now()
  const { medium, purpose, subject, recipient: address } = contact
  const lately = await contactsSince(ctx.db, person.member_ids, new Date(at.getTime() - 31 * dayMs))
  const before = lately.filter((one) => one.purpose === purpose && one.send_at < contact.send_at)
  const attempts = lately.filter((one) => one.medium === 'phone' && one.send_at < at).map((one) => one.send_at)
  const answer = await mayContact(ctx, {
    partyId: contact.party_id,
    medium,
    purpose,
    subject,
    address,
    at,
    lastAt: before.at(-1)?.send_at ?? null,
    place: person.address ?? undefined,
    calls: medium === 'phone' ? { attempts: attempts.slice(0, -1) } : undefined,
  })
  if (answer.allowed) return null
  return answer.from === null
    ? { state: 'refused', reason: answer.reason }
    : { state: 'queued', reason: answer.reason, sendAt: answer.from }
}

/** Writes what became of it, with what is counted of it; what was not sent costs nothing. */
async function settle(ctx: Ctx, contact: DueContact, wanted: Settled): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const [journey] = await lockJourneys(tx, [contact.journey_id])
    const over = journey?.state === 'stopped' && wanted.state === 'queued'
    const settled: Settled = over ? { state: 'refused', reason: 'stopped' } : wanted
    const now = ctx.clock.now()
    if (!(await settleContact(tx, contact, settled, now))) return
    const { state } = settled
    if (state === 'queued') return
    if (state === 'sent') await countSent(tx, contact, now)
    if (state === 'refused' || state === 'failed') await payBack(tx, [contact])
    const at = { journeyId: contact.journey_id, nodeId: contact.node_id }
    await countOn(tx, [
      { ...at, what: 'contact', key: state, n: 1 },
      ...(state === 'refused' ? [{ ...at, what: 'strike' as const, key: settled.reason ?? '', n: 1 }] : []),
    ])
  })
}

/** A contact that was sent is one that may be answered. */
export async function countSent(
  tx: Tx,
  contact: Pick<DueContact, 'journey_id' | 'medium' | 'node_id' | 'candidate' | 'people' | 'hour'>,
  now: Date,
): Promise<void> {
  const { journey_id, medium } = contact
  await learn(tx, [{ ...contact, sent: 1, answered: 0, value_minor: 0n }])
  await countDay(tx, [{ date: dayAt(now), journey_id, medium, contacts: 1 }])
}

type Paid = { party_id: string; participant_id: string; journey_id: string; node_id: string; cost_micro: bigint }

/** Takes contacts that never left out of what was spent: of the journey, its node, and the person. */
export async function payBack(tx: Tx, contacts: readonly Paid[]): Promise<void> {
  if (contacts.length === 0) return
  const changes = (await giveBack(tx, contacts)).map(({ contacts_before, cost_before, ...row }) => {
    const same = { goal: row.goal_at !== null, value: Number(row.value_minor) }
    return {
      journeyId: row.journey_id,
      arm: armOf(row),
      cells: row.cells,
      before: { ...same, contacts: contacts_before, cost: Number(cost_before) },
      after: { ...same, contacts: row.contacts, cost: Number(row.cost_micro) },
    }
  })
  await addOutcomes(tx, sumsOf(changes))
  await countOn(
    tx,
    contacts.map(({ journey_id, node_id, cost_micro }) => ({
      journeyId: journey_id,
      nodeId: node_id,
      what: 'cost',
      key: '',
      n: -Number(cost_micro),
    })),
  )
  const spent = new Map<string, number>()
  for (const { journey_id, cost_micro } of contacts)
    spent.set(journey_id, (spent.get(journey_id) ?? 0) - Number(cost_micro))
  const rows = [...spent].map(([id, micro]) => ({ id, entered: 0, inside: 0, goal: 0, spent: micro }))
  await addToJourneys(
    tx,
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
}
