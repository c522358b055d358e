import type { DeliveryZone } from '@ecluse/contracts/windows.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { changeCapacity, ensurePools, lockPools } from '../promises/public.ts'
import { dateAt, datesFrom, isOpenOn, windowsOf, type WindowOfDate } from './domain/window-days.ts'
import { insertWindows, selectWindows, updateWindows, type WindowChange, type WindowRow } from './queries/windows.ts'

/** How many days ahead windows are made, today included. */
const windowDays = 14

/**
 * Makes the windows of a zone's coming days as its week says, and brings those there are in line with it: what was changed by hand,
 * and what is promised, stays. Doing it again changes nothing.
 */
export async function makeWindows(ctx: Ctx, tx: Tx, zone: DeliveryZone): Promise<void> {
  const now = ctx.clock.now()
  const today = dateAt(now, zone.timeZone)
  const exceptions = new Map(zone.exceptions.map(({ date, open }) => [date, open]))
  const wanted = datesFrom(today, windowDays).flatMap((date) =>
    zone.active && isOpenOn(date, exceptions) ? windowsOf(zone.template, date, zone.timeZone) : [],
  )
  await addMissing(ctx, tx, zone, wanted)
  const bySlot = new Map(wanted.map((window) => [window.startsAt.getTime(), window]))
  const there = (await selectWindows(tx, { zoneId: zone.id, from: today })).filter((row) => row.starts_at > now)
  const onOpenDays = new Set(wanted.map(({ date }) => date))
  const changes = there.flatMap((row): WindowChange[] => {
    if (row.by_hand) return []
    const window = bySlot.get(row.starts_at.getTime())
    const next = {
      id: row.id,
      // Deliveries promised from one depot leave from it.
      place_id: row.taken > 0n ? row.place_id : zone.placeId,
      cut_off_at: window?.cutOffAt ?? row.cut_off_at,
      fee_minor: window ? window.feeMinor : row.fee_minor,
      closed: !window,
      reason: window ? null : reasonOf(zone, row.date),
      by_hand: false,
    }
    return isSame(row, next) ? [] : [next]
  })
  if (changes.length > 0) await updateWindows(tx, changes)
  await fitCapacities(tx, there, bySlot, onOpenDays)
}

async function addMissing(ctx: Ctx, tx: Tx, zone: DeliveryZone, wanted: readonly WindowOfDate[]): Promise<void> {
  const rows = wanted.map((window) => ({
    id: ctx.ids.next(),
    zone_id: zone.id,
    place_id: zone.placeId,
    date: window.date,
    starts_at: window.startsAt,
    ends_at: window.endsAt,
    cut_off_at: window.cutOffAt,
    fee_minor: window.feeMinor,
  }))
  const made = await insertWindows(tx, rows)
  if (made.size === 0) return
  await ensurePools(tx, 'window', [...made])
  const deltas = rows.flatMap((row, index) => {
    const capacity = wanted[index]?.capacity ?? 0
    return made.has(row.id) && capacity > 0 ? [{ poolId: row.id, delta: BigInt(capacity) }] : []
  })
  if (deltas.length > 0) await changeCapacity(tx, deltas)
}

/** Capacities follow the week, but never go below what is taken. On a day that is closed they are kept for when it opens again. */
async function fitCapacities(
  tx: Tx,
  there: readonly WindowRow[],
  bySlot: ReadonlyMap<number, WindowOfDate>,
  openDays: ReadonlySet<string>,
): Promise<void> {
  const wantedOf = (row: WindowRow): bigint => {
    const window = bySlot.get(row.starts_at.getTime())
    if (!window && !openDays.has(row.date)) return row.capacity
    const wanted = BigInt(window?.capacity ?? 0)
    return wanted > row.taken ? wanted : row.taken
  }
  const moving = there.filter((row) => !row.by_hand && wantedOf(row) !== row.capacity)
  if (moving.length === 0) return
  await lockPools(
    tx,
    moving.map((row) => row.id),
  )
  await changeCapacity(
    tx,
    moving.map((row) => ({ poolId: row.id, delta: wantedOf(row) - row.capacity })),
  )
}

function reasonOf(zone: DeliveryZone, date: string): string | null {
  return zone.exceptions.find((day) => day.date === date)?.reason || null
}

function isSame(row: WindowRow, next: WindowChange): boolean {
  return (
    row.place_id === next.place_id &&
    row.cut_off_at.getTime() === next.cut_off_at.getTime() &&
    row.closed === next.closed &&
    row.reason === next.reason &&
    String(row.fee_minor) === String(next.fee_minor)
  )
}
