import type { textEndpoints } from '@ecluse/contracts/texts.ts'
import type { z } from 'zod'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { appendConsent, normalisePhone, resolveParties } from '../../customers/public.ts'
import { wishOf } from '../domain/stop-words.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { fallBack } from '../queries/messages.ts'
import { insertAnswer, messageOfProvider, noteDelivery, partiesOfPhone } from './queries/texts.ts'

type TextEvent = z.output<typeof textEndpoints.receiveTextEvent.body>

/** Writes down what whoever carries text messages tells, each thing once. */
export async function receiveTextEvent(ctx: Ctx, tx: Tx, event: TextEvent): Promise<void> {
  if (event.type === 'answer') return receiveAnswer(ctx, tx, event)
  const message = await messageOfProvider(tx, event.reference)
  if (!message) return
  const { state } = event
  const news = await noteDelivery(tx, message, { state, at: new Date(event.at) })
  if (!news || state === 'delivered' || message.fallback === null) return
  // What somebody asked for reaches them all the same.
  await fallBack(tx, message, 'undelivered', ctx.clock.now())
  await enqueue(tx, sendMessagesJob, {}, { key: sendMessagesJob.name, keepRunAt: true })
}

/** Keeps an answer; STOP and its kin withdraw the consent to text messages of all who have the number, known or not. */
async function receiveAnswer(ctx: Ctx, tx: Tx, answer: Extract<TextEvent, { type: 'answer' }>): Promise<void> {
  const message = answer.reference === undefined ? undefined : await messageOfProvider(tx, answer.reference)
  const phone = normalisePhone(answer.from) ?? answer.from
  const wish = wishOf(answer.text)
  const known = await partiesOfPhone(tx, phone)
  const written = message?.party_id ?? (known.length === 1 ? known[0] : undefined)
  const news = await insertAnswer(tx, {
    external_id: `sms:${answer.id}`,
    id: ctx.ids.next(),
    medium: 'sms',
    sender: phone,
    party_id: written ?? null,
    message_id: message?.id ?? null,
    subject: '',
    body: answer.text,
    wish,
    received_at: new Date(answer.at),
  })
  if (!news || wish !== 'stop') return
  const refusing = new Set([...known, ...(message?.party_id ? [message.party_id] : [])])
  if (refusing.size === 0) for (const id of await newParty(ctx, tx, phone)) refusing.add(id)
  for (const partyId of refusing)
    await appendConsent(ctx, tx, {
      partyId,
      act: 'withdrawn',
      medium: 'sms',
      purpose: null,
      source: 'sms',
      wording: null,
      locale: 'fr',
      proof: { answer: answer.id, said: answer.text.slice(0, 160) },
      address: phone,
    })
}

/** A number nobody is known by: the refusal is kept all the same. */
async function newParty(ctx: Ctx, tx: Tx, phone: string): Promise<string[]> {
  const parties = await resolveParties(ctx, tx, [{ name: '', phone, locale: 'fr', source: 'sms' }])
  return parties.flatMap((party) => party?.partyId ?? [])
}
