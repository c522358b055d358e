import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/** Preparations of parcels at suppliers' places for which nothing was asked yet. */
export async function preparationsToOrder(
  db: Queryable,
  placeIds: readonly string[],
): Promise<
  {
    preparationId: string
    orderId: string
    orderNumber: string
    placeId: string
    shipTo: PostalAddress
    lines: { variantId: string; quantity: number }[]
  }[]
> {
  return query(
    db,
    sql`select f.id as "preparationId", f.order_id as "orderId", o.number as "orderNumber", f.place_id as "placeId",
               o.address as "shipTo",
               (select json_agg(json_build_object('variantId', l.variant_id, 'quantity', fl.quantity) order by l.position)
                from fulfillment.fulfillment_line fl
                join orders.order_line l on l.order_id = fl.order_id and l.id = fl.line_id
                where fl.order_id = f.order_id and fl.fulfillment_id = f.id) as lines
        from fulfillment.fulfillment f join orders.sales_order o on o.id = f.order_id
        where f.place_id = any(${placeIds}::uuid[]) and f.state = 'to_prepare' and f.method = 'delivery' and o.address is not null
          and exists (select from fulfillment.fulfillment_line fl where fl.order_id = f.order_id and fl.fulfillment_id = f.id)
          and not exists (select from inventory.supplier_order s where s.direct_for = f.id)
        order by f.id limit 200`,
  )
}

/** What became of preparations that suppliers were asked for and that are over. */
export async function endedDirect(db: Queryable): Promise<Map<string, 'gone' | 'given_up'>> {
  const rows = await query<{ id: string; state: string }>(
    db,
    sql`select f.id, f.state from inventory.supplier_order s
        join fulfillment.fulfillment f on f.order_id = s.direct_order_id and f.id = s.direct_for
        where s.direct_for is not null and s.state in ('draft', 'ordered')
          and f.state in ('shipped', 'handed_over', 'cancelled') limit 200`,
  )
  return new Map(rows.map(({ id, state }) => [id, state === 'cancelled' ? 'given_up' : 'gone']))
}
