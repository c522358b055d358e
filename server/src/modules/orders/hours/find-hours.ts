import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ReadModel, Sellable } from '../../offers/public.ts'
import type { KeptHour } from '../queries/kept-hours.ts'
import type { SlotDesk } from '../sell-in-slot.ts'
import { usualWeightGrams } from '../sell-in-window.ts'
import type { AppointmentDesk } from '../sell-with-appointment.ts'
import type { WindowDesk, WindowLoad } from '../window-desk.ts'

/** Who keeps hours. */
export type HourDesks = {
  readonly windows: WindowDesk
  readonly slots: SlotDesk
  readonly appointments: AppointmentDesk
}

/** What is bought, as far as its hours ask. */
export type HourLine = {
  readonly productId: string
  readonly quantity: number
  readonly weightGrams: number | null
  readonly download: boolean
}

/** Hours somebody wants kept, with what each is for. */
export type HourWish = {
  readonly window: { readonly windowId: string; readonly address: PostalAddress } | null
  readonly slot: { readonly slotId: string; readonly siteId: string } | null
  readonly appointment: NonNullable<PlaceOrderBody['appointment']> | null
  readonly lines: readonly HourLine[]
  readonly locale: 'fr' | 'en'
  /** When the articles are there if they are ordered now: an appointment is not before. */
  readonly readyAt: Date | null
  /** What the document keeps already. */
  readonly kept: readonly KeptHour[]
  /** Whether what is brought, and where, is what it was when that was put aside. */
  readonly sameLoad: boolean
}

/** An hour that was found, with those who can serve it in the order they are tried. */
export type FoundHour = Omit<KeptHour, 'poolIds' | 'promiseIds' | 'resourceId' | 'alsoResourceId' | 'heldUntil'> & {
  readonly candidates: readonly Pick<KeptHour, 'poolIds' | 'promiseIds' | 'resourceId' | 'alsoResourceId'>[]
  /** Its own price of delivery in minor units; null: the channel's. */
  readonly feeMinor: bigint | null
  /** Set when the document keeps this one already: then it only goes on being kept. */
  readonly already: KeptHour | null
}

/** An hour is kept for at least so long, or not at all. */
const leastMs = 10 * 60_000

const nothing = { placeId: null, siteId: null, service: null, name: null, blockedUntil: null, feeMinor: null }

/**
 * Finds the hours that are wished for, and writes a delivery into its day: outside the transaction that keeps them, as when an order is
 * placed. Whoever calls gives reserved deliveries back when they are not kept after all (`withHours`).
 * @param reserved told of each delivery that was written down
 * @throws fulfillment.*, service.*, channels.site_not_found, orders.promise_full, orders.hour_not_kept
 */
export async function findHours(
  desks: HourDesks,
  ctx: Ctx,
  wish: HourWish,
  reserved: (stopId: string) => void,
): Promise<FoundHour[]> {
  const found = [
    ...(wish.slot ? [await slotHour(desks, ctx, wish, wish.slot)] : []),
    ...(wish.appointment ? [await appointmentHour(desks, ctx, wish, wish.appointment)] : []),
    ...(wish.window ? [await windowHour(desks, ctx, wish, wish.window, reserved)] : []),
  ]
  const soonest = new Date(ctx.clock.now().getTime() + leastMs)
  if (found.some(({ lastAt }) => lastAt < soonest)) throw refuse('orders.hour_not_kept')
  return found
}

async function slotHour(
  { slots }: HourDesks,
  ctx: Ctx,
  { kept }: HourWish,
  { slotId, siteId }: NonNullable<HourWish['slot']>,
): Promise<FoundHour> {
  const already = kept.find(({ kind, poolIds }) => kind === 'bay' && poolIds[0] === slotId) ?? null
  const { startsAt, endsAt, lastAt } = await slots.find(ctx, { slotId, siteId, mine: already !== null })
  const candidates = [candidateOf([slotId], [ctx.ids.next()])]
  return { ...nothing, kind: 'bay', siteId, startsAt, endsAt, lastAt, candidates, already }
}

async function appointmentHour(
  { appointments }: HourDesks,
  ctx: Ctx,
  { kept, lines, locale, readyAt }: HourWish,
  asked: NonNullable<HourWish['appointment']>,
): Promise<FoundHour> {
  const { service, siteId } = asked
  const startsAt = new Date(asked.startsAt)
  const before = kept.find(({ kind }) => kind === 'appointment')
  const same =
    before?.service === service && before.siteId === siteId && before.startsAt.getTime() === startsAt.getTime()
  const productIds = lines.map((line) => line.productId)
  const mine = before && new Set(before.poolIds)
  const chosen = await appointments.find(ctx, { service, siteId, startsAt: asked.startsAt, productIds, mine })
  if (readyAt && startsAt < readyAt) throw refuse('service.slot_not_offered')
  // Ordered later, the articles come later by as much: they are to be there before it all the same.
  const lead = readyAt ? readyAt.getTime() - ctx.clock.now().getTime() : 0
  return {
    ...nothing,
    kind: 'appointment',
    siteId,
    service,
    name: chosen.name[locale] || chosen.name.fr,
    startsAt,
    endsAt: chosen.endsAt,
    blockedUntil: chosen.blockedUntil,
    lastAt: new Date(Math.min(chosen.lastAt.getTime(), startsAt.getTime() - lead)),
    candidates: chosen.candidates.map(({ resourceId, alsoResourceId, poolIds }) => ({
      resourceId,
      alsoResourceId,
      poolIds,
      promiseIds: poolIds.map(() => ctx.ids.next()),
    })),
    already: same ? before : null,
  }
}

async function windowHour(
  { windows }: HourDesks,
  ctx: Ctx,
  { kept, lines, sameLoad }: HourWish,
  { windowId, address }: NonNullable<HourWish['window']>,
  reserved: (stopId: string) => void,
): Promise<FoundHour> {
  const mine = kept.find(({ kind, poolIds }) => kind === 'window' && poolIds[0] === windowId)
  const chosen = await windows.find(ctx, { windowId, postalCode: address.postalCode, mine: mine !== undefined })
  const { placeId, startsAt, endsAt, lastAt, feeMinor } = chosen
  const about = { ...nothing, kind: 'window' as const, placeId, startsAt, endsAt, lastAt, feeMinor }
  if (mine && sameLoad) return { ...about, candidates: [], already: mine }
  const stopId = await windows.reserve(ctx, chosen, loadOf(lines, address), mine?.promiseIds[0])
  reserved(stopId)
  return { ...about, candidates: [candidateOf([windowId], [stopId])], already: null }
}

/** What is bought, as its hours see it. */
export function hourLines(
  model: ReadModel,
  lines: readonly { readonly sellable: Sellable; readonly quantity: number }[],
): HourLine[] {
  return lines.map(({ sellable: { variantId, productId, weightGrams }, quantity }) => ({
    productId,
    quantity,
    weightGrams,
    download: model.isDownload(variantId),
  }))
}

function loadOf(lines: readonly HourLine[], address: PostalAddress): WindowLoad {
  const goods = lines.filter(({ download }) => !download)
  return {
    address,
    coordinates: undefined,
    weightGrams: goods.reduce((sum, line) => sum + (line.weightGrams ?? usualWeightGrams) * line.quantity, 0),
    pieces: goods.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}

function candidateOf(poolIds: readonly string[], promiseIds: readonly string[]): FoundHour['candidates'][number] {
  return { poolIds, promiseIds, resourceId: null, alsoResourceId: null }
}
