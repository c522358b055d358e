import type { CustomerEntitlements, Entitlement, TreatmentEffects } from '@ecluse/contracts/entitlements.ts'
import type { LoyaltyBenefit } from '@ecluse/contracts/loyalty.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { readSetting, writeSetting } from '../../../kernel/settings.ts'
import { membersOf, partyById, partyOfKey, relationalAmong } from '../../customers/public.ts'
import { endGrant, entitlementsAt, grantsOf, insertGrant } from '../queries/entitlements.ts'

const setting = 'customers.treatment_effects'
const usual: TreatmentEffects = {
  relational: { replyHours: 4, benefits: ['own_line'] },
  transactional: { replyHours: 24, benefits: [] },
}

/** What the way customers are dealt with changes. */
export async function readEffects(db: Queryable): Promise<TreatmentEffects> {
  return (await readSetting<TreatmentEffects>(db, setting)) ?? usual
}

/** Decides it, and writes down who did (`customers.treatment_effects_changed`). */
export async function putEffects(ctx: Ctx, tx: Tx, effects: TreatmentEffects): Promise<TreatmentEffects> {
  const before = await readEffects(tx)
  await writeSetting(tx, setting, effects)
  const payload = { before, after: effects }
  await publish(tx, ctx, [
    { type: 'customers.treatment_effects_changed', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
  ])
  return effects
}

/**
 * What some customers are entitled to now, with what says so: a tier of the programme, the way they are dealt with, or a decision of
 * the team. Of those merged into one, what any of them has counts.
 */
export async function entitlementsOf(
  { db, clock }: Pick<Ctx, 'clock'> & { db: Queryable },
  partyIds: readonly string[],
): Promise<Map<string, Map<LoyaltyBenefit, string>>> {
  const found = new Map<string, Map<LoyaltyBenefit, string>>()
  if (partyIds.length === 0) return found
  for (const row of await entitlementsAt(db, partyIds, clock.now())) {
    const theirs = found.get(row.asked_id) ?? new Map<LoyaltyBenefit, string>()
    if (!theirs.has(row.benefit)) theirs.set(row.benefit, `${row.source}: ${row.reason}`)
    found.set(row.asked_id, theirs)
  }
  return found
}

/** Within how many hours each of some customers is answered. */
export async function replyHoursOf(db: Queryable, partyIds: readonly string[]): Promise<Map<string, number>> {
  const [effects, relational] = await Promise.all([readEffects(db), relationalAmong(db, partyIds)])
  return new Map(
    partyIds.map((id) => [id, effects[relational.has(id) ? 'relational' : 'transactional'].replyHours] as const),
  )
}

/** What a customer is entitled to, as it is shown. @throws customers.not_found */
export async function readEntitlements(ctx: Ctx, db: Queryable, customerId: string): Promise<CustomerEntitlements> {
  const customer = await partyById(db, customerId)
  if (!customer) throw refuse('customers.not_found')
  const now = ctx.clock.now()
  const members = await membersOf(db, customer.id)
  const [rows, grants, relational, effects] = await Promise.all([
    entitlementsAt(db, [customer.id], now),
    grantsOf(db, members, now),
    relationalAmong(db, [customer.id]),
    readEffects(db),
  ])
  const treatment = relational.has(customer.id) ? 'relational' : 'transactional'
  const ruled = rows
    .filter(({ source }) => source !== 'staff')
    .map(({ benefit, source, reason, until }) => ({
      benefit,
      source,
      reason,
      until: until?.toISOString() ?? null,
      grantId: null,
    }))
  const granted = grants.map(({ id, benefit, note, until }) => ({
    benefit,
    source: 'staff' as const,
    reason: note,
    until: until?.toISOString() ?? null,
    grantId: id,
  }))
  return { treatment, replyHours: effects[treatment].replyHours, items: [...ruled, ...granted] }
}

/** What whoever is signed in is entitled to: each benefit once, with the longest it is theirs. */
export async function myBenefits(ctx: Ctx): Promise<Pick<Entitlement, 'benefit' | 'until'>[]> {
  const { actor } = ctx
  const partyId = actor.kind === 'account' ? await partyOfKey(ctx.db, 'account', actor.accountId) : undefined
  if (partyId === undefined) return []
  const longest = new Map<LoyaltyBenefit, string | null>()
  for (const { benefit, until } of await entitlementsAt(ctx.db, [partyId], ctx.clock.now())) {
    const before = longest.get(benefit)
    const later = before === null || until === null ? null : until.toISOString()
    longest.set(benefit, before && later && before > later ? before : later)
  }
  return [...longest].map(([benefit, until]) => ({ benefit, until }))
}

/** Entitles a customer by hand. @throws customers.not_found */
export async function grantEntitlement(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  { benefit, note, until }: { benefit: LoyaltyBenefit; note: string; until: string | null },
): Promise<CustomerEntitlements> {
  const customer = await partyById(tx, customerId)
  if (!customer) throw refuse('customers.not_found')
  const known = { id: ctx.ids.next(), party_id: customer.id, since: ctx.clock.now(), actor: actorLabel(ctx.actor) }
  await insertGrant(tx, { ...known, benefit, note, until: until === null ? null : new Date(until) })
  return readEntitlements(ctx, tx, customer.id)
}

/** Ends what was granted by hand. @throws loyalty.not_entitled, customers.not_found */
export async function endEntitlement(
  ctx: Ctx,
  tx: Tx,
  { customerId, grantId }: { customerId: string; grantId: string },
): Promise<CustomerEntitlements> {
  const partyIds = await membersOf(tx, customerId)
  const ended = { id: grantId, partyIds, now: ctx.clock.now(), by: actorLabel(ctx.actor) }
  if ((await endGrant(tx, ended)) === 0) throw refuse('loyalty.not_entitled')
  return readEntitlements(ctx, tx, customerId)
}
