import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable, type Tx } from '../../../kernel/db.ts'

/** Says where what lies in pools lies at its place. */
export async function updateLocations(
  tx: Tx,
  items: readonly { poolId: string; location: string | null }[],
): Promise<void> {
  await execute(
    tx,
    sql`update inventory.stock_item i set location = d.location
        from unnest(${items.map((one) => one.poolId)}::uuid[], ${items.map((one) => one.location)}::text[]) as d (pool_id, location)
        where i.pool_id = d.pool_id and i.location is distinct from d.location`,
  )
}

/** Whether there is such an article. */
export async function isVariant(db: Queryable, variantId: string): Promise<boolean> {
  return (await maybeOne(db, sql`select id from catalog.variant where id = ${variantId}`)) !== undefined
}
