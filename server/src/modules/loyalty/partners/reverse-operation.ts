import type { PartnerOperation } from '@ecluse/contracts/partners.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { membersOf } from '../../customers/public.ts'
import { insertTransfers } from '../../payments/public.ts'
import { stepsTo } from '../domain/book-earning.ts'
import { shareUndone } from '../domain/partner-money.ts'
import { settleExpired } from '../expire-points.ts'
import { bookedOf } from '../queries/earnings.ts'
import {
  insertOperation,
  operationOfReference,
  operationRow,
  partsOf,
  updateOperation,
  updateReturned,
  type OperationRow,
} from '../queries/partner-operations.ts'
import { bookMoney, lockWorking, movePoints, partnerAsking, viewOperation } from './at-till.ts'
import { lockParts } from './move-points.ts'

/**
 * Undoes all or part of what was done at a partner’s till, because goods came back to it: points that were earned are taken back, spent or
 * not, and points that were spent come back as if they had not been; the partner owes, or is owed, that much less.
 * @throws access.forbidden, loyalty.partner_stopped, loyalty.partner_operation_not_found, loyalty.partner_operation_ended,
 * loyalty.partner_reversed, loyalty.partner_reference_used, loyalty.partner_member_gone
 */
export async function reverseOperation(
  ctx: Ctx,
  tx: Tx,
  operationId: string,
  asked: { points: number; reference: string },
): Promise<PartnerOperation> {
  const { id: partnerId } = await partnerAsking(ctx, tx)
  await lockParts(tx, partnerId, operationId)
  await lockWorking(tx, partnerId)
  const whole = await operationRow(tx, partnerId, operationId)
  if (whole?.kind !== 'earn' && whole?.kind !== 'spend') throw refuse('loyalty.partner_operation_not_found')
  if (whole.state !== 'done') throw refuse('loyalty.partner_operation_ended', { state: whole.state })
  const kind = whole.kind === 'earn' ? 'earn_reversal' : 'spend_reversal'
  const earlier = await operationOfReference(tx, { partnerId, kind, reference: asked.reference })
  if (earlier) {
    const same = earlier.points === asked.points && earlier.reverses_id === whole.id
    if (!same) throw refuse('loyalty.partner_reference_used')
    return viewOperation(ctx, tx, earlier)
  }
  const left = whole.points - whole.reversed_points
  if (asked.points > left) throw refuse('loyalty.partner_reversed', { left })
  if (whole.kind === 'earn') await takeBack(ctx, tx, whole, asked.points)
  else await giveBack(ctx, tx, whole, asked.points)
  const row = reversalOf(ctx, whole, kind, asked)
  await insertOperation(tx, row)
  await updateOperation(tx, {
    ...whole,
    reversed_points: whole.reversed_points + asked.points,
    reversed_minor: whole.reversed_minor + row.amount_minor,
  })
  await bookMoney(ctx, tx, row)
  return viewOperation(ctx, tx, row)
}

function reversalOf(
  ctx: Ctx,
  whole: OperationRow,
  kind: OperationRow['kind'],
  { points, reference }: { points: number; reference: string },
): OperationRow {
  const now = ctx.clock.now()
  return {
    ...whole,
    id: ctx.ids.next(),
    kind,
    points,
    amount_minor: shareUndone(
      { points: whole.points, minor: whole.amount_minor },
      { points: whole.reversed_points, minor: whole.reversed_minor },
      points,
    ),
    reference,
    reverses_id: whole.id,
    reversed_points: 0,
    reversed_minor: 0n,
    at: now,
    until: null,
    done_at: now,
  }
}

/** Takes what was earned out of its own lot: what had ended is lost once, what was spent is owed. */
async function takeBack(ctx: Ctx, tx: Tx, whole: OperationRow, points: number): Promise<void> {
  const [part] = await partsOf(tx, whole.partner_id, whole.id)
  if (!part) throw refuse('loyalty.partner_member_gone')
  const owner = part.party_id
  await settleExpired(ctx, tx, await membersOf(tx, owner))
  const sums = new Map((await bookedOf(tx, [owner], [whole.id])).map(({ cause, amount }) => [cause, amount]))
  const of = (cause: string): bigint => sums.get(cause) ?? 0n
  const booked = {
    pending: 0n,
    activated: of('partner_earned'),
    reversed: of('partner_reversed'),
    expired: of('expired') - of('restored'),
  }
  const steps = stepsTo(BigInt(whole.points - whole.reversed_points - points), booked, true)
  await insertTransfers(
    tx,
    'point',
    steps.map(({ cause, amount }) => ({
      owner_id: owner,
      id: ctx.ids.next(),
      from_account: cause === 'restored' ? 'points_expired' : 'points',
      to_account: cause === 'restored' ? 'points' : 'points_partner_given',
      amount,
      cause: cause === 'restored' ? cause : 'partner_reversed',
      subject_id: whole.id,
      lot_id: whole.id,
      expires_at: null,
      note: null,
      actor: null,
      booked_at: ctx.clock.now(),
    })),
  )
  await updateReturned(tx, { partnerId: whole.partner_id, operationId: whole.id }, new Map([[owner, BigInt(points)]]))
}

/** Gives back what was spent, to whom it came from. */
async function giveBack(ctx: Ctx, tx: Tx, whole: OperationRow, points: number): Promise<void> {
  const given = new Map<string, bigint>()
  let missing = points
  for (const part of await partsOf(tx, whole.partner_id, whole.id)) {
    const now = Math.min(missing, part.points - part.returned)
    if (now > 0) given.set(part.party_id, BigInt(now))
    missing -= now
  }
  const [owner] = given.keys()
  if (missing > 0 || owner === undefined) throw refuse('loyalty.partner_member_gone')
  const how = { from: 'points_partner_spent', to: 'points', cause: 'partner_returned', subjectId: whole.id }
  await movePoints(ctx, tx, given, how)
  await updateReturned(tx, { partnerId: whole.partner_id, operationId: whole.id }, given)
  await settleExpired(ctx, tx, await membersOf(tx, owner))
}
