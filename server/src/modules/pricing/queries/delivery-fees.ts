import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type DeliveryMethod = 'delivery' | 'pickup' | 'carry_out'

/** What a way of delivery costs and how many days it takes. Amounts in minor units, VAT included. */
export type DeliveryFee = {
  method: DeliveryMethod
  feeMinor: bigint
  freeFromMinor: bigint | null
  leadDaysMin: number
  leadDaysMax: number
}

export async function selectDeliveryFees(db: Queryable): Promise<(DeliveryFee & { channelId: string })[]> {
  return query(
    db,
    sql`select channel_id as "channelId", method, fee_minor as "feeMinor", free_from_minor as "freeFromMinor",
               lead_days_min as "leadDaysMin", lead_days_max as "leadDaysMax"
        from pricing.delivery_fee order by channel_id, method`,
  )
}

/** Replaces the ways of delivery of a channel. */
export async function replaceDeliveryFees(tx: Tx, channelId: string, fees: readonly DeliveryFee[]): Promise<void> {
  await execute(tx, sql`delete from pricing.delivery_fee where channel_id = ${channelId}`)
  await execute(
    tx,
    sql`insert into pricing.delivery_fee (channel_id, method, fee_minor, free_from_minor, lead_days_min, lead_days_max)
        select ${channelId}, * from unnest(${fees.map((f) => f.method)}::text[], ${fees.map((f) => f.feeMinor)}::bigint[],
          ${fees.map((f) => f.freeFromMinor)}::bigint[], ${fees.map((f) => f.leadDaysMin)}::int[],
          ${fees.map((f) => f.leadDaysMax)}::int[])`,
  )
}
