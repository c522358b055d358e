import type { IdentityProof } from '@ecluse/contracts/rights.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { dueAt } from '../domain/deadline.ts'
import { erasePersonJob, makeArchiveJob } from '../jobs/names.ts'
import { archiveOf } from '../queries/archives.ts'
import { erasureOf } from '../queries/erasures.ts'
import { lockRequest } from '../queries/locks.ts'
import { requestById, updateRequest, type RequestRow } from '../queries/requests.ts'
import type { RightsDesk } from '../rights-desk.ts'
import { sendLink } from './open-request.ts'

export type RequestAct =
  | { readonly act: 'identify'; readonly identity: IdentityProof }
  | { readonly act: 'extend'; readonly reason: string }
  | { readonly act: 'start' }
  | { readonly act: 'send' }
  | { readonly act: 'close'; readonly outcome: 'done' | 'refused'; readonly answer: string }

/**
 * One step of a request, by somebody of the team.
 * @throws rights.not_found, rights.closed, rights.not_identified, rights.under_way, rights.nothing_to_send
 */
export async function actOnRequest(
  ctx: Ctx,
  tx: Tx,
  desk: RightsDesk,
  requestId: string,
  act: RequestAct,
): Promise<RequestRow> {
  const request = await lockedRequest(tx, requestId)
  if (act.act === 'send') return send(ctx, tx, desk, request)
  if (request.closed_at !== null) throw refuse('rights.closed')
  const changed = changedBy(ctx, request, act)
  if (act.act === 'close' && (await erasureOf(tx, requestId))) throw refuse('rights.under_way')
  await updateRequest(tx, changed)
  if (act.act === 'start') await startWork(tx, changed)
  return changed
}

function changedBy(ctx: Ctx, request: RequestRow, act: Exclude<RequestAct, { act: 'send' }>): RequestRow {
  const now = ctx.clock.now()
  const who = actorLabel(ctx.actor)
  switch (act.act) {
    case 'identify':
      return { ...request, identity: act.identity, identified_at: now, identified_by: who }
    case 'extend':
      if (request.extended_reason !== null) throw refuse('rights.extended_already')
      return { ...request, extended_reason: act.reason, due_at: dueAt(request.received_at, true) }
    case 'start':
      return started(request)
    case 'close':
      return { ...request, state: act.outcome, answer: act.answer, closed_at: now, closed_by: who }
  }
}

/** Access and erasure are done by us; what else people ask is done on the customer's page. */
function started(request: RequestRow): RequestRow {
  if (request.identity === null) throw refuse('rights.not_identified')
  if (request.state === 'working') throw refuse('rights.under_way')
  if (!['access', 'portability', 'erasure'].includes(request.kind)) throw refuse('rights.by_hand')
  return { ...request, state: 'working' }
}

async function startWork(tx: Tx, { id, kind }: RequestRow): Promise<void> {
  const job = kind === 'erasure' ? erasePersonJob : makeArchiveJob
  await enqueue(tx, job, { requestId: id }, { key: `${job.name} ${id}` })
}

/** Sends the archive's link to the mailbox on file. */
async function send(ctx: Ctx, tx: Tx, desk: RightsDesk, request: RequestRow): Promise<RequestRow> {
  const archive = await archiveOf(tx, request.id)
  if (request.email === null || !archive || archive.removed_at !== null) throw refuse('rights.nothing_to_send')
  await sendLink(ctx, tx, desk, request, { kind: 'access', recipient: request.email, until: archive.expires_at })
  return request
}

/**
 * The link of the message was confirmed: who holds it reads the mailbox. Confirmed again, it stays as it is.
 * @throws rights.not_found, rights.link_expired
 */
export async function confirmRequest(ctx: Ctx, tx: Tx, requestId: string): Promise<RequestRow> {
  const request = await lockedRequest(tx, requestId)
  if (request.state !== 'to_confirm') return request
  const now = ctx.clock.now()
  const confirmed: RequestRow = {
    ...request,
    state: 'working',
    identity: request.origin === 'member' ? 'session' : 'mailbox',
    identified_at: now,
  }
  await updateRequest(tx, confirmed)
  await startWork(tx, confirmed)
  return confirmed
}

async function lockedRequest(tx: Tx, requestId: string): Promise<RequestRow> {
  if (!(await lockRequest(tx, requestId))) throw refuse('rights.not_found')
  const request = await requestById(tx, requestId)
  if (!request) throw refuse('rights.not_found')
  return request
}
