import type { PartnerOperation } from '@ecluse/contracts/partners.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { membersOf } from '../../customers/public.ts'
import { insertTransfers } from '../../payments/public.ts'
import { dayOf, endOf } from '../domain/days.ts'
import { worthOfPoints } from '../domain/partner-money.ts'
import { settleExpired } from '../expire-points.ts'
import { lockMemberships, lockPartner } from '../queries/locks.ts'
import {
  heldTooLong,
  insertOperation,
  insertParts,
  operationOfReference,
  operationRow,
  partsOf,
  updateOperation,
  usedSince,
  type OperationRow,
} from '../queries/partner-operations.ts'
import type { PartnerRow } from '../queries/partners.ts'
import { currentProgramme } from '../queries/programmes.ts'
import { takePoints } from '../spend-points.ts'
import { bookMoney, lockWorking, movePoints, openTill, partnerAsking, viewOperation } from './at-till.ts'

/** How long a till holds points before it takes them. */
const holdMs = 15 * 60_000

type Asked = { cardNumber: string; points: number; reference: string; shop: string | null }

/**
 * Gives points at a partner’s till: active at once, ending as others do, and owed by the partner at its rate.
 * @throws access.forbidden, loyalty.partner_stopped, loyalty.card_unknown, loyalty.no_programme, loyalty.partner_limit,
 * loyalty.partner_reference_used
 */
export async function earnAtPartner(ctx: Ctx, tx: Tx, asked: Asked): Promise<PartnerOperation> {
  const { partner, owner, members } = await openTill(ctx, tx, asked.cardNumber)
  const earlier = await doneBefore(tx, partner, 'earn', { ...asked, members })
  if (earlier) return viewOperation(ctx, tx, earlier)
  const programme = await currentProgramme(tx)
  if (!programme) throw refuse('loyalty.no_programme')
  await keepWithin(ctx, tx, partner, { kind: 'earn', members, points: asked.points })
  const row = newOperation(ctx, partner, asked, { kind: 'earn', state: 'done' })
  await insertOperation(tx, row)
  const points = BigInt(asked.points)
  await insertParts(tx, { partnerId: partner.id, operationId: row.id }, new Map([[owner, points]]))
  await insertTransfers(tx, 'point', [
    {
      owner_id: owner,
      id: ctx.ids.next(),
      from_account: 'points_partner_given',
      to_account: 'points',
      amount: points,
      cause: 'partner_earned',
      subject_id: row.id,
      lot_id: row.id,
      expires_at: endOf(row.at, programme.rule.expiryMonths),
      note: null,
      actor: null,
      booked_at: row.at,
    },
  ])
  await bookMoney(ctx, tx, row)
  return viewOperation(ctx, tx, row)
}

/**
 * Takes points at a partner’s till, or holds them: what ends first goes first, and of two tills at the last points one gets them.
 * @throws access.forbidden, loyalty.partner_stopped, loyalty.card_unknown, loyalty.points_short, loyalty.partner_limit,
 * loyalty.partner_reference_used
 */
export async function spendAtPartner(ctx: Ctx, tx: Tx, asked: Asked & { hold: boolean }): Promise<PartnerOperation> {
  const { partner, members } = await openTill(ctx, tx, asked.cardNumber)
  const earlier = await doneBefore(tx, partner, 'spend', { ...asked, members })
  if (earlier) return viewOperation(ctx, tx, earlier)
  await keepWithin(ctx, tx, partner, { kind: 'spend', members, points: asked.points })
  const standing = await settleExpired(ctx, tx, members)
  const points = BigInt(asked.points)
  if (standing.active < points) throw refuse('loyalty.points_short', { active: Number(standing.active) })
  const row = newOperation(ctx, partner, asked, { kind: 'spend', state: asked.hold ? 'held' : 'done' })
  await insertOperation(tx, row)
  const how = asked.hold
    ? { cause: 'partner_held', to: 'points_held' }
    : { cause: 'partner_spent', to: 'points_partner_spent' }
  const drawn = await takePoints(ctx, tx, standing, points, { ...how, subjectId: row.id, note: null })
  await insertParts(tx, { partnerId: partner.id, operationId: row.id }, drawn)
  if (!asked.hold) await bookMoney(ctx, tx, row)
  return viewOperation(ctx, tx, row)
}

/**
 * Takes points that were held. Again, it changes nothing.
 * @throws access.forbidden, loyalty.partner_stopped, loyalty.partner_operation_not_found, loyalty.partner_operation_ended
 */
export async function commitSpending(ctx: Ctx, tx: Tx, operationId: string): Promise<PartnerOperation> {
  const held = await openHold(ctx, tx, operationId)
  if (held.row.state === 'done') return viewOperation(ctx, tx, held.row)
  const now = ctx.clock.now()
  if (held.row.state !== 'held' || held.row.until === null || held.row.until <= now || held.parts.size === 0)
    throw refuse('loyalty.partner_operation_ended', { state: 'released' })
  const row: OperationRow = { ...held.row, state: 'done', done_at: now }
  await updateOperation(tx, row)
  const how = { from: 'points_held', to: 'points_partner_spent', cause: 'partner_committed', subjectId: row.id }
  await movePoints(ctx, tx, held.parts, how)
  await bookMoney(ctx, tx, row)
  return viewOperation(ctx, tx, row)
}

/**
 * Gives back points that were held. Again, it changes nothing.
 * @throws access.forbidden, loyalty.partner_stopped, loyalty.partner_operation_not_found, loyalty.partner_operation_ended
 */
export async function releaseSpending(ctx: Ctx, tx: Tx, operationId: string): Promise<PartnerOperation> {
  const { row, parts } = await openHold(ctx, tx, operationId)
  if (row.state === 'done') throw refuse('loyalty.partner_operation_ended', { state: row.state })
  return viewOperation(ctx, tx, row.state === 'released' ? row : await release(ctx, tx, row, parts))
}

/** Gives back what tills held too long. */
export async function releaseHolds(ctx: Ctx): Promise<void> {
  for (const { partner_id: partnerId, id } of await heldTooLong(ctx.db, ctx.clock.now()))
    await inTransaction(ctx.db, async (tx) => {
      const parts = await lockParts(tx, partnerId, id)
      await lockPartner(tx, partnerId)
      const row = await operationRow(tx, partnerId, id)
      if (row?.state === 'held') await release(ctx, tx, row, parts)
    })
}

/** What was held comes back as if it had not been: what had its end meanwhile has ended. */
async function release(ctx: Ctx, tx: Tx, row: OperationRow, parts: ReadonlyMap<string, bigint>): Promise<OperationRow> {
  const released: OperationRow = { ...row, state: 'released' }
  await updateOperation(tx, released)
  const how = { from: 'points_held', to: 'points', cause: 'partner_released', subjectId: row.id }
  await movePoints(ctx, tx, parts, how)
  const [owner] = parts.keys()
  if (owner !== undefined) await settleExpired(ctx, tx, await membersOf(tx, owner))
  return released
}

/** Whose points an operation moved, locked. Those who were erased are not among them. */
export async function lockParts(tx: Tx, partnerId: string, operationId: string): Promise<Map<string, bigint>> {
  const parts = await partsOf(tx, partnerId, operationId)
  await lockMemberships(
    tx,
    parts.map(({ party_id }) => party_id),
  )
  return new Map(parts.map(({ party_id, points }) => [party_id, BigInt(points)]))
}

async function openHold(
  ctx: Ctx,
  tx: Tx,
  operationId: string,
): Promise<{ row: OperationRow; parts: ReadonlyMap<string, bigint> }> {
  const { id } = await partnerAsking(ctx, tx)
  const parts = await lockParts(tx, id, operationId)
  await lockWorking(tx, id)
  const row = await operationRow(tx, id, operationId)
  if (row?.kind !== 'spend') throw refuse('loyalty.partner_operation_not_found')
  return { row, parts }
}

/** The same receipt before: the same operation. @throws loyalty.partner_reference_used when it was another then */
async function doneBefore(
  tx: Tx,
  partner: PartnerRow,
  kind: 'earn' | 'spend',
  asked: { points: number; reference: string; members: readonly string[] },
): Promise<OperationRow | undefined> {
  const { reference, points, members } = asked
  const earlier = await operationOfReference(tx, { partnerId: partner.id, kind, reference })
  if (!earlier) return undefined
  const parts = await partsOf(tx, partner.id, earlier.id)
  const same = earlier.points === points && parts.some(({ party_id }) => members.includes(party_id))
  if (!same) throw refuse('loyalty.partner_reference_used')
  return earlier
}

/** Holds a day, in Paris, to what was agreed. @throws loyalty.partner_limit */
async function keepWithin(
  ctx: Ctx,
  tx: Tx,
  partner: PartnerRow,
  asked: { kind: 'earn' | 'spend'; members: readonly string[]; points: number },
): Promise<void> {
  const { kind, members, points } = asked
  const day = dayOf(ctx.clock.now()).toZonedDateTime('Europe/Paris')
  const since = new Date(day.epochMilliseconds)
  const used = await usedSince(tx, { partnerId: partner.id, kind, since, partyIds: members })
  const most =
    kind === 'earn'
      ? { person: partner.person_day_earn, all: partner.day_earn }
      : { person: partner.person_day_spend, all: partner.day_spend }
  const left = Math.min(most.person - Number(used.theirs), most.all - Number(used.all))
  if (points > left) throw refuse('loyalty.partner_limit', { left: Math.max(0, left) })
}

function newOperation(
  ctx: Ctx,
  partner: PartnerRow,
  asked: Asked,
  as: { kind: 'earn' | 'spend'; state: 'held' | 'done' },
): OperationRow {
  const now = ctx.clock.now()
  return {
    partner_id: partner.id,
    id: ctx.ids.next(),
    kind: as.kind,
    state: as.state,
    points: asked.points,
    amount_minor: worthOfPoints(asked.points, as.kind === 'earn' ? partner.sold_minor : partner.bought_minor),
    reference: asked.reference,
    shop: asked.shop,
    reverses_id: null,
    reversed_points: 0,
    reversed_minor: 0n,
    at: now,
    until: as.state === 'held' ? new Date(now.getTime() + holdMs) : null,
    done_at: as.state === 'done' ? now : null,
  }
}
