import type { Reservation, ReservationPolicy } from '@ecluse/contracts/reservations.ts'
import { may, sitesOf, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { sourceLines } from '../../inventory/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { selectCart, selectCartLines } from '../queries/carts.ts'
import { selectPolicies, selectReservation, type ReservationHead } from '../queries/reservations.ts'
import { holdsToken } from '../read-order.ts'
import { shelvesOf } from '../source-purchase.ts'
import { termsOf } from './make-reservation.ts'

/**
 * One reservation, for staff who see its shop or for the holder of its token.
 * @throws orders.reservation_not_found
 */
export async function readReservation(
  ctx: Ctx,
  db: Queryable,
  id: string,
  token: string | undefined,
): Promise<Reservation> {
  const row = await selectReservation(db, id)
  if (!row) throw refuse('orders.reservation_not_found')
  const holder = holdsToken(row, token)
  const siteIds = sitesOf(ctx.actor)
  const staff = may(ctx.actor, 'orders:read') && (siteIds === null || siteIds.includes(row.site_id))
  if (!staff && !holder) throw refuse('orders.reservation_not_found')
  return viewReservation(row, holder)
}

/** A reservation with its secrets, for a message to its holder. */
export async function reservationForMessage(db: Queryable, id: string): Promise<Reservation | undefined> {
  const row = await selectReservation(db, id)
  return row && viewReservation(row, true)
}

/** A reservation as it is shown; its secrets to their holder only. */
export function viewReservation(row: ReservationHead, holder: boolean): Reservation {
  const lines = row.lines.map((line) => ({
    variantId: line.variant_id,
    sku: line.sku,
    name: line.name,
    variantLabel: line.variant_label,
    imageUrl: line.image_url,
    quantity: line.quantity,
    unitPrice: toMoney(BigInt(line.unit_price_minor)),
    placeName: line.place_name,
    bought: line.bought_quantity,
  }))
  const totalMinor = row.lines.reduce((sum, line) => sum + BigInt(line.unit_price_minor) * BigInt(line.quantity), 0n)
  return {
    id: row.id,
    code: `${row.code.slice(0, 4)}-${row.code.slice(4)}`,
    state: row.state,
    siteId: row.site_id,
    siteName: row.site_name,
    channelCode: row.channel_code,
    contact: { name: row.contact_name, email: row.contact_email || null, phone: row.contact_phone },
    lines,
    itemCount: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    total: toMoney(totalMinor),
    shelf: row.shelf,
    readyBy: row.ready_by?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString() ?? null,
    cameAt: row.came_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    orderId: row.order_id,
    accessToken: holder ? row.access_token : null,
    passToken: holder && row.pass_secret !== null ? `${row.code}.${row.pass_secret}` : null,
  }
}

type Asked = { channel: string; variantId?: string | undefined; quantity: number; cartId?: string | undefined }

/** Shops that let articles be reserved, those that have them first. @throws channels.not_found, orders.cart_not_found */
export async function shopsToTryIn(ctx: Ctx, model: ReadModel, asked: Asked) {
  const channel = model.channel(asked.channel)
  if (!channel) throw refuse('channels.not_found', { code: asked.channel })
  const lines = await linesOf(ctx, asked)
  const now = ctx.clock.now()
  const sold = lines.length > 0 && lines.every(({ variantId }) => model.sellable(channel.code, variantId, now))
  const policies: ReservationPolicy[] = await selectPolicies(ctx.db)
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const items = policies.flatMap((policy) => {
    const terms = termsOf(model, channel, policy, now)
    if (!terms) return []
    const available = (variantId: string, placeId: string): number => model.available(variantId, placeId)
    const there = 'placeIds' in sourceLines(lines, shelvesOf(model, policy.siteId), available)
    return [
      {
        siteId: policy.siteId,
        siteName: policy.siteName,
        possible: sold && there && units <= terms.mostUnits,
        readyBy: terms.readyBy?.toISOString() ?? null,
        keptUntil: terms.keptUntil.toISOString(),
        mostUnits: terms.mostUnits,
      },
    ]
  })
  return { items: items.toSorted((a, b) => Number(b.possible) - Number(a.possible)) }
}

async function linesOf(ctx: Ctx, { variantId, quantity, cartId }: Asked) {
  if (variantId !== undefined) return [{ variantId, quantity }]
  if (cartId === undefined) return []
  if (!(await selectCart(ctx.db, cartId))) throw refuse('orders.cart_not_found')
  return selectCartLines(ctx.db, cartId)
}
