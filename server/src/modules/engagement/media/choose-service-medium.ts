import type { ServiceMedium } from '@ecluse/contracts/texts.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { customerById, partyOfKey, resolveParties } from '../../customers/public.ts'
import { pushServices } from '../push/queries/devices.ts'
import { socialNameOf } from '../social/queries/social-names.ts'
import { buyerByToken, putServiceWish, serviceWishOf } from './queries/texts.ts'

export type Wish = { medium: ServiceMedium; phone: string | null; notified: string | null; social: string | null }

/** By what whoever is signed in wishes to hear of their orders. */
export async function readMyWish(ctx: Ctx, db: Queryable): Promise<Wish> {
  const partyId = 'accountId' in ctx.actor ? await partyOfKey(db, 'account', ctx.actor.accountId) : undefined
  const party = partyId === undefined ? undefined : await customerById(db, partyId)
  return party ? readWish(db, party) : { medium: 'email', phone: null, notified: null, social: null }
}

/** By what a customer wishes to hear of their orders, and what there is to choose from. */
export async function readWish(db: Queryable, party: { id: string; phone: string | null }): Promise<Wish> {
  const medium = (await serviceWishOf(db, party.id)) ?? 'email'
  const [notified, social] = [await pushServices(db, party.id), await socialNameOf(db, party.id)]
  return { medium, phone: party.phone, notified, social }
}

/**
 * Notes by what a customer wishes to hear of their orders.
 * @throws engagement.no_phone, engagement.no_device
 */
export async function putWish(
  ctx: Ctx,
  tx: Tx,
  party: { id: string; phone: string | null },
  medium: ServiceMedium,
): Promise<void> {
  if (medium === 'sms' && !party.phone) throw refuse('engagement.no_phone')
  if (medium === 'push' && (await pushServices(tx, party.id)) === null) throw refuse('engagement.no_device')
  await putServiceWish(tx, { partyId: party.id, medium, now: ctx.clock.now(), actor: actorLabel(ctx.actor) })
}

/**
 * Notes by what whoever is signed in wishes to hear of their orders; with a number, where they gave none yet.
 * @throws engagement.no_phone, engagement.no_device
 */
export async function chooseMyMedium(
  ctx: Ctx,
  tx: Tx,
  { medium, phone }: { medium: ServiceMedium; phone: string | null },
): Promise<Wish> {
  if (ctx.actor.kind !== 'account' && ctx.actor.kind !== 'staff') throw refuse('access.not_signed_in')
  const { accountId, email, name } = ctx.actor
  const said = { name, email, phone, accountId, locale: ctx.locale, source: 'account' }
  await choose(ctx, tx, said, medium)
  return readMyWish(ctx, tx)
}

/**
 * Notes by what the buyer of an order wishes to hear of it and of those to come.
 * @throws orders.not_found for another token; engagement.no_phone, engagement.no_device
 */
export async function chooseMediumOfOrder(
  ctx: Ctx,
  tx: Tx,
  { orderId, token, medium }: { orderId: string; token: string; medium: ServiceMedium },
): Promise<void> {
  const buyer = await buyerByToken(tx, orderId, token)
  if (!buyer) throw refuse('orders.not_found')
  await choose(ctx, tx, { ...buyer, source: 'order' }, medium)
}

async function choose(
  ctx: Ctx,
  tx: Tx,
  said: Parameters<typeof resolveParties>[2][number],
  medium: ServiceMedium,
): Promise<void> {
  const [resolved] = await resolveParties(ctx, tx, [said])
  const party = resolved && (await customerById(tx, resolved.partyId))
  if (!party) throw refuse('customers.not_found')
  await putWish(ctx, tx, party, medium)
}
