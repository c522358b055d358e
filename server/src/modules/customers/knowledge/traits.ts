import type { CustomerTraits, Declaration } from '@ecluse/contracts/traits.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { learnTraitsJob } from '../jobs/names.ts'
import { membersOf } from '../queries/merges.ts'
import { partyOfKey } from '../queries/parties.ts'
import { insertDeclaration, lastDeclaration, traitsOf, whereaboutsOf } from '../queries/traits.ts'
import { resolveParties } from '../resolve-parties.ts'

/**
 * What interests a customer, their sizes, where they buy and how far that is: what was computed beside what they said.
 * @throws customers.not_found
 */
export async function readTraits(db: Queryable, customerId: string): Promise<CustomerTraits> {
  const members = await membersOf(db, customerId)
  if (members.length === 0) throw refuse('customers.not_found')
  const [traits, place, said] = await Promise.all([
    traitsOf(db, customerId),
    whereaboutsOf(db, customerId),
    lastDeclaration(db, members),
  ])
  const away = (siteId: string | null | undefined, km: number | null | undefined) =>
    siteId ? { siteId, km: km ?? null } : null
  return {
    traits,
    said: said ? { ...said.said, at: said.at.toISOString() } : null,
    usualShop: away(place?.usual_site_id, place?.usual_km),
    nearestShop: away(place?.nearest_site_id, place?.nearest_km),
    knownBy: place?.known_by ?? null,
  }
}

/** The party of whoever is signed in; undefined while nothing was heard of them. */
export function partyOfAccount(db: Queryable, accountId: string): Promise<string | undefined> {
  return partyOfKey(db, 'account', accountId)
}

/**
 * Keeps what somebody said of themself, and has what counts computed again at once. It belongs to whoever said it: a merge that is taken back
 * takes it along.
 * @throws customers.not_found
 */
export async function declareFor(ctx: Ctx, tx: Tx, partyId: string, said: Declaration): Promise<void> {
  const source = ctx.actor.kind === 'account' ? 'account' : 'staff'
  if ((await membersOf(tx, partyId)).length === 0) throw refuse('customers.not_found')
  const at = ctx.clock.now()
  await insertDeclaration(tx, { party_id: partyId, id: ctx.ids.next(), said, source, actor: actorLabel(ctx.actor), at })
  await enqueue(tx, learnTraitsJob, { partyIds: [partyId] })
}

/** The same for whoever is signed in, who becomes a customer by it if they were none yet. */
export async function declareForMe(
  ctx: Ctx,
  tx: Tx,
  account: { readonly accountId: string; readonly email: string; readonly name: string },
  said: Declaration,
): Promise<void> {
  const known = await partyOfAccount(tx, account.accountId)
  const { accountId, email, name } = account
  const [party] =
    known === undefined
      ? await resolveParties(ctx, tx, [{ name, email, accountId, locale: ctx.locale, source: 'account' }])
      : [{ partyId: known }]
  if (!party) throw refuse('customers.not_found')
  await declareFor(ctx, tx, party.partyId, said)
}
