import { assert } from '../../../kernel/assert.ts'
import { may, type Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { companyDay, isBeforeRelease, poolIdOf, sourceLines } from '../../inventory/public.ts'
import type { ReadModel, SellingChannel } from '../../offers/public.ts'
import { settlePromises, takePromises } from '../../promises/public.ts'
import { forgetHolds, selectCartLines, type KeptLine } from '../queries/carts.ts'
import { lockCart } from '../queries/locks.ts'
import { keptOf } from '../draft-order.ts'
import { openReservationOf, requireReservable } from '../reservations/require-reservable.ts'
import { bumpTerms, cartsWithOverdueHolds, writeHolds } from '../queries/holds.ts'

const hourMs = 3_600_000
/** Whoever is not known may not keep goods from others for long. */
const visitorHours = 2
const staffHours = 14 * 24

/** How long goods are kept: as asked, within what this actor may ask. */
export function holdUntil(ctx: Ctx, asked: string | undefined): Date {
  const now = ctx.clock.now().getTime()
  const most = now + (may(ctx.actor, 'orders:read') ? staffHours : visitorHours) * hourMs
  const wanted = asked === undefined ? now + visitorHours * hourMs : Date.parse(asked)
  return new Date(Math.min(most, Math.max(now + 60_000, wanted)))
}

/**
 * Puts everything in a cart aside, in one shop or where parcels leave from. What it held before is exchanged for this in one
 * moment: nobody else gets in between.
 * @throws orders.cart_not_found, orders.empty, orders.out_of_stock, orders.quote_fixed
 */
export async function holdCart(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  cartId: string,
  wish: { siteId: string | null; until: Date },
): Promise<void> {
  const cart = await lockCart(tx, cartId)
  if (!cart) throw refuse('orders.cart_not_found')
  if (cart.quote_revision !== null) throw refuse('orders.quote_fixed')
  const lines = await selectCartLines(tx, cartId)
  if (lines.length === 0) throw refuse('orders.empty')
  // What is reserved lies in its shop already, for as long as that shop keeps it.
  if (await openReservationOf(tx, cartId)) return
  await exchangeHolds(ctx, tx, model, { cartId, channelCode: cart.channel_code }, lines, wish)
}

/** Where goods are put aside, and for how long; licences of files are kept with them, but nobody tries a file on. */
type HoldWish = {
  readonly siteId: string | null
  /** The one place they are put aside in, where they leave from nowhere else: the depot of a delivery window. */
  readonly placeId?: string | null
  readonly until: Date
  readonly triedOn?: boolean
}

/** Gives up what lines held, and takes what they need; for whoever has the cart's lock. */
export async function exchangeHolds(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  { cartId, channelCode }: { cartId: string; channelCode: string },
  lines: readonly KeptLine[],
  { siteId, placeId = null, until, triedOn = false }: HoldWish,
  before: readonly KeptLine[] = lines,
): Promise<void> {
  await freeHolds(ctx, tx, cartId, before, 'release')
  const own = new Map(before.map((line) => [`${line.variantId} ${line.holdPlaceId}`, line.quantity]))
  const channel = model.channel(channelCode)
  const tried = new Set<string>()
  for (;;) {
    const placeIds = placesFor(model, channel, lines, { siteId, placeId, triedOn }, own, tried, ctx.clock.now())
    const holds = lines.map((line, index) => {
      const placeId = placeIds[index] ?? ''
      return {
        variantId: line.variantId,
        placeId,
        promiseId: ctx.ids.next(),
        poolId: poolIdOf(line.variantId, placeId),
        kept: channel && keptOf(model, channel, line.variantId),
      }
    })
    const demand = {
      referenceId: cartId,
      as: 'held' as const,
      expiresAt: until,
      lines: holds.map((hold, index) => ({ ...hold, quantity: BigInt(lines[index]?.quantity ?? 0) })),
    }
    const { refusals } = await takePromises(ctx, tx, [demand])
    const [refused] = refusals
    if (!refused) {
      await writeHolds(tx, cartId, holds, until)
      await bumpTerms(tx, cartId)
      await tell(ctx, tx, 'orders.cart_held', cartId, channelCode, lines, until)
      return
    }
    const short = holds.find((hold) => hold.poolId === refused.poolId)
    assert(short, 'a shortage is of something asked')
    tried.add(`${short.variantId} ${short.placeId}`)
  }
}

/** The lines of a cart nobody else changes now. */
export async function lockedLines(tx: Tx, cartId: string): Promise<KeptLine[]> {
  return (await lockCart(tx, cartId)) ? selectCartLines(tx, cartId) : []
}

/**
 * Puts aside what a cart asks for now instead of what it asked for before, in the same place and until the same moment.
 * @throws orders.out_of_stock
 */
export async function renewHold(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  cartId: string,
  before: readonly KeptLine[],
): Promise<void> {
  const cart = await lockCart(tx, cartId)
  const held = before.find((line) => line.holdPlaceId !== null)
  if (!cart || !held?.holdUntil) return
  const place = model.place(held.holdPlaceId ?? '')
  const lines = await selectCartLines(tx, cartId)
  const reservation = await openReservationOf(tx, cartId)
  if (reservation) await requireReservable(ctx, tx, reservation, lines)
  const shop = reservation?.site_id ?? (place && !place.shipsParcels ? place.siteId : null)
  const wish = { siteId: shop, until: held.holdUntil, triedOn: reservation !== undefined }
  if (lines.length > 0)
    return exchangeHolds(ctx, tx, model, { cartId, channelCode: cart.channel_code }, lines, wish, before)
  await freeHolds(ctx, tx, cartId, before, 'release')
  await bumpTerms(tx, cartId)
  await tell(ctx, tx, 'orders.hold_released', cartId, cart.channel_code, before, null)
}

/** What is not released yet may lie there, but is not handed out before its day. @throws orders.goods_come_later */
function requireReleased(channel: SellingChannel | undefined, lines: readonly KeptLine[], now: Date): void {
  for (const { variantId } of lines) {
    const rules = channel?.advance?.get(variantId)
    if (rules?.preOrder?.shipsOn && isBeforeRelease(rules, companyDay(now)))
      throw refuse('orders.goods_come_later', { variantId, shipsOn: rules.preOrder.shipsOn })
  }
}

/**
 * A place for each line from what is known, leaving out those that turned out empty.
 * @throws orders.out_of_stock, orders.goods_come_later
 */
function placesFor(
  model: ReadModel,
  channel: SellingChannel | undefined,
  lines: readonly KeptLine[],
  { siteId, placeId, triedOn }: Pick<HoldWish, 'siteId' | 'placeId' | 'triedOn'>,
  own: ReadonlyMap<string, number>,
  tried: ReadonlySet<string>,
  now: Date,
): string[] {
  requireReleased(channel, lines, now)
  const places = model.places().filter((place) => {
    if (place.downloads) return !triedOn
    if (placeId) return place.id === placeId
    return siteId === null ? place.shipsParcels : place.siteId === siteId
  })
  const available = (variantId: string, placeId: string): number =>
    tried.has(`${variantId} ${placeId}`)
      ? 0
      : (channel ? model.availableTo(channel, variantId, placeId) : model.available(variantId, placeId)) +
        (own.get(`${variantId} ${placeId}`) ?? 0)
  const sourced = sourceLines(lines, places, available)
  if ('placeIds' in sourced) return sourced.placeIds
  const { variantId } = sourced.missing
  throw refuse('orders.out_of_stock', {
    variantId,
    available: Math.max(0, ...places.map((place) => available(variantId, place.id))),
  })
}

/** Gives back what lines held. @returns whether they held anything */
export async function freeHolds(
  ctx: Ctx,
  tx: Tx,
  cartId: string,
  lines: readonly KeptLine[],
  settlement: 'release' | 'expire',
): Promise<boolean> {
  const holds = lines.flatMap((line) =>
    line.holdPromiseId !== null && line.holdPoolId !== null
      ? [{ id: line.holdPromiseId, poolId: line.holdPoolId }]
      : [],
  )
  if (holds.length === 0) return false
  const freed = await settlePromises(ctx, tx, settlement, holds)
  assert(freed.length === holds.length, 'what a cart says it holds is held')
  await forgetHolds(tx, [cartId])
  return true
}

/** Gives back what a cart had put aside. @throws orders.cart_not_found */
export async function releaseCart(ctx: Ctx, tx: Tx, cartId: string): Promise<void> {
  const cart = await lockCart(tx, cartId)
  if (!cart) throw refuse('orders.cart_not_found')
  if (cart.quote_revision !== null) throw refuse('orders.quote_fixed')
  const lines = await selectCartLines(tx, cartId)
  if (!(await freeHolds(ctx, tx, cartId, lines, 'release'))) return
  await bumpTerms(tx, cartId)
  await tell(ctx, tx, 'orders.hold_released', cartId, cart.channel_code, lines, null)
}

/**
 * Frees what was kept for its time. @returns how many carts lost what they held
 */
export async function expireHolds(ctx: Ctx): Promise<number> {
  let expired = 0
  for (const cartId of await cartsWithOverdueHolds(ctx.db, ctx.clock.now(), 200)) {
    await inTransaction(ctx.db, async (tx) => {
      const cart = await lockCart(tx, cartId)
      if (!cart) return
      const now = ctx.clock.now()
      const lines = (await selectCartLines(tx, cartId)).filter(
        (line) => line.holdUntil !== null && line.holdUntil <= now,
      )
      if (!(await freeHolds(ctx, tx, cartId, lines, 'expire'))) return
      await bumpTerms(tx, cartId)
      await tell(ctx, tx, 'orders.hold_expired', cartId, cart.channel_code, lines, null)
      expired += 1
    })
  }
  ctx.wakeRelay()
  return expired
}

/** Tells that goods put aside for a document are free again; those who keep availability in mind read it anew. */
export async function tellFreed(
  ctx: Ctx,
  tx: Tx,
  cartId: string,
  channelCode: string,
  lines: readonly KeptLine[],
  expired: boolean,
): Promise<void> {
  await tell(ctx, tx, expired ? 'orders.hold_expired' : 'orders.hold_released', cartId, channelCode, lines, null)
}

async function tell(
  ctx: Ctx,
  tx: Tx,
  type: 'orders.cart_held' | 'orders.hold_released' | 'orders.hold_expired',
  cartId: string,
  channelCode: string,
  lines: readonly KeptLine[],
  until: Date | null,
): Promise<void> {
  const payload = {
    documentId: cartId,
    until: until?.toISOString() ?? null,
    lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
  }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: cartId, channelCode, payload }])
}
