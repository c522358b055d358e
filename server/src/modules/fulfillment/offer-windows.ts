import type { z } from 'zod'
import type { OfferedWindow, WindowOffer, windowEndpoints } from '@ecluse/contracts/windows.ts'
import type { Ctx } from '../../kernel/context.ts'
import { toMoney } from '../../kernel/money.ts'
import type { CartGoods } from '../orders/public.ts'
import { stopOf, type DayPlan } from './domain/day-plan.ts'
import { offerableWindows } from './domain/routing/insertion.ts'
import { dateAt } from './domain/window-days.ts'
import { openDays, readDepot } from './open-days.ts'
import { selectWindows, type WindowRow } from './queries/windows.ts'
import { activeZoneNames, zoneOfPostalCode, type ServingZone } from './queries/zones.ts'

/**
 * What is to be delivered: a cart, an order that may be changed, or what is being written into a quote.
 * @throws orders.cart_not_found, orders.not_found, channels.not_found
 */
export type CartGoodsOf = (
  ctx: Ctx,
  of: Pick<Asked, 'cartId' | 'orderId' | 'channel' | 'goods' | 'token' | 'without' | 'cardNumber' | 'customerId'>,
) => Promise<CartGoods>

type Asked = z.output<typeof windowEndpoints.offerWindows.query>

const homeZone = 'Europe/Paris'

/**
 * The windows that can be promised to an address now: not past their cut-off, with places left, and which the routes of their day can
 * keep. Both are looked at again when one is taken.
 *
 * @throws orders.cart_not_found, orders.not_found
 */
export async function offerWindows(ctx: Ctx, cartGoodsOf: CartGoodsOf, asked: Asked): Promise<WindowOffer> {
  const goods = await cartGoodsOf(ctx, asked)
  const zones = await activeZoneNames(ctx.db)
  const zone = await zoneOfPostalCode(ctx.db, asked.postalCode)
  if (!zone) return { zones, zone: null, refusal: 'not_served', comesOn: null, timeZone: homeZone, days: [] }
  const named = { zones, zone: { code: zone.code, name: zone.name }, timeZone: zone.time_zone, comesOn: null }
  const now = ctx.clock.now()
  const rows = (await selectWindows(ctx.db, { zoneId: zone.id, from: dateAt(now, zone.time_zone) })).filter(
    (row) => !row.closed && row.cut_off_at > now && row.starts_at > now,
  )
  const atDepots = rows.filter((row) => goods.isAt(row.place_id))
  const comesOn = comingTo(goods, atDepots)
  // Whoever is driven to on a day is not promised what arrives on it, or later.
  const atDepot = comesOn === null ? atDepots : atDepots.filter((row) => row.date > comesOn)
  if (rows.length > 0 && atDepots.length === 0) return { ...named, refusal: 'not_in_stock', days: [] }
  const place = { latitude: asked.latitude ?? zone.latitude, longitude: asked.longitude ?? zone.longitude }
  const kept = await keepable(ctx, zone, goods, place, atDepot)
  const dates = [...new Set(atDepot.map((row) => row.date))]
  return {
    ...named,
    refusal: null,
    comesOn,
    days: dates.map((date) => {
      const all = atDepot.filter((row) => row.date === date)
      const windows = all.filter((row) => kept.has(row.id)).map((row) => viewOf(row, goods))
      return { date, windows, withheld: all.length - windows.length }
    }),
  }
}

/** The day on which the depot of a zone has all of it; null: now. */
function comingTo(goods: CartGoods, rows: readonly WindowRow[]): string | null {
  const [first] = rows
  return (first && goods.comesOn?.(first.place_id)) ?? null
}

/** The windows with places left that the day's routes can take one more delivery in. */
async function keepable(
  ctx: Ctx,
  zone: ServingZone,
  goods: CartGoods,
  place: { latitude: number; longitude: number },
  rows: readonly WindowRow[],
): Promise<Set<string>> {
  const free = rows.filter((row) => row.taken < row.capacity)
  const kept = new Set<string>()
  for (const placeId of new Set(free.map((row) => row.place_id))) {
    const mine = free.filter((row) => row.place_id === placeId)
    const days = await openDays(ctx.db, await readDepot(ctx.db, placeId), [...new Set(mine.map((row) => row.date))])
    for (const [date, day] of days) {
      const ofDay = mine.filter((row) => row.date === date)
      const answers = reach(day, zone, goods, place, ofDay)
      for (const [index, possible] of answers.entries()) if (possible) kept.add(ofDay[index]?.id ?? '')
    }
  }
  return kept
}

function reach(
  day: DayPlan,
  zone: ServingZone,
  goods: CartGoods,
  place: { latitude: number; longitude: number },
  rows: readonly WindowRow[],
): boolean[] {
  const stops = rows.map((row) =>
    stopOf(day.midnight, {
      ...place,
      id: row.id,
      weightGrams: goods.weightGrams,
      serviceSeconds: zone.service_minutes * 60,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
    }),
  )
  const [first] = stops
  if (!first) return []
  return offerableWindows(
    day.plan,
    first,
    stops.map((stop) => stop.window),
  ).map((answer) => answer.possible)
}

function viewOf(row: WindowRow, goods: CartGoods): OfferedWindow {
  return {
    id: row.id,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    cutOffAt: row.cut_off_at.toISOString(),
    fee: toMoney(row.fee_minor ?? goods.feeMinor),
    left: Number(row.capacity - row.taken),
  }
}
