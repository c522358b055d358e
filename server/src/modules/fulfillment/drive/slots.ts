import { createHash } from 'node:crypto'
import type { Site } from '@ecluse/contracts/channels.ts'
import type { DriveOffer } from '@ecluse/contracts/drive.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { openingOn, readyAt, siteById } from '../../channels/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import type { SlotDesk } from '../../orders/public.ts'
import { setCapacity } from '../../promises/public.ts'
import { dateAt, datesFrom } from '../domain/window-days.ts'
import {
  closeOtherSlots,
  insertSlots,
  putDriveSite,
  selectDriveSites,
  selectSlot,
  selectSlots,
  type DriveSiteRow,
  type DriveSlotRow,
} from '../queries/drive.ts'

/** How many days ahead slots are made, today included. */
const slotDays = 6

/**
 * Opens a drive, or changes it: coming slots follow, and what was promised stays promised.
 * @throws channels.site_not_found
 */
export async function putDrive(ctx: Ctx, tx: Tx, row: DriveSiteRow): Promise<void> {
  if (!(await siteById(tx, row.site_id))) throw refuse('channels.site_not_found')
  await putDriveSite(tx, row)
  // A bay takes one car, whoever sends it there.
  await setCapacity(
    tx,
    'bay',
    Array.from({ length: row.bays }, (_, index) => ({ poolId: bayPoolOf(row.site_id, index + 1), capacity: 1n })),
  )
  await makeSlots(ctx, tx, row)
}

/** Makes the slots of a drive's coming days as its shop opens. Doing it again changes nothing. */
export async function makeSlots(ctx: Ctx, tx: Tx, drive: DriveSiteRow): Promise<void> {
  const site = await siteById(tx, drive.site_id)
  if (!site) return
  const now = ctx.clock.now()
  const wanted = drive.active
    ? datesFrom(dateAt(now, site.timeZone), slotDays).flatMap((date) => slotsOn(site, drive, date))
    : []
  const coming = wanted.filter((slot) => slot.starts_at > now)
  if (coming.length > 0) {
    await insertSlots(tx, coming)
    await setCapacity(
      tx,
      'bay',
      coming.map(({ id }) => ({ poolId: id, capacity: BigInt(drive.capacity) })),
    )
  }
  await closeOtherSlots(
    tx,
    drive.site_id,
    now,
    coming.map(({ id }) => id),
  )
}

/** Whole slots within the opening times of a date. */
function slotsOn(
  site: Pick<Site, 'openingHours' | 'timeZone'>,
  drive: Pick<DriveSiteRow, 'site_id' | 'slot_minutes'>,
  date: string,
): DriveSlotRow[] {
  const length = drive.slot_minutes * 60_000
  return openingOn({ openingHours: site.openingHours, timeZone: site.timeZone }, date).flatMap(({ start, end }) => {
    const count = Math.floor((end.getTime() - start.getTime()) / length)
    return Array.from({ length: count }, (_, index) => {
      const starts_at = new Date(start.getTime() + index * length)
      const ends_at = new Date(starts_at.getTime() + length)
      return {
        id: slotIdOf(drive.site_id, starts_at, ends_at),
        site_id: drive.site_id,
        starts_at,
        ends_at,
        closed: false,
      }
    })
  })
}

/** Where orders find slots: one that is open, not full, and late enough for the shop to prepare. */
export const slotDesk: SlotDesk = {
  async find(ctx, { slotId, siteId, mine }) {
    const row = await selectSlot(ctx.db, slotId)
    if (row?.site_id !== siteId) throw refuse('fulfillment.slot_not_found')
    const site = await siteById(ctx.db, siteId)
    const ready = site && firstReady(site, ctx.clock.now())
    if ((row.closed && !mine) || !ready || row.starts_at < ready) throw refuse('fulfillment.slot_over')
    if (row.taken >= row.capacity && !mine) throw refuse('orders.promise_full', { kind: 'bay' })
    return {
      id: row.id,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      lastAt: lastFor(site, row.starts_at, ctx.clock.now()),
    }
  },
}

/** The last minute at which an order would still be ready at a moment, when one placed now is. */
function lastFor(site: Site, startsAt: Date, now: Date): Date {
  const minute = 60_000
  let early = 0
  let late = Math.floor((startsAt.getTime() - now.getTime()) / minute) + 1
  const after = (minutes: number) => new Date(now.getTime() + minutes * minute)
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    const ready = firstReady(site, after(middle))
    if (ready && ready <= startsAt) early = middle
    else late = middle
  }
  return after(early)
}

function firstReady(site: Site, now: Date): Date | null {
  const { openingHours, timeZone, pickupReadyMinutes: minutes } = site
  return readyAt({ openingHours, timeZone, minutes }, now)
}

/** The slots of a channel's drives that can still be kept, by day. */
export async function offerSlots(
  ctx: Ctx,
  model: ReadModel,
  asked: { channel: string; siteId?: string | undefined },
): Promise<DriveOffer> {
  const channel = model.channel(asked.channel)
  if (!channel) throw refuse('channels.not_found', { code: asked.channel })
  const drives = (await selectDriveSites(ctx.db, asked.siteId ?? null)).filter(
    (drive) => drive.active && channel.pickupSiteIds.has(drive.site_id),
  )
  const now = ctx.clock.now()
  const sites: DriveOffer['sites'] = []
  for (const drive of drives) {
    const site = await siteById(ctx.db, drive.site_id)
    const ready = site && firstReady(site, now)
    if (!site || !ready) continue
    const days = new Map<string, DriveOffer['sites'][number]['days'][number]>()
    for (const row of await selectSlots(ctx.db, drive.site_id, ready)) {
      const left = Number(row.capacity - row.taken)
      if (row.closed || left <= 0) continue
      const date = dateAt(row.starts_at, site.timeZone)
      const day = days.get(date) ?? { date, slots: [] }
      const { id } = row
      const times = { startsAt: row.starts_at.toISOString(), endsAt: row.ends_at.toISOString() }
      days.set(date, { date, slots: [...day.slots, { id, ...times, capacity: Number(row.capacity), left }] })
    }
    sites.push({
      siteId: site.id,
      siteName: site.name,
      timeZone: site.timeZone,
      bays: drive.bays,
      days: [...days.values()],
    })
  }
  return { sites }
}

/** Derived from the shop and the time, so that making a slot twice makes one. */
function slotIdOf(siteId: string, startsAt: Date, endsAt: Date): string {
  return derivedId(`drive ${siteId} ${startsAt.toISOString()} ${endsAt.toISOString()}`)
}

/** The pool of a numbered bay. */
export function bayPoolOf(siteId: string, bay: number): string {
  return derivedId(`bay ${siteId} ${bay}`)
}

function derivedId(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}
