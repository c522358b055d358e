import type { CustomerRestriction, RestrictionReason } from '@ecluse/contracts/restriction.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { survivorsOf, membersOf } from '../queries/merges.ts'
import { dropComputed, endRestrictions, insertRestriction, liftEnded, restrictionsOf } from '../queries/restrictions.ts'
import { tellProfilesChanged } from '../tell-changed.ts'

async function someMembers(db: Queryable, customerId: string): Promise<string[]> {
  const members = await membersOf(db, customerId)
  if (members.length === 0) throw refuse('customers.not_found')
  return members
}

/** Whether a customer's data may only be kept. @throws customers.not_found */
export async function readRestriction(db: Queryable, customerId: string): Promise<CustomerRestriction> {
  const [row] = await restrictionsOf(db, await someMembers(db, customerId))
  if (!row) return { restriction: null }
  const { reason, note, since, actor, ends_at, told } = row
  const endsAt = ends_at?.toISOString() ?? null
  return { restriction: { reason, note, since: since.toISOString(), actor, endsAt, told } }
}

/**
 * From now on a customer's data are only kept: what was computed of them goes, and whoever computes anew leaves them out. It is of the
 * party itself, so that taking a merge back restricts nobody else.
 */
export async function restrictCustomer(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  given: { readonly reason: RestrictionReason; readonly note: string },
): Promise<void> {
  const members = await someMembers(tx, customerId)
  const party_id = (await survivorsOf(tx, [customerId])).get(customerId) ?? customerId
  const known = { id: ctx.ids.next(), since: ctx.clock.now(), actor: actorLabel(ctx.actor) }
  await insertRestriction(tx, { ...known, ...given, party_id, ends_at: null, told: null })
  await dropComputed(tx, members)
  await tellProfilesChanged(ctx, tx, members)
  const payload = { partyIds: members }
  await publish(tx, ctx, [{ type: 'customers.customer_restricted', version: 1, aggregateId: party_id, payload }])
}

/** Says when a restriction ends, and how its customer was told. @throws customers.not_restricted */
export async function endRestriction(
  tx: Tx,
  customerId: string,
  { endsAt, told }: { endsAt: Date; told: string },
): Promise<void> {
  const partyIds = await someMembers(tx, customerId)
  if ((await endRestrictions(tx, { partyIds, endsAt, told })) === 0) throw refuse('customers.not_restricted')
}

/** Lifts the restrictions whose time is over: their customers are counted again. */
export async function liftRestrictions(ctx: Ctx, tx: Tx): Promise<void> {
  await tellProfilesChanged(ctx, tx, await liftEnded(tx, ctx.clock.now()))
}
