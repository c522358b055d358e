import type { VisitorContact } from '@ecluse/contracts/reservations.ts'
import { actorLabel, may, requireSite, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { closingAfter, readyAt } from '../../channels/public.ts'
import { normalisePhone } from '../../customers/public.ts'
import type { ReadModel, SellingChannel } from '../../offers/public.ts'
import { authoriseChannel } from '../authorise-channel.ts'
import { soldToAll } from '../early-access.ts'
import { exchangeHolds, freeHolds } from '../passes/hold-cart.ts'
import { issuePass } from '../passes/create-pass.ts'
import { insertCart, selectCartLines, upsertCartLine, type KeptLine } from '../queries/carts.ts'
import { lockCart, lockPerson } from '../queries/locks.ts'
import { keepPrices } from '../queries/passes.ts'
import { countOpen, insertReservation, selectPolicies, type ReservationRow } from '../queries/reservations.ts'

export type Wish = {
  readonly channel: string
  readonly siteId: string
  readonly lines?: readonly { readonly variantId: string; readonly quantity: number }[] | undefined
  readonly cartId?: string | undefined
  readonly contact: VisitorContact
  readonly locale: 'fr' | 'en'
}

const hourMs = 3_600_000
/** How long before the end its customer is told; not told when it is kept for less than twice that. */
const reminderMs = 3 * hourMs

/**
 * Reserves articles to try in a shop: they are put aside there until it closes on the day its policy says, their prices are
 * kept, and a code is given to come with. No payment, no account.
 *
 * @returns the id of the reservation, which is also its cart's
 * @throws channels.not_found, orders.reservation_not_offered, orders.contact_required, orders.empty, orders.not_sold, orders.not_open_yet,
 *   orders.reservation_limit, orders.out_of_stock, orders.cart_not_found, orders.quote_fixed
 */
export async function makeReservation(ctx: Ctx, tx: Tx, model: ReadModel, wish: Wish): Promise<string> {
  const channel = model.channel(wish.channel)
  if (!channel) throw refuse('channels.not_found', { code: wish.channel })
  authoriseChannel(ctx, channel)
  if (may(ctx.actor, 'orders:read')) requireSite(ctx.actor, wish.siteId)
  const terms = await termsAt(ctx, tx, model, channel, wish.siteId)
  if (!terms) throw refuse('orders.reservation_not_offered')
  const contact = readContact(wish.contact)
  const lines = await wantedLines(ctx, tx, wish)
  await requireWithinLimits(ctx, tx, contact, lines, terms)

  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const sold = lines.map(({ variantId, quantity }) => ({
    sellable: soldToAll(model, channel.code, variantId, now),
    quantity,
  }))
  const accountId = ctx.actor.kind === 'account' ? ctx.actor.accountId : null
  await insertCart(tx, { id, channelId: channel.id, accountId }, now)
  for (const { variantId, quantity } of lines) await upsertCartLine(tx, id, variantId, quantity, now)
  const prices = sold.map(({ sellable: { variantId, unitPriceMinor } }) => ({
    variantId,
    unitMinor: unitPriceMinor,
    channelCode: channel.code,
  }))
  await keepPrices(tx, id, prices, terms.keptUntil, now)
  const asked = await selectCartLines(tx, id)
  const wishHold = { siteId: wish.siteId, until: terms.keptUntil, triedOn: true }
  await exchangeHolds(ctx, tx, model, { cartId: id, channelCode: channel.code }, asked, wishHold)
  const code = await issuePass(ctx, tx, id, terms.keptUntil, channel.code)
  const placeOf = new Map((await selectCartLines(tx, id)).map((line) => [line.variantId, line.holdPlaceId ?? '']))
  const row = draw(ctx, { id, channel, wish, contact, code, terms })
  await insertReservation(
    tx,
    row,
    sold.map(({ sellable, quantity }, position) => ({
      reservation_id: id,
      variant_id: sellable.variantId,
      position,
      sku: sellable.sku,
      name: sellable.name[wish.locale] || sellable.name.fr,
      variant_label: sellable.label[wish.locale],
      image_url: sellable.imageUrl,
      place_id: placeOf.get(sellable.variantId) ?? '',
      quantity,
      unit_price_minor: sellable.unitPriceMinor,
      bought_quantity: null,
    })),
  )
  const payload = { reservationId: id, code, siteId: wish.siteId, expiresAt: terms.keptUntil.toISOString() }
  const about = { version: 1, aggregateId: id, channelCode: channel.code }
  await publish(tx, ctx, [{ ...about, type: 'orders.reservation_made', payload }])
  return id
}

type Terms = {
  readonly keptUntil: Date
  readonly readyBy: Date | null
  readonly mostUnits: number
  readonly mostOpen: number
}

/** What a shop allows now; null when nothing may be reserved there. */
async function termsAt(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  channel: SellingChannel,
  siteId: string,
): Promise<Terms | null> {
  const [policy] = await selectPolicies(tx, siteId)
  return policy ? termsOf(model, channel, policy, ctx.clock.now()) : null
}

/** The terms of a policy at a moment; null when the channel or the shop does not offer it. */
export function termsOf(
  model: ReadModel,
  channel: SellingChannel,
  policy: { siteId: string; active: boolean; openDays: number; mostUnits: number; mostOpen: number },
  now: Date,
): Terms | null {
  const site = model.site(policy.siteId)
  if (!policy.active || !site || !channel.siteIds.has(policy.siteId)) return null
  const { openingHours, timeZone } = site
  const keptUntil = closingAfter({ openingHours, timeZone, openDays: policy.openDays }, now)
  if (!keptUntil) return null
  const readyBy = readyAt({ openingHours, timeZone, minutes: site.pickupReadyMinutes }, now)
  return {
    keptUntil,
    // What closes before it could be prepared is looked for at once, by whoever is there.
    readyBy: readyBy && readyBy < keptUntil ? readyBy : null,
    mostUnits: policy.mostUnits,
    mostOpen: policy.mostOpen,
  }
}

type Person = { readonly name: string; readonly email: string | null; readonly phone: string | null }

/** @throws orders.contact_required */
function readContact({ name, email, phone }: VisitorContact): Person {
  const person = { name, email: email?.toLowerCase() ?? null, phone: phone === null ? null : normalisePhone(phone) }
  if (person.email === null && person.phone === null) throw refuse('orders.contact_required')
  return person
}

/** What is reserved; a cart is emptied into the reservation. */
async function wantedLines(ctx: Ctx, tx: Tx, { lines, cartId }: Wish) {
  if (cartId === undefined) return merged(lines ?? [])
  const cart = await lockCart(tx, cartId)
  if (!cart) throw refuse('orders.cart_not_found')
  if (cart.quote_revision !== null) throw refuse('orders.quote_fixed')
  const held: KeptLine[] = await selectCartLines(tx, cartId)
  await freeHolds(ctx, tx, cartId, held, 'release')
  for (const { variantId } of held) await upsertCartLine(tx, cartId, variantId, 0, ctx.clock.now())
  return merged(held)
}

function merged(lines: readonly { variantId: string; quantity: number }[]): { variantId: string; quantity: number }[] {
  const sum = new Map<string, number>()
  for (const { variantId, quantity } of lines) sum.set(variantId, (sum.get(variantId) ?? 0) + quantity)
  if (sum.size === 0) throw refuse('orders.empty')
  return [...sum].map(([variantId, quantity]) => ({ variantId, quantity }))
}

/** One person keeps only so much from others; counted under a lock, so that two requests at once are counted one by one. */
async function requireWithinLimits(
  ctx: Ctx,
  tx: Tx,
  { email, phone }: Person,
  lines: readonly { quantity: number }[],
  { mostUnits, mostOpen }: Terms,
): Promise<void> {
  // Staff may reserve more for a customer they speak with.
  if (may(ctx.actor, 'orders:read')) return
  await lockPerson(
    tx,
    [email, phone].filter((key) => key !== null),
  )
  const open = await countOpen(tx, { email, phone })
  if (open.reservations >= mostOpen) throw refuse('orders.reservation_limit', { kind: 'open', most: mostOpen })
  const units = lines.reduce((sum, { quantity }) => sum + quantity, open.units)
  if (units > mostUnits) throw refuse('orders.reservation_limit', { kind: 'units', most: mostUnits })
}

function draw(
  ctx: Ctx,
  made: { id: string; channel: SellingChannel; wish: Wish; contact: Person; code: string; terms: Terms },
): ReservationRow {
  const { id, channel, wish, contact, code, terms } = made
  const now = ctx.clock.now()
  const remindAt = terms.keptUntil.getTime() - reminderMs
  return {
    id,
    site_id: wish.siteId,
    channel_id: channel.id,
    code,
    access_token: ctx.ids.secret(),
    state: 'to_put_aside',
    locale: wish.locale,
    contact_name: contact.name,
    contact_email: contact.email,
    contact_phone: contact.phone,
    shelf: null,
    ready_by: terms.readyBy,
    expires_at: terms.keptUntil,
    remind_at: remindAt - now.getTime() > reminderMs ? new Date(remindAt) : null,
    created_at: now,
    ready_at: null,
    came_at: null,
    ended_at: null,
    order_id: null,
    actor: actorLabel(ctx.actor),
  }
}
