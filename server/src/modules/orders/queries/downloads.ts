import sql from 'sql-template-tag'
import { asJson, execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type ConsentRow = {
  order_id: string
  wording: string
  locale: 'fr' | 'en'
  statement: string
  agreed_at: Date
}

export async function insertConsents(tx: Tx, rows: readonly ConsentRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.download_consent
        select r.* from json_populate_recordset(null::orders.download_consent, ${asJson(rows)}::json) r`,
  )
}

export async function selectConsent(db: Queryable, orderId: string): Promise<ConsentRow | undefined> {
  return maybeOne(db, sql`select * from orders.download_consent where order_id = ${orderId}`)
}

export type GrantRow = {
  order_id: string
  line_id: string
  secret: string
  granted_at: Date
  /** Since when downloads are counted. */
  counted_from: Date
  expires_at: Date
  /** Downloads of each file. */
  most: number
  revoked_at: Date | null
  revoke_reason: string | null
}

export async function insertGrants(tx: Tx, rows: readonly GrantRow[]): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.download_grant
        select r.* from json_populate_recordset(null::orders.download_grant, ${asJson(rows)}::json) r`,
  )
}

export async function selectGrants(db: Queryable, orderId: string): Promise<GrantRow[]> {
  return query(db, sql`select * from orders.download_grant where order_id = ${orderId}`)
}

/** Other links, counted and ending anew. */
export async function renewGrant(
  tx: Tx,
  grant: Pick<GrantRow, 'order_id' | 'line_id' | 'secret' | 'counted_from' | 'expires_at'>,
): Promise<void> {
  await execute(
    tx,
    sql`update orders.download_grant
        set secret = ${grant.secret}, counted_from = ${grant.counted_from}, expires_at = ${grant.expires_at},
            revoked_at = null, revoke_reason = null
        where order_id = ${grant.order_id} and line_id = ${grant.line_id}`,
  )
}

/** Ends the right to fetch; of one line, or of all of an order. */
export async function revokeGrants(
  tx: Tx,
  { orderId, lineId = null }: { orderId: string; lineId?: string | null },
  reason: string,
  at: Date,
): Promise<number> {
  return execute(
    tx,
    sql`update orders.download_grant set revoked_at = ${at}, revoke_reason = ${reason}
        where order_id = ${orderId} and (${lineId}::uuid is null or line_id = ${lineId}::uuid) and revoked_at is null`,
  )
}

export type DownloadRow = { id: string; line_id: string; file_id: string; at: Date }

export async function insertDownload(tx: Tx, row: DownloadRow & { order_id: string }): Promise<void> {
  await execute(
    tx,
    sql`insert into orders.download (order_id, id, line_id, file_id, at)
        values (${row.order_id}, ${row.id}, ${row.line_id}, ${row.file_id}, ${row.at})`,
  )
}

/** Each download of an order, the newest first. */
export async function selectDownloads(db: Queryable, orderId: string): Promise<DownloadRow[]> {
  return query(
    db,
    sql`select id, line_id, file_id, at from orders.download where order_id = ${orderId} order by at desc, id desc`,
  )
}

/** Orders with files whose time has come. */
export async function ordersWithFilesDue(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await query<{ order_id: string }>(
    db,
    sql`select distinct l.order_id from orders.order_line l
        join orders.sales_order o on o.id = l.order_id and o.document_state = 'confirmed'
        where l.download_from is not null and l.fulfilled_quantity = 0 and l.exception is null
          and l.download_from <= ${now} order by l.order_id limit ${limit}`,
  )
  return rows.map((row) => row.order_id)
}
