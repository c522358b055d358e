import type { JourneyCandidate, JourneyNodeOf } from '@ecluse/contracts/journey-graph.ts'
import type { ContactPolicy } from '@ecluse/contracts/journeys.ts'
import type { Medium } from '@ecluse/contracts/consents.ts'
import { assert } from '../../../kernel/assert.ts'
import { permissionsFor, relationalAmong, type ContactOfMany } from '../../customers/public.ts'
import { whoAskedForCalls } from '../calls/queries/calls.ts'
import { withinHours } from '../may-contact.ts'
import { addressKey } from '../domain/address-key.ts'
import { onRequest } from '../domain/escalate.ts'
import { deadAmong } from '../mailbox/queries/mailbox.ts'
import { costOf, wordsFor } from './domain/contact-cost.ts'
import type { DecisionInputs, Option } from './domain/decide.ts'
import { isHeldOut } from './domain/draw.ts'
import type { Answers } from './domain/expected-answer.ts'
import type { OwnHour } from './domain/own-hour.ts'
import { afterQuiet, hourAt, nextHour } from './domain/moments.ts'
import type { Looked, StepContext } from './load-facts.ts'
import { loadOwn } from './load-own.ts'
import { answersOf, contactsSince, mediaScope, type AnswerRow, type Lately } from './queries/contacts.ts'
import { lastOrders } from './queries/participants.ts'

const dayMs = 86_400_000
/** How long somebody who asked to be called back is taken to wish it. */
const askedForMs = 30 * dayMs
/** The longest anybody wishes to be left alone between two contacts. */
const longestWishDays = 31

/** Something that could be sent, before anything is known of whether it may. */
type Draft = {
  readonly looked: Looked
  readonly candidate: JourneyCandidate
  readonly sendAt: Date
  readonly address: string | null
  readonly own: OwnHour | null
}

/** Somebody at a node that sends, with all that is known of what could be sent; the budget is not, for others spend of it too. */
export type Prepared = {
  readonly looked: Looked
  readonly people: string
  readonly inputs: Omit<DecisionInputs, 'budgetMicro' | 'options'>
  readonly drafts: readonly (Draft & { option: Omit<Option, 'cap'> })[]
  /** What they were sent lately by this or any journey: grows as the batch sends. */
  readonly lately: Lately[]
  /** Whether they are dealt with as somebody one knows: some caps are of one treatment only. */
  readonly relational: boolean
}

/** The candidates of a node: a message is a decision between one thing and nothing. */
export function candidatesOf(node: JourneyNodeOf<'message' | 'decision'>): readonly JourneyCandidate[] {
  if (node.type === 'decision') return node.candidates
  const { name, medium, purpose, subject, content, templateId } = node
  return [
    {
      key: 'message',
      name,
      medium,
      purpose,
      subject,
      content,
      templateId,
      hours: [],
      ownHour: false,
      only: null,
      valueMinor: 0,
    },
  ]
}

/** Where a medium finds somebody; null: nowhere. */
export function addressOf(medium: Medium, { email, phone, address, push, social }: Looked['person']): string | null {
  if (medium === 'push') return push
  if (medium === 'social') return social
  if (medium === 'email') return email
  if (medium === 'sms' || medium === 'phone') return phone
  return (medium === 'letter' || medium === 'visit') && address !== null ? JSON.stringify(address) : null
}

/** Loads what decisions are made of, for everybody at a node that sends, in a few statements for them all. */
export async function prepareDecisions(step: StepContext, looked: readonly Looked[]): Promise<Map<string, Prepared>> {
  const sending = looked.flatMap((one) => {
    const node = one.graph.nodes.get(one.row.node_id)
    return node?.type === 'message' || node?.type === 'decision' ? [{ one, node }] : []
  })
  if (sending.length === 0) return new Map()
  const { tx, now, policy } = step
  const members = sending.flatMap(({ one: { person } }) =>
    person.member_ids.map((member) => ({ root: person.root_id, member })),
  )
  const days = Math.max(longestWishDays, ...policy.caps.map((cap) => cap.days))
  const [sent, ordered, answers] = await Promise.all([
    contactsSince(tx, [...new Set(members.map(({ member }) => member))], new Date(now.getTime() - days * dayMs)),
    lastOrders(tx, members),
    answersOf(tx, [mediaScope, ...new Set(sending.map(({ one }) => one.row.journey_id))]),
  ])
  const latelyOf = grouped(sent, members)
  const lastOrderOf = new Map(ordered.map(({ root, at }) => [root, at]))
  const known = new Map(answers.map((row) => [answerKey(row), row]))
  const own = await loadOwn(step, sending)
  const draftsOf = new Map(
    sending.map(({ one, node }) => [
      one,
      candidatesOf(node).flatMap((candidate) =>
        momentsOf(step, one, candidate, own.hours.get(one.person.root_id) ?? null),
      ),
    ]),
  )
  const drafts = [...draftsOf.values()].flat()
  const gates = await askGate(step, drafts, latelyOf)
  const callable = drafts
    .filter(({ candidate }) => candidate.medium === 'phone')
    .flatMap(({ looked }) => looked.person.member_ids)
  const asking =
    callable.length === 0 ? new Set() : await whoAskedForCalls(tx, callable, new Date(now.getTime() - askedForMs))
  const differs = policy.caps.some(({ treatment }) => treatment)
  const roots = sending.map(({ one: { person } }) => person.root_id)
  const relational = differs ? await relationalAmong(tx, [...new Set(roots)]) : new Set<string>()
  const prepared = new Map<string, Prepared>()
  for (const { one, node } of sending) {
    const { row, person } = one
    const people = peopleLike(lastOrderOf.get(person.root_id), now)
    prepared.set(row.id, {
      looked: one,
      people,
      lately: latelyOf.get(person.root_id) ?? [],
      relational: relational.has(person.root_id),
      inputs: {
        at: now.toISOString(),
        heldOut: heldOutOf(one, policy),
        atLeastMinor: node.type === 'decision' ? node.atLeastMinor : null,
        ...(node.type === 'decision' ? { tried: triedBy(row.id, latelyOf.get(person.root_id)) } : {}),
      },
      drafts: (draftsOf.get(one) ?? []).map((draft) => ({
        ...draft,
        option: {
          ...optionOf(step, draft, gates.get(draft), people, known),
          ...(own.isFor(one, draft.candidate) ? {} : { lacks: 'not_for_them' as const }),
          ...wishedFor(draft, gates.get(draft), asking),
        },
      })),
    })
  }
  return prepared
}

/** By what a participant was written to before. */
const triedBy = (participantId: string, lately: readonly Lately[] = []): Medium[] => [
  ...new Set(lately.filter((one) => one.participant_id === participantId).map(({ medium }) => medium)),
]

/** Whether they said yes to a medium, and asked for it: a call back lately, or letters or visits as what they wish to receive. */
function wishedFor(
  { looked, candidate: { medium } }: Draft,
  gate: Gate | undefined,
  asking: ReadonlySet<unknown>,
): Required<Pick<Option, 'volunteered' | 'asked'>> {
  const volunteered = gate?.reason === 'consented'
  const asked =
    medium === 'phone' ? looked.person.member_ids.some((id) => asking.has(id)) : onRequest.has(medium) && volunteered
  return { volunteered, asked }
}

/** Each list is shared by everybody who is that one customer, so that what the batch sends counts for the next of their journeys. */
function grouped(sent: readonly Lately[], members: readonly { root: string; member: string }[]): Map<string, Lately[]> {
  const rootOf = new Map(members.map(({ root, member }) => [member, root]))
  const lists = new Map<string, Lately[]>(members.map(({ root }) => [root, []]))
  for (const one of sent) lists.get(rootOf.get(one.party_id) ?? '')?.push(one)
  return lists
}

function heldOutOf({ row, person, settings }: Looked, policy: ContactPolicy): DecisionInputs['heldOut'] {
  if (isHeldOut(null, policy.heldOutPercent, person.member_ids)) return 'held_out_of_all'
  return row.held_out || isHeldOut(row.journey_id, settings.heldOutPercent, person.member_ids) ? 'held_out' : null
}

/** Of people like whom something is learned: who never ordered, who did within half a year, and who did before. */
function peopleLike(lastOrder: Date | undefined, now: Date): string {
  if (lastOrder === undefined) return 'never'
  return now.getTime() - lastOrder.getTime() <= 180 * dayMs ? 'recent' : 'past'
}

/** The moments at which a candidate could be sent: at the hour at which the person acts, at its hours of their day, or at once. */
function momentsOf(
  { now, policy }: StepContext,
  looked: Looked,
  candidate: JourneyCandidate,
  acting: OwnHour | null,
): Draft[] {
  const { place, person } = looked
  const address = addressOf(candidate.medium, person)
  const own = candidate.ownHour ? acting : null
  const hours = own ? [own.hour] : candidate.hours
  if (hours.length === 0) return [{ looked, candidate, sendAt: now, address, own }]
  return hours.map((hour) => {
    // An hour the firm keeps quiet is not waited for twice: the next that is not will do.
    const sendAt = afterQuiet(nextHour(now, place, hour), place, policy.quiet)
    return { looked, candidate, sendAt, address, own }
  })
}

type Gate = Option['gate']

async function askGate(
  { ctx, tx }: StepContext,
  drafts: readonly Draft[],
  latelyOf: ReadonlyMap<string, readonly Lately[]>,
): Promise<Map<Draft, Gate>> {
  const asked = drafts.filter(({ address }) => address !== null)
  const questions = asked.map(({ looked, candidate, sendAt, address }): ContactOfMany => {
    const { medium, purpose, subject } = candidate
    const lastAt = latelyOf.get(looked.person.root_id)?.findLast((one) => one.purpose === purpose)?.send_at ?? null
    return { memberIds: looked.person.member_ids, medium, purpose, subject, address: address ?? '', at: sendAt, lastAt }
  })
  const keys = asked.map(({ candidate: { medium }, address }) => addressKey(medium, address ?? ''))
  const permissions = await permissionsFor(ctx.config, tx, questions)
  const dead = await deadAmong(
    tx,
    keys.filter((key) => key !== null),
  )
  return new Map(
    asked.map((draft, nth): [Draft, Gate] => {
      const question = questions[nth]
      const permission = permissions[nth]
      assert(question !== undefined && permission !== undefined, 'every question has its answer')
      const calls = { attempts: callsOf(latelyOf.get(draft.looked.person.root_id)) }
      const answer = withinHours(permission, {
        ...question,
        place: draft.looked.place,
        calls,
        dead: dead.has(keys[nth] ?? ''),
      })
      const from = answer.allowed ? null : (answer.from ?? later(permission, question))
      return [draft, { allowed: answer.allowed, reason: answer.reason, from: from?.toISOString() ?? null }]
    }),
  )
}

const callsOf = (lately: readonly Lately[] = []): Date[] =>
  lately.filter(({ medium }) => medium === 'phone').map(({ send_at }) => send_at)

/** When a wish to be left alone is over: the end of a pause, or the day they want to hear from us again. */
function later(
  { reason, entry }: Awaited<ReturnType<typeof permissionsFor>>[number],
  { lastAt }: Pick<ContactOfMany, 'lastAt'>,
): Date | null {
  const wish = entry?.preferences
  if (reason === 'paused' && wish?.pausedUntil) return new Date(wish.pausedUntil)
  if (reason !== 'too_often' || !lastAt) return null
  return new Date(lastAt.getTime() + (wish?.frequency === 'weekly' ? 7 : 30) * dayMs)
}

const answerKey = ({ scope, key, people, hour }: Pick<AnswerRow, 'scope' | 'key' | 'people' | 'hour'>): string =>
  `${scope} ${key} ${people} ${hour}`

function seen(row: AnswerRow | undefined): Answers {
  return {
    sent: Number(row?.sent ?? 0),
    answered: Number(row?.answered ?? 0),
    valueMinor: Number(row?.value_minor ?? 0),
  }
}

function optionOf(
  { policy, media, now }: StepContext,
  { looked, candidate, sendAt, address, own }: Draft,
  gate: Gate | undefined,
  people: string,
  known: ReadonlyMap<string, AnswerRow>,
): Omit<Option, 'cap'> {
  const { row, place, person } = looked
  const { key, name, medium, content } = candidate
  const hour = hourAt(sendAt, place)
  // At once is not at night: then it is waited for, as the law's hours are.
  const quietUntil = sendAt.getTime() === now.getTime() ? afterQuiet(now, place, policy.quiet) : sendAt
  const open = quietUntil.getTime() === sendAt.getTime()
  const asked = gate ?? { allowed: false, reason: 'no_address', from: null }
  const learned = known.get(answerKey({ scope: row.journey_id, key: `${row.node_id}/${key}`, people, hour }))
  const usual = known.get(answerKey({ scope: mediaScope, key: medium, people: '', hour: 0 }))
  return {
    key,
    name,
    medium,
    title: wordsFor(content.title, person.locale),
    sendAt: sendAt.toISOString(),
    hour,
    lacks: !media.has(medium) ? 'no_sender' : address === null ? 'no_address' : null,
    gate: asked.allowed && !open ? { allowed: false, reason: 'hours', from: quietUntil.toISOString() } : asked,
    costMicro: costOf(candidate, person.locale, policy),
    ...(own ? { own: { acts: own.acts, there: own.there } } : {}),
    seen: withMargin(seen(learned), policy),
    prior: { medium: withMargin(seen(usual), policy), valueMinor: candidate.valueMinor },
  }
}

/** What is left of what was sold. */
function withMargin(answers: Answers, { marginPercent }: ContactPolicy): Answers {
  return { ...answers, valueMinor: Math.round((answers.valueMinor * marginPercent) / 100) }
}

/** The first cap that leaves no room for a contact, and when it does again. */
export function capOf(
  { caps }: ContactPolicy,
  { lately, relational }: Pick<Prepared, 'lately' | 'relational'>,
  medium: Medium,
  at: Date,
): Option['cap'] {
  const treatment = relational ? 'relational' : 'transactional'
  for (const cap of caps) {
    if (cap.treatment && cap.treatment !== treatment) continue
    if (cap.medium !== null && cap.medium !== medium) continue
    const within = cap.days * dayMs
    const counted = lately
      .filter((one) => cap.medium === null || one.medium === cap.medium)
      .filter((one) => Math.abs(at.getTime() - one.send_at.getTime()) < within)
      .map((one) => one.send_at.getTime())
      .toSorted((a, b) => a - b)
    if (counted.length < cap.contacts) continue
    const frees = counted[counted.length - cap.contacts]
    const from = cap.contacts === 0 || frees === undefined ? null : new Date(frees + within).toISOString()
    return { reason: cap.medium === null ? 'cap_of_all' : 'cap_of_medium', from }
  }
  return null
}
