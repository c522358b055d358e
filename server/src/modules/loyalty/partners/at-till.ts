import type { PartnerOperation, PartnerOperationKind } from '@ecluse/contracts/partners.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { membersOf } from '../../customers/public.ts'
import { insertTransfers, transfersOf } from '../../payments/public.ts'
import { spendable, standingOf } from '../domain/lots.ts'
import { lockMemberships, lockPartner } from '../queries/locks.ts'
import { areRestricted, partsOf, type OperationRow } from '../queries/partner-operations.ts'
import { partnerRow, type PartnerRow } from '../queries/partners.ts'
import { memberOfCard } from '../read-member.ts'

/** The partner whose key asks; nobody else has tills here. @throws access.forbidden, loyalty.partner_not_found, loyalty.partner_stopped */
export async function partnerAsking(ctx: Ctx, db: Queryable): Promise<PartnerRow> {
  const { actor } = ctx
  if (actor.kind !== 'api_key' || !actor.partnerId) throw refuse('access.forbidden', { permission: 'partner:points' })
  return working(await partnerRow(db, actor.partnerId))
}

/** Locks the partner, who may have been stopped meanwhile. @throws loyalty.partner_not_found, loyalty.partner_stopped */
export async function lockWorking(tx: Tx, partnerId: string): Promise<PartnerRow> {
  return working(await lockPartner(tx, partnerId))
}

function working(row: PartnerRow | undefined): PartnerRow {
  if (!row) throw refuse('loyalty.partner_not_found')
  if (row.stopped_at !== null) throw refuse('loyalty.partner_stopped')
  return row
}

/**
 * Whom a card belongs to, with everybody who is one with them. Somebody whose data is restricted is unknown to partners.
 * @throws loyalty.card_unknown
 */
export async function holderOf(db: Queryable, cardNumber: string): Promise<{ partyId: string; members: string[] }> {
  const partyId = await memberOfCard(db, cardNumber)
  const members = await membersOf(db, partyId)
  if (await areRestricted(db, members)) throw refuse('loyalty.card_unknown')
  return { partyId, members }
}

/** Who presents a card at a till of a partner, both locked: points first, then the partner. @throws what `holderOf` and `partnerAsking` do */
export async function openTill(
  ctx: Ctx,
  tx: Tx,
  cardNumber: string,
): Promise<{ partner: PartnerRow; owner: string; members: string[] }> {
  const { id } = await partnerAsking(ctx, tx)
  const { partyId, members } = await holderOf(tx, cardNumber)
  const owners = await lockMemberships(tx, [partyId])
  const owner = owners.includes(partyId) ? partyId : owners[0]
  if (owner === undefined) throw refuse('loyalty.card_unknown')
  return { partner: await lockWorking(tx, id), owner, members }
}

/** What some members can spend now. */
export async function activeOf(ctx: Ctx, db: Queryable, members: readonly string[]): Promise<number> {
  return Number(spendable(standingOf(await transfersOf(db, 'point', members)), ctx.clock.now()))
}

/** An operation as the partner sees it: nothing of the person but what they have. */
export async function viewOperation(ctx: Ctx, db: Queryable, row: OperationRow): Promise<PartnerOperation> {
  const [part] = await partsOf(db, row.partner_id, row.reverses_id ?? row.id)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    points: row.points,
    amount: toMoney(row.amount_minor, 'EUR'),
    heldUntil: row.state === 'held' ? (row.until?.toISOString() ?? null) : null,
    active: part ? await activeOf(ctx, db, await membersOf(db, part.party_id)) : null,
  }
}

const money: Readonly<Record<PartnerOperationKind, readonly [from: string, to: string]>> = {
  earn: ['partner', 'partner_points_sold'],
  spend: ['partner_points_bought', 'partner'],
  earn_reversal: ['partner_points_sold', 'partner'],
  spend_reversal: ['partner', 'partner_points_bought'],
}

/** Books what an operation that is done comes to between the partner and us; what is worth less than half a cent, nothing. */
export async function bookMoney(ctx: Ctx, tx: Tx, row: OperationRow): Promise<void> {
  if (row.amount_minor === 0n) return
  const [from, to] = money[row.kind]
  await insertTransfers(tx, 'EUR', [
    {
      owner_id: row.partner_id,
      id: ctx.ids.next(),
      from_account: from,
      to_account: to,
      amount: row.amount_minor,
      cause: `partner_${row.kind}`,
      subject_id: row.id,
      lot_id: null,
      expires_at: null,
      note: null,
      actor: null,
      booked_at: row.done_at ?? row.at,
    },
  ])
}

/** Moves points of some owners from an account to another, beside the lots they lie in. */
export async function movePoints(
  ctx: Ctx,
  tx: Tx,
  parts: ReadonlyMap<string, bigint>,
  how: { from: string; to: string; cause: string; subjectId: string },
): Promise<void> {
  await insertTransfers(
    tx,
    'point',
    [...parts].map(([ownerId, amount]) => ({
      owner_id: ownerId,
      id: ctx.ids.next(),
      from_account: how.from,
      to_account: how.to,
      amount,
      cause: how.cause,
      subject_id: how.subjectId,
      lot_id: null,
      expires_at: null,
      note: null,
      actor: null,
      booked_at: ctx.clock.now(),
    })),
  )
}
