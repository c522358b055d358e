import sql from 'sql-template-tag'
import { query, type Queryable, type Tx } from '../../../kernel/db.ts'

/** One variant's price in one list, as stored. */
export type PriceRow = {
  listId: string
  variantId: string
  amountMinor: bigint
  compareAtMinor: bigint | null
  validFrom: Date | null
  validUntil: Date | null
}

/** Writes prices that differ from what is there; answers the variants whose price changed. */
export async function upsertPrices(tx: Tx, rows: readonly PriceRow[]): Promise<string[]> {
  const changed = await query<{ variant_id: string }>(
    tx,
    sql`insert into pricing.price as p (price_list_id, variant_id, amount_minor, compare_at_minor, valid_from, valid_until)
        select * from unnest(${rows.map((r) => r.listId)}::uuid[], ${rows.map((r) => r.variantId)}::uuid[],
          ${rows.map((r) => r.amountMinor)}::bigint[], ${rows.map((r) => r.compareAtMinor)}::bigint[],
          ${rows.map((r) => r.validFrom)}::timestamptz[], ${rows.map((r) => r.validUntil)}::timestamptz[])
        on conflict (price_list_id, variant_id) do update set amount_minor = excluded.amount_minor,
          compare_at_minor = excluded.compare_at_minor, valid_from = excluded.valid_from, valid_until = excluded.valid_until
        where (p.amount_minor, p.compare_at_minor, p.valid_from, p.valid_until) is distinct from
              (excluded.amount_minor, excluded.compare_at_minor, excluded.valid_from, excluded.valid_until)
        returning variant_id`,
  )
  return changed.map((row) => row.variant_id)
}

/** Prices of these variants in all lists. */
export async function selectPrices(db: Queryable, variantIds: readonly string[]): Promise<PriceRow[]> {
  return query(
    db,
    sql`select price_list_id as "listId", variant_id as "variantId", amount_minor as "amountMinor",
               compare_at_minor as "compareAtMinor", valid_from as "validFrom", valid_until as "validUntil"
        from pricing.price where variant_id = any(${variantIds}::uuid[])`,
  )
}
