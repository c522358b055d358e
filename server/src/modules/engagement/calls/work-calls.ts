import type { ContactEventKind } from '@ecluse/contracts/journeys.ts'
import type { Call, callEndpoints, CallOutcome } from '@ecluse/contracts/calls.ts'
import type { z } from 'zod'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { appendConsent, customerById, permissionsFor, relationalAmong } from '../../customers/public.ts'
import { replyHoursOf } from '../../loyalty/public.ts'
import { replyBy } from '../domain/reply-by.ts'
import { withinHours } from '../may-contact.ts'
import { noteCall } from '../note-interactions.ts'
import { noteContactEvents } from '../journeys/told-contacts.ts'
import { readSegment } from '../segments/write-segment.ts'
import {
  attemptsOf,
  callById,
  claimCall,
  insertAttempt,
  insertCalls,
  membersToCall,
  settleCall,
  type AttemptRow,
  type CallRow,
} from './queries/calls.ts'

type Body<Name extends 'addCall' | 'addCallsOfSegment' | 'closeCall'> = z.output<(typeof callEndpoints)[Name]['body']>
type CallKey = { readonly customerId: string; readonly callId: string }

const claimMs = 15 * 60_000
/** After nobody answered, the next try is not before so long. */
const againMs = 20 * 3_600_000
/** As many of a segment at once. */
const mostMembers = 5_000

/** Puts a customer on the call list. @throws customers.not_found, engagement.no_phone */
export async function addCall(ctx: Ctx, tx: Tx, customerId: string, input: Body<'addCall'>): Promise<Call> {
  const party = await customerById(tx, customerId)
  if (!party) throw refuse('customers.not_found')
  if (!party.phone) throw refuse('engagement.no_phone')
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const { about, script, asked, purpose } = input
  const not_before = input.notBefore ? new Date(input.notBefore) : now
  const created_by = actorLabel(ctx.actor)
  const row = { party_id: party.id, id, about, script, asked, purpose, not_before, segment_id: null, created_by }
  await insertCalls(tx, [row], now)
  return readCall(ctx, tx, { customerId: party.id, callId: id })
}

/**
 * Puts the members of a segment on the list who have a telephone and may be called today or later; the others are left out, and who
 * is on the list for it already stays there once.
 * @throws engagement.segment_not_found
 */
export async function addCallsOfSegment(
  ctx: Ctx,
  tx: Tx,
  segmentId: string,
  { about, script, purpose }: Body<'addCallsOfSegment'>,
): Promise<{ added: number; leftOut: number }> {
  await readSegment(tx, segmentId)
  const now = ctx.clock.now()
  const members = await membersToCall(tx, segmentId, mostMembers)
  const attempts = await attemptsOf(
    tx,
    members.map(({ id }) => id),
  )
  const called = members.map(({ id, ...member }) => ({
    ...member,
    party_id: id,
    purpose,
    asked: false,
    address: null,
    attempts: attempts.filter(({ root_id }) => root_id === id),
  }))
  const permissions = await permissionsOf(ctx, tx, called)
  const created_by = actorLabel(ctx.actor)
  const rows = called.flatMap(({ party_id, asked }, nth) => {
    const not_before = permissions[nth]?.from
    if (!not_before) return []
    return [
      { party_id, id: ctx.ids.next(), about, script, purpose, asked, not_before, segment_id: segmentId, created_by },
    ]
  })
  return { added: await insertCalls(tx, rows, now), leftOut: members.length - rows.length }
}

/**
 * Takes a call: nobody else calls meanwhile.
 * @throws engagement.call_not_found, engagement.call_not_now with why and from when, engagement.call_taken
 */
export async function takeCall(ctx: Ctx, tx: Tx, key: CallKey): Promise<Call> {
  const call = await readCall(ctx, tx, key)
  if (call.state !== 'open') throw refuse('engagement.call_taken')
  const { allowed, reason, from } = call.permission
  if (!allowed) throw refuse('engagement.call_not_now', { reason, from: from ?? '' })
  const now = ctx.clock.now()
  const until = new Date(now.getTime() + claimMs)
  const claim = { partyId: key.customerId, id: key.callId, by: whoOf(ctx), now, until }
  if (!(await claimCall(tx, claim))) throw refuse('engagement.call_taken')
  return readCall(ctx, tx, key)
}

/** What becomes of a call after each outcome. */
const stateAfter: Readonly<Record<CallOutcome, CallRow['state']>> = {
  reached: 'done',
  no_answer: 'open',
  call_back: 'open',
  appointment: 'done',
  refused: 'done',
  wrong_number: 'given_up',
}

/**
 * Writes down what came of a call one has taken. A refusal withdraws the consent to be called, with the call as its proof; whoever
 * asks to be called back is, at that time.
 * @throws engagement.call_not_found, engagement.call_taken
 */
export async function closeCall(ctx: Ctx, tx: Tx, key: CallKey, body: Body<'closeCall'>): Promise<Call> {
  const { outcome, note, callBackAt } = body
  const now = ctx.clock.now()
  const again = outcome === 'no_answer' ? new Date(now.getTime() + againMs) : null
  const settled = await settleCall(tx, {
    partyId: key.customerId,
    id: key.callId,
    by: whoOf(ctx),
    outcome,
    state: stateAfter[outcome],
    notBefore: callBackAt === undefined ? again : new Date(callBackAt),
    asked: outcome === 'call_back',
    now,
  })
  if (!settled) throw refuse('engagement.call_taken')
  const { customerId: partyId, callId } = key
  const made = { partyId, id: ctx.ids.next(), callId, at: now, outcome, note, actor: whoOf(ctx) }
  await insertAttempt(tx, made)
  await noteCall(ctx, tx, made)
  await tellJourney(ctx, tx, made)
  const call = await readCall(ctx, tx, key)
  if (outcome === 'refused')
    await appendConsent(ctx, tx, {
      partyId,
      act: 'withdrawn',
      medium: 'phone',
      purpose: null,
      source: 'call',
      wording: 'staff-1',
      locale: ctx.locale,
      proof: { call: callId, said: note },
      address: call.phone,
    })
  return call
}

/** What a journey hears of each outcome of its call; nobody who did not answer has done anything. */
const eventOf: Readonly<Partial<Record<CallOutcome, ContactEventKind>>> = {
  reached: 'delivered',
  call_back: 'delivered',
  appointment: 'clicked',
  refused: 'complained',
  wrong_number: 'bounced',
}

/** A call that a journey asked for has the id of its contact. The time of whoever called is spent, whatever came of it. */
async function tellJourney(
  ctx: Ctx,
  tx: Tx,
  { partyId, callId, at, outcome }: { partyId: string; callId: string; at: Date; outcome: CallOutcome },
): Promise<void> {
  const kind = eventOf[outcome]
  if (kind === undefined) return
  await noteContactEvents(ctx, tx, [{ contactId: callId, partyId, kind, at, userAgent: '', ip: '', spent: true }])
}

/** @throws engagement.call_not_found */
async function readCall(ctx: Ctx, db: Queryable, { customerId, callId }: CallKey): Promise<Call> {
  const row = await callById(db, { partyId: customerId, id: callId, now: ctx.clock.now() })
  if (!row) throw refuse('engagement.call_not_found')
  const [call] = await viewCalls(ctx, db, [row])
  assert(call, 'a call that was read is shown')
  return call
}

/** Calls as people see them: with what was tried, and whether they may be made now. */
export async function viewCalls(ctx: Ctx, db: Queryable, rows: readonly CallRow[]): Promise<Call[]> {
  const partyIds = [...new Set(rows.map(({ party_id }) => party_id))]
  const made = await attemptsOf(db, partyIds)
  const relational = await relationalAmong(db, partyIds)
  const hours = await replyHoursOf(db, partyIds)
  const called = rows.map((row) => ({ ...row, attempts: made.filter(({ root_id }) => root_id === row.party_id) }))
  const permissions = await permissionsOf(ctx, db, called)
  return called.map(({ attempts, ...row }, nth) => {
    const permission = permissions[nth]
    assert(permission, 'every call has its answer')
    const { allowed, reason, from } = waitingFor(row, permission, ctx.clock.now())
    const busy = row.claimed_until !== null && row.claimed_until > ctx.clock.now()
    return {
      id: row.id,
      customerId: row.party_id,
      name: row.name,
      phone: row.phone,
      relational: relational.has(row.party_id),
      firstBy: row.first_by,
      replyBy: row.asked ? replyBy(row.created_at, hours.get(row.party_id)) : null,
      asked: row.asked,
      purpose: row.purpose,
      about: row.about,
      script: row.script,
      state: row.state,
      notBefore: row.not_before.toISOString(),
      claimedBy: busy ? row.claimed_by : null,
      attempts: attempts
        .filter(({ call_id }) => call_id === row.id)
        .map(({ at, outcome, note, actor }) => ({ at: at.toISOString(), outcome, note, actor })),
      permission: { allowed, reason, from: from?.toISOString() ?? null },
    }
  })
}

type Called = Pick<CallRow, 'party_id' | 'member_ids' | 'phone' | 'purpose' | 'asked' | 'address'> & {
  readonly attempts: readonly AttemptRow[]
}
type CallPermission = { allowed: boolean; reason: Call['permission']['reason']; from: Date | null }

/** Whether each may be called now, by the one gate, asked once for all; what was tried and refused counts, whatever it was about. */
async function permissionsOf(ctx: Ctx, db: Queryable, calls: readonly Called[]): Promise<CallPermission[]> {
  const at = ctx.clock.now()
  const questions = calls.map(({ member_ids: memberIds, phone, purpose }) => ({
    memberIds,
    medium: 'phone' as const,
    purpose,
    address: phone ?? '',
    at,
  }))
  const permissions = await permissionsFor(ctx.config, db, questions)
  return calls.map(({ phone, purpose, asked, address, attempts }, nth) => {
    const permission = permissions[nth]
    assert(permission, 'every question has its answer')
    if (!phone) return { allowed: false, reason: 'no_phone', from: null }
    return withinHours(permission, {
      medium: 'phone',
      purpose,
      address: phone,
      at,
      place: address ?? undefined,
      calls: {
        asked,
        attempts: attempts.map((made) => made.at),
        refusals: attempts.filter(({ outcome }) => outcome === 'refused').map((made) => made.at),
      },
    })
  })
}

/** Whoever asked in the shop said when they wish it: not before. */
function waitingFor(
  { wished, not_before: from }: Pick<CallRow, 'wished' | 'not_before'>,
  permission: CallPermission,
  now: Date,
): CallPermission {
  return wished && permission.allowed && from > now ? { allowed: false, reason: 'hours', from } : permission
}

/** Who is on a call: by name, as the others see it. */
const whoOf = (ctx: Ctx): string => actorLabel(ctx.actor) ?? ''
