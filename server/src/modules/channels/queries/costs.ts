import type { ChannelCost, ChannelCostTerms } from '@ecluse/contracts/channels.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** The day that stands for "always". */
export const sinceEver = '2000-01-01'

/** What a channel costs of which nothing is said. */
export const noCosts: ChannelCostTerms = {
  fixedPerMonthMinor: 0,
  perOrderMinor: 0,
  perLineMinor: 0,
  perUnitMinor: 0,
  perParcelMinor: 0,
  perContactMinor: 0,
  perCardPaymentMinor: 0,
  cardBasisPoints: 0,
  commissionBasisPoints: 0,
  goodsBasisPoints: 6_000,
}

type CostRow = {
  channel_code: string
  valid_from: string
  fixed_per_month_minor: bigint
  per_order_minor: bigint
  per_line_minor: bigint
  per_unit_minor: bigint
  per_parcel_minor: bigint
  per_contact_minor: bigint
  per_card_payment_minor: bigint
  card_basis_points: number
  commission_basis_points: number
  goods_basis_points: number
}

/** What channels cost and since when, the latest first; of all, or of the one with a code. */
export async function selectCosts(
  db: Queryable,
  code: string | null,
): Promise<{ channelCode: string; cost: ChannelCost }[]> {
  const rows = await query<CostRow>(
    db,
    sql`select c.code as channel_code, k.valid_from, k.fixed_per_month_minor, k.per_order_minor, k.per_line_minor,
          k.per_unit_minor, k.per_parcel_minor, k.per_contact_minor, k.per_card_payment_minor, k.card_basis_points,
          k.commission_basis_points, k.goods_basis_points
        from channels.channel_cost k join channels.channel c on c.id = k.channel_id
        where ${code}::text is null or c.code = ${code}
        order by c.position, c.code, k.valid_from desc`,
  )
  return rows.map((row) => ({
    channelCode: row.channel_code,
    cost: {
      validFrom: row.valid_from,
      fixedPerMonthMinor: Number(row.fixed_per_month_minor),
      perOrderMinor: Number(row.per_order_minor),
      perLineMinor: Number(row.per_line_minor),
      perUnitMinor: Number(row.per_unit_minor),
      perParcelMinor: Number(row.per_parcel_minor),
      perContactMinor: Number(row.per_contact_minor),
      perCardPaymentMinor: Number(row.per_card_payment_minor),
      cardBasisPoints: row.card_basis_points,
      commissionBasisPoints: row.commission_basis_points,
      goodsBasisPoints: row.goods_basis_points,
    },
  }))
}

/** Says what a channel costs from a day on. */
export async function upsertCost(
  tx: Tx,
  channelId: string,
  validFrom: string,
  terms: ChannelCostTerms,
  now: Date,
): Promise<void> {
  await execute(
    tx,
    sql`insert into channels.channel_cost (channel_id, valid_from, fixed_per_month_minor, per_order_minor, per_line_minor,
          per_unit_minor, per_parcel_minor, per_contact_minor, per_card_payment_minor, card_basis_points,
          commission_basis_points, goods_basis_points, changed_at)
        values (${channelId}, ${validFrom}::date, ${terms.fixedPerMonthMinor}, ${terms.perOrderMinor}, ${terms.perLineMinor},
          ${terms.perUnitMinor}, ${terms.perParcelMinor}, ${terms.perContactMinor}, ${terms.perCardPaymentMinor},
          ${terms.cardBasisPoints}, ${terms.commissionBasisPoints}, ${terms.goodsBasisPoints}, ${now})
        on conflict (channel_id, valid_from) do update set
          fixed_per_month_minor = excluded.fixed_per_month_minor, per_order_minor = excluded.per_order_minor,
          per_line_minor = excluded.per_line_minor, per_unit_minor = excluded.per_unit_minor,
          per_parcel_minor = excluded.per_parcel_minor, per_contact_minor = excluded.per_contact_minor,
          per_card_payment_minor = excluded.per_card_payment_minor, card_basis_points = excluded.card_basis_points,
          commission_basis_points = excluded.commission_basis_points, goods_basis_points = excluded.goods_basis_points,
          changed_at = excluded.changed_at`,
  )
}

/** Takes back what was said of the costs from a day on, unless nothing else would be left. */
export function deleteCost(tx: Tx, channelId: string, validFrom: string): Promise<number> {
  return execute(
    tx,
    sql`delete from channels.channel_cost where channel_id = ${channelId} and valid_from = ${validFrom}::date
          and (select count(*) from channels.channel_cost where channel_id = ${channelId}) > 1`,
  )
}
