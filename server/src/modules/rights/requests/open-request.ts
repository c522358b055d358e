import { createHmac } from 'node:crypto'
import type { RightsKind } from '@ecluse/contracts/rights.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Config } from '../../../kernel/config.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { readableNumber } from '../../../kernel/ids.ts'
import { customerById } from '../../customers/public.ts'
import { queueRightsMail } from '../../engagement/public.ts'
import { dueAt } from '../domain/deadline.ts'
import { confirmDays } from '../domain/confirm-days.ts'
import { writeLinkToken } from '../link-token.ts'
import { insertRequest, type RequestRow } from '../queries/requests.ts'
import type { RightsDesk } from '../rights-desk.ts'

/** What stands for a mailbox when its address is gone. */
export function mailboxFingerprint({ sessionSecret }: Config, email: string): Buffer {
  return createHmac('sha256', sessionSecret).update(`rights\0${email.trim().toLowerCase()}`).digest()
}

function newRequest(
  ctx: Ctx,
  given: Pick<RequestRow, 'kind' | 'origin' | 'locale' | 'party_id' | 'account_id' | 'email' | 'reason' | 'state'>,
): RequestRow {
  const id = ctx.ids.next()
  const received_at = ctx.clock.now()
  return {
    id,
    number: `D-${readableNumber('rights request', id, 7)}`,
    received_at,
    due_at: dueAt(received_at, false),
    fingerprint: given.email === null ? null : mailboxFingerprint(ctx.config, given.email),
    extended_reason: null,
    identity: null,
    identified_at: null,
    identified_by: null,
    answer: '',
    closed_at: null,
    closed_by: null,
    progress: 0,
    obstacles: [],
    ...given,
  }
}

/**
 * Notes that somebody asks for their data, or to be erased, and sends a link to the mailbox. It is sent whether the mailbox is known
 * or not: the answer tells nothing, and whoever is unknown here has a right to be told so.
 * @param accountId of the member who asks, signed in
 */
export async function askByMail(
  ctx: Ctx,
  tx: Tx,
  desk: RightsDesk,
  {
    kind,
    email,
    locale,
    accountId,
  }: { kind: 'access' | 'erasure'; email: string; locale: Locale; accountId: string | null },
): Promise<void> {
  const address = email.trim().toLowerCase()
  const request = newRequest(ctx, {
    kind,
    origin: accountId === null ? 'mailbox' : 'member',
    state: 'to_confirm',
    locale,
    party_id: null,
    account_id: accountId,
    email: address,
    reason: '',
  })
  await insertRequest(tx, request)
  await sendLink(ctx, tx, desk, request, { kind, recipient: address })
}

/** Sends the link of a request to a mailbox. */
export async function sendLink(
  ctx: Ctx,
  tx: Tx,
  desk: RightsDesk,
  request: RequestRow,
  { kind, recipient, until }: { kind: 'access' | 'erasure'; recipient: string; until?: Date },
): Promise<void> {
  await queueRightsMail(ctx, tx, {
    requestId: request.id,
    number: request.number,
    kind,
    occurrence: ctx.clock.now().toISOString(),
    locale: request.locale,
    recipient,
    partyId: request.party_id,
    link: desk.link(request.locale, writeLinkToken(ctx.config, request.id)),
    until: until ?? new Date(ctx.clock.now().getTime() + confirmDays * 86_400_000),
  })
}

/**
 * Notes what a customer asked by letter, by telephone or in a shop.
 * @throws customers.not_found
 */
export async function openForCustomer(
  ctx: Ctx,
  tx: Tx,
  { customerId, kind, reason }: { customerId: string; kind: RightsKind; reason: string },
): Promise<RequestRow> {
  const customer = await customerById(tx, customerId)
  if (!customer) throw refuse('customers.not_found')
  const request = newRequest(ctx, {
    kind,
    origin: 'staff',
    state: 'open',
    locale: customer.locale,
    party_id: customer.id,
    account_id: null,
    email: customer.email,
    reason: `${reason}${ctx.actor.kind === 'system' ? '' : ` (${actorLabel(ctx.actor) ?? ''})`}`,
  })
  await insertRequest(tx, request)
  return request
}

/** Notes that somebody is to be erased because they were not heard of for long: the work begins at once. */
export async function openForRetention(
  ctx: Ctx,
  tx: Tx,
  party: { readonly id: string; readonly email: string | null; readonly locale: Locale },
): Promise<RequestRow> {
  const request: RequestRow = {
    ...newRequest(ctx, {
      kind: 'erasure',
      origin: 'retention',
      state: 'working',
      locale: party.locale,
      party_id: party.id,
      account_id: null,
      email: party.email,
      reason: '',
    }),
    identity: 'known',
    identified_at: ctx.clock.now(),
  }
  await insertRequest(tx, request)
  return request
}
