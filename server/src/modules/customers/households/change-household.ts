import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { lockRoots } from '../identity/lock-roots.ts'
import {
  householdsOf,
  insertHouseholdEvents,
  peopleOfHouseholds,
  projectHouseholds,
  type HouseholdEventRow,
} from '../queries/households.ts'
import { lockParty } from '../queries/locks.ts'
import { survivorsOf } from '../queries/merges.ts'
import { partiesByIds } from '../queries/parties.ts'
import { tellProfilesChanged } from '../tell-changed.ts'

type Said = Pick<HouseholdEventRow, 'act' | 'source' | 'household_id'>

/**
 * Notes that two customers live together. Who lives with somebody brings the other there; who does not brings nobody. The household says nothing of
 * what either allows: consents are each one's own.
 * @returns their household, and what was noted: nothing when they lived together already
 * @throws customers.not_found, customers.already_one, customers.company_in_no_household, and customers.in_another_household when each lives with
 * others
 */
export async function joinHousehold(
  ctx: Ctx,
  tx: Tx,
  pair: { readonly partyId: string; readonly otherId: string; readonly source: HouseholdEventRow['source'] },
): Promise<{ householdId: string; eventIds: string[] }> {
  const roots = await lockRoots(tx, pair.partyId, pair.otherId)
  if ((await partiesByIds(tx, roots)).some(({ kind }) => kind !== 'person'))
    throw refuse('customers.company_in_no_household')
  const homes = await householdsOf(tx, roots)
  const [one, other] = roots.map((id) => homes.get(id))
  if (one !== undefined && other !== undefined && one !== other) throw refuse('customers.in_another_household')
  const householdId = one ?? other ?? ctx.ids.next()
  const joining = roots.filter((id) => homes.get(id) !== householdId)
  const said = { act: 'joined', household_id: householdId, source: pair.source } as const
  return { householdId, eventIds: await say(ctx, tx, joining, said) }
}

/**
 * Notes that a customer lives with nobody there any more, or that nobody of them does.
 * @throws customers.not_found, customers.in_no_household
 */
export async function leaveHousehold(
  ctx: Ctx,
  tx: Tx,
  { partyId, everybody, source }: { partyId: string; everybody: boolean; source: HouseholdEventRow['source'] },
): Promise<void> {
  const root = (await survivorsOf(tx, [partyId])).get(partyId)
  if (root === undefined) throw refuse('customers.not_found')
  const before = (await householdsOf(tx, [root])).get(root)
  if (before === undefined) throw refuse('customers.in_no_household')
  const people = everybody ? (await peopleOfHouseholds(tx, [before])).map(({ party_id }) => party_id) : [root]
  for (const id of people.toSorted()) await lockParty(tx, id)
  // Who went elsewhere before this had their row has left already.
  const still = await householdsOf(tx, people)
  const leaving = people.filter((id) => still.get(id) === before)
  if (leaving.length === 0) throw refuse('customers.in_no_household')
  await say(ctx, tx, leaving, { act: 'left', household_id: before, source })
}

async function say(ctx: Ctx, tx: Tx, partyIds: readonly string[], said: Said): Promise<string[]> {
  if (partyIds.length === 0) return []
  const by = { actor: actorLabel(ctx.actor), at: ctx.clock.now() }
  const events = partyIds.map((party_id) => ({ party_id, id: ctx.ids.next(), ...said, ...by }))
  await insertHouseholdEvents(tx, events)
  await regroupHouseholds(ctx, tx, partyIds)
  return events.map(({ id }) => id)
}

/** Computes again where these live, and tells of everybody whose household is another than it was. */
export async function regroupHouseholds(ctx: Ctx, tx: Tx, partyIds: readonly string[]): Promise<void> {
  const concerned = await projectHouseholds(tx, partyIds)
  if (concerned.length === 0) return
  const people = await peopleOfHouseholds(tx, concerned)
  await tellProfilesChanged(ctx, tx, new Set([...partyIds, ...people.map(({ party_id }) => party_id)]))
}
