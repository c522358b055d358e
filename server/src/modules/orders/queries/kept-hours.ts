import type { HourKind } from '@ecluse/contracts/kept-hours.ts'
import sql from 'sql-template-tag'
import { asJson, execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** An hour that is kept for a quote or a request, with what is held for it. */
export type KeptHour = {
  readonly kind: HourKind
  readonly poolIds: readonly string[]
  readonly promiseIds: readonly string[]
  /** The depot of a window. */
  readonly placeId: string | null
  /** The shop of a slot or an appointment. */
  readonly siteId: string | null
  readonly service: string | null
  readonly name: string | null
  readonly resourceId: string | null
  readonly alsoResourceId: string | null
  readonly startsAt: Date
  readonly endsAt: Date
  readonly blockedUntil: Date | null
  /** Nobody could keep the hour if it were ordered later than this. */
  readonly lastAt: Date
  readonly heldUntil: Date
}

const columns = sql`h.kind, h.pool_ids as "poolIds", h.promise_ids as "promiseIds", h.place_id as "placeId", h.site_id as "siteId",
  h.service, h.name, h.resource_id as "resourceId", h.also_resource_id as "alsoResourceId", h.starts_at as "startsAt",
  h.ends_at as "endsAt", h.blocked_until as "blockedUntil", h.last_at as "lastAt", h.held_until as "heldUntil"`

/** The hours a document keeps, first to come first. */
export function keptHoursOf(db: Queryable, cartId: string): Promise<KeptHour[]> {
  return query(
    db,
    sql`select ${columns} from orders.kept_hour h where h.cart_id = ${cartId} order by h.starts_at, h.kind`,
  )
}

/** Hours as JSON has them, within a statement that reads something else. */
export type KeptHourJson = {
  [K in keyof KeptHour]: KeptHour[K] extends Date
    ? string
    : KeptHour[K] extends Date | null
      ? string | null
      : KeptHour[K]
}

/** An hour that was read within another statement. */
export function readKeptHour(row: KeptHourJson): KeptHour {
  return {
    ...row,
    startsAt: new Date(row.startsAt),
    endsAt: new Date(row.endsAt),
    blockedUntil: row.blockedUntil === null ? null : new Date(row.blockedUntil),
    lastAt: new Date(row.lastAt),
    heldUntil: new Date(row.heldUntil),
  }
}

/** Those of a cart, for the statement that reads the cart `c`: asked for quotes and requests alone. */
export const keptHoursJson = sql`case when c.quote_revision is not null then (
    select json_agg(k) from (select ${columns} from orders.kept_hour h where h.cart_id = c.id) k) end`

export async function insertKeptHours(tx: Tx, cartId: string, hours: readonly KeptHour[]): Promise<void> {
  const rows = hours.map((hour) => ({
    cart_id: cartId,
    kind: hour.kind,
    pool_ids: hour.poolIds,
    promise_ids: hour.promiseIds,
    place_id: hour.placeId,
    site_id: hour.siteId,
    service: hour.service,
    name: hour.name,
    resource_id: hour.resourceId,
    also_resource_id: hour.alsoResourceId,
    starts_at: hour.startsAt,
    ends_at: hour.endsAt,
    blocked_until: hour.blockedUntil,
    last_at: hour.lastAt,
    held_until: hour.heldUntil,
  }))
  await execute(
    tx,
    sql`insert into orders.kept_hour
        select r.* from json_populate_recordset(null::orders.kept_hour, ${asJson(rows)}::json) r`,
  )
}

/** What was kept for documents has gone over to their orders, or back. */
export async function deleteKeptHours(tx: Tx, cartIds: readonly string[], kinds?: readonly HourKind[]): Promise<void> {
  await execute(
    tx,
    sql`delete from orders.kept_hour where cart_id = any(${cartIds}::uuid[])
          and (${kinds ?? null}::text[] is null or kind = any(${kinds ?? null}::text[]))`,
  )
}

/** Keeps what a document keeps until another moment. */
export async function updateHeldUntil(tx: Tx, cartId: string, kind: HourKind, until: Date): Promise<void> {
  await execute(tx, sql`update orders.kept_hour set held_until = ${until} where cart_id = ${cartId} and kind = ${kind}`)
}

/** Documents with hours that were kept until now and no longer. */
export async function cartsWithOverdueHours(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ cart_id: string }>(
    db,
    sql`select h.cart_id from orders.kept_hour h where h.held_until <= ${now} group by h.cart_id limit ${limit}`,
  )
  return rows.map((row) => row.cart_id)
}
