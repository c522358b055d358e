import type { CarrierEvent } from '@ecluse/contracts/texts.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { appendConsent, normalisePhone, partyOfKey, resolveParties, type PartyInput } from '../../customers/public.ts'
import { wishOf } from '../domain/stop-words.ts'
import { tellJourneyOf } from '../journeys/tell-of-message.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { noteAnswer } from '../note-interactions.ts'
import { fallBack } from '../queries/messages.ts'
import { insertAnswer, messageOfProvider, noteDelivery, partiesOfPhone } from './queries/texts.ts'

/** How people are known by a medium. */
type Medium = {
  readonly medium: 'sms' | 'social'
  /** Who writes, as it is kept. */
  nameOf(from: string): string
  /** Everybody who is known by that name. */
  knownBy(tx: Tx, name: string): Promise<string[]>
  /** By what somebody new is. */
  identity(name: string): Pick<PartyInput, 'phone' | 'external'>
  /** Whether who writes and is not known yet becomes somebody: so that they can be answered. */
  readonly makesKnown: boolean
}

export const byText: Medium = {
  medium: 'sms',
  nameOf: (from) => normalisePhone(from) ?? from,
  knownBy: partiesOfPhone,
  identity: (phone) => ({ phone }),
  makesKnown: false,
}

export const bySocial: Medium = {
  medium: 'social',
  nameOf: (from) => from,
  knownBy: async (tx, name) => [await partyOfKey(tx, 'social', name)].filter((id) => id !== undefined),
  identity: (value) => ({ external: [{ kind: 'social', value }] }),
  makesKnown: true,
}

/** Writes down what whoever carries text or social messages tells, each thing once. */
export async function receiveTextEvent(ctx: Ctx, tx: Tx, by: Medium, event: CarrierEvent): Promise<void> {
  if (event.type === 'answer') return receiveAnswer(ctx, tx, by, event)
  const message = await messageOfProvider(tx, by.medium, event.reference)
  if (!message) return
  const { state } = event
  const news = await noteDelivery(tx, message, { state, at: new Date(event.at) })
  if (!news) return
  // What was sent is paid for, whether it arrived or not.
  const kind = state === 'delivered' ? 'delivered' : 'bounced'
  await tellJourneyOf(ctx, tx, message, { kind, at: new Date(event.at), spent: true })
  if (state === 'delivered' || message.fallback === null) return
  // What somebody asked for reaches them all the same.
  await fallBack(tx, message, 'undelivered', ctx.clock.now())
  await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
}

/** Keeps an answer; STOP and its kin withdraw the consent to its medium of all who have the name, known or not. */
async function receiveAnswer(
  ctx: Ctx,
  tx: Tx,
  by: Medium,
  answer: Extract<CarrierEvent, { type: 'answer' }>,
): Promise<void> {
  const { medium } = by
  const message = answer.reference === undefined ? undefined : await messageOfProvider(tx, medium, answer.reference)
  const name = by.nameOf(answer.from)
  const wish = wishOf(answer.text)
  const before = await by.knownBy(tx, name)
  const known = before.length === 0 && by.makesKnown ? await newParty(ctx, tx, by, name) : before
  const written = message?.party_id ?? (known.length === 1 ? known[0] : undefined)
  const said = {
    external_id: `${medium}:${answer.id}`,
    id: ctx.ids.next(),
    medium,
    sender: name,
    party_id: written ?? null,
    message_id: message?.id ?? null,
    subject: '',
    body: answer.text,
    wish,
    received_at: new Date(answer.at),
  }
  const news = await insertAnswer(tx, said)
  if (news) await noteAnswer(ctx, tx, said)
  if (!news || wish !== 'stop') return
  const refusing = new Set([...known, ...(message?.party_id ? [message.party_id] : [])])
  if (refusing.size === 0) for (const id of await newParty(ctx, tx, by, name)) refusing.add(id)
  for (const partyId of refusing)
    await appendConsent(ctx, tx, {
      partyId,
      act: 'withdrawn',
      medium,
      purpose: null,
      source: medium,
      wording: null,
      locale: 'fr',
      proof: { answer: answer.id, said: answer.text.slice(0, 160) },
      address: name,
    })
}

/** A name nobody is known by: a refusal is kept all the same. */
async function newParty(ctx: Ctx, tx: Tx, { identity, medium }: Medium, name: string): Promise<string[]> {
  const parties = await resolveParties(ctx, tx, [{ name: '', ...identity(name), locale: 'fr', source: medium }])
  return parties.flatMap((party) => party?.partyId ?? [])
}
