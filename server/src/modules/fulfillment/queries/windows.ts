import type { DatedWindow } from '@ecluse/contracts/windows.ts'
import sql, { empty } from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** A window with what its pool says. */
export type WindowRow = {
  id: string
  zone_id: string
  place_id: string
  date: string
  starts_at: Date
  ends_at: Date
  cut_off_at: Date
  fee_minor: bigint | null
  closed: boolean
  reason: string | null
  by_hand: boolean
  capacity: bigint
  taken: bigint
}

const selectAll = sql`
  select w.id, w.zone_id, w.place_id, w.date::text as date, w.starts_at, w.ends_at, w.cut_off_at, w.fee_minor, w.closed, w.reason,
         w.by_hand, p.capacity, p.held + p.committed as taken
  from fulfillment.delivery_window w join promises.pool p on p.id = w.id`

/** The windows of a zone, or of a depot, between two dates. */
export async function selectWindows(
  db: Queryable,
  of: { zoneId: string; from: string; until?: string },
): Promise<WindowRow[]> {
  return query(
    db,
    sql`${selectAll} where w.zone_id = ${of.zoneId} and w.date >= ${of.from}::date
        ${of.until ? sql`and w.date <= ${of.until}::date` : empty} order by w.starts_at`,
  )
}

export async function selectWindow(db: Queryable, id: string): Promise<WindowRow | undefined> {
  return maybeOne(db, sql`${selectAll} where w.id = ${id}`)
}

export type NewWindow = {
  id: string
  zone_id: string
  place_id: string
  date: string
  starts_at: Date
  ends_at: Date
  cut_off_at: Date
  fee_minor: number | null
}

/** Makes windows of dates; one that is there already is left. @returns the ids made */
export async function insertWindows(tx: Tx, windows: readonly NewWindow[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    tx,
    sql`insert into fulfillment.delivery_window (id, zone_id, place_id, date, starts_at, ends_at, cut_off_at, fee_minor)
        select w.* from json_to_recordset(${asJson(windows)}::json) as w (id uuid, zone_id uuid, place_id uuid, date date,
          starts_at timestamptz, ends_at timestamptz, cut_off_at timestamptz, fee_minor bigint)
        on conflict (zone_id, starts_at) do nothing returning id`,
  )
  return new Set(rows.map((row) => row.id))
}

export type WindowChange = {
  id: string
  place_id: string
  cut_off_at: Date
  fee_minor: number | bigint | null
  closed: boolean
  reason: string | null
  by_hand: boolean
}

export async function updateWindows(tx: Tx, changes: readonly WindowChange[]): Promise<void> {
  await execute(
    tx,
    sql`update fulfillment.delivery_window w set place_id = d.place_id, cut_off_at = d.cut_off_at, fee_minor = d.fee_minor,
          closed = d.closed, reason = d.reason, by_hand = d.by_hand
        from json_to_recordset(${asJson(changes)}::json) as d (id uuid, place_id uuid, cut_off_at timestamptz, fee_minor bigint,
          closed bool, reason text, by_hand bool)
        where w.id = d.id`,
  )
}

/** The calendar; windows the week no longer has, and in which nothing was sold, are left out. */
export async function selectCalendar(
  db: Queryable,
  filter: {
    from: string
    until: string
    zone: string | undefined
    siteIds: readonly string[] | null
    windowId?: string
  },
): Promise<DatedWindow[]> {
  const rows = await query<
    Omit<DatedWindow, 'startsAt' | 'endsAt' | 'cutOffAt'> & Record<'startsAt' | 'endsAt' | 'cutOffAt', Date>
  >(
    db,
    sql`select w.id, w.zone_id as "zoneId", z.name as "zoneName", w.date::text as date, w.starts_at as "startsAt",
               w.ends_at as "endsAt", w.cut_off_at as "cutOffAt", p.capacity::int as capacity,
               (p.held + p.committed)::int as taken, greatest(0, p.held + p.committed - p.capacity)::int as overbooking,
               w.closed, w.reason, w.fee_minor::int as "feeMinor"
        from fulfillment.delivery_window w
        join promises.pool p on p.id = w.id
        join fulfillment.delivery_zone z on z.id = w.zone_id
        join inventory.place pl on pl.id = w.place_id
        where ${
          filter.windowId
            ? sql`w.id = ${filter.windowId}`
            : sql`w.date between ${filter.from}::date and ${filter.until}::date
                  and (not w.closed or w.by_hand or p.capacity > 0 or p.held + p.committed > 0)`
        }
          and (${filter.zone ?? null}::text is null or z.code = ${filter.zone ?? null})
          and (${filter.siteIds}::uuid[] is null or pl.site_id = any(${filter.siteIds}::uuid[]))
        order by z.name, w.starts_at`,
  )
  return rows.map((row) => ({
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    cutOffAt: row.cutOffAt.toISOString(),
  }))
}

/** The shop a window's depot belongs to. */
export async function siteOfPlace(db: Queryable, placeId: string): Promise<{ site_id: string } | undefined> {
  return maybeOne(db, sql`select site_id from inventory.place where id = ${placeId}`)
}
