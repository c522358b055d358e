import { createHash } from 'node:crypto'
import type { callEndpoints } from '@ecluse/contracts/calls.ts'
import type { z } from 'zod'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { customerById, normalisePhone, resolveParties } from '../../customers/public.ts'
import { nextAllowed, type AllowedHours } from '../domain/allowed-hours.ts'
import { insertCalls, openAskedCall, renewCall } from './queries/calls.ts'

type Asked = z.output<typeof callEndpoints.askForCall.body>

/** The words above the button, kept with each request. */
const wording = 'callback-1'
const place = { country: 'FR', postalCode: '' }

/**
 * Writes down that somebody asks to be called back: that is what permits this call, and no other. Who asked and was not called yet is
 * called once, about what they asked last. They are called within the hours of calls, at the part of the day they wish.
 * @returns from when they may expect it
 * @throws engagement.no_phone when the number is none
 */
export async function askForCall(ctx: Ctx, tx: Tx, asked: Asked, network: string): Promise<{ from: string }> {
  const phone = normalisePhone(asked.phone)
  if (phone === null) throw refuse('engagement.no_phone')
  const account = ctx.actor.kind === 'account' ? ctx.actor : null
  const input = { name: asked.name, phone, email: account?.email ?? null, accountId: account?.accountId ?? null }
  const [party] = await resolveParties(ctx, tx, [{ ...input, locale: asked.locale, source: 'call_request' }])
  const customer = party && (await customerById(tx, party.partyId))
  if (!customer) throw refuse('customers.not_found')
  const now = ctx.clock.now()
  const from = momentOf(asked.when, now)
  // The number is in the request: that of the customer may be another one.
  const request = {
    wording,
    locale: asked.locale,
    when: asked.when,
    phone,
    productId: asked.productId ?? null,
    at: now.toISOString(),
    network: createHash('sha256').update(network).digest('base64url').slice(0, 12),
  }
  const before = await openAskedCall(tx, customer.id)
  const call = {
    party_id: customer.id,
    id: before ?? ctx.ids.next(),
    asked: true,
    purpose: 'service' as const,
    about: asked.about,
    script: '',
    segment_id: null,
    not_before: from,
    created_by: null,
    request,
  }
  if (before === undefined) await insertCalls(tx, [call], now)
  else await renewCall(tx, call)
  return { from: from.toISOString() }
}

/** The hours of calls, by the part of the day (Code de la consommation, D223-9). */
const parts: Readonly<Record<Asked['when'], AllowedHours['between']>> = {
  soon: [
    ['10:00', '13:00'],
    ['14:00', '20:00'],
  ],
  morning: [['10:00', '13:00']],
  afternoon: [['14:00', '20:00']],
}

/** The first moment of calls in the part of the day that is wished. */
function momentOf(when: Asked['when'], now: Date): Date {
  return nextAllowed(now, place, { weekdays: [1, 2, 3, 4, 5], holidays: false, between: parts[when] }) ?? now
}
