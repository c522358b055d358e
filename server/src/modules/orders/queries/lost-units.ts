import sql, { type Sql } from 'sql-template-tag'

/** How many units of an order were lost on their way and refunded, as a subquery; `orderId` names the order in the statement around it. */
export function lostUnits(orderId: Sql): Sql {
  return sql`select coalesce(sum(pl.quantity), 0)::int from fulfillment.parcel pa
    join fulfillment.parcel_line pl on pl.order_id = pa.order_id and pl.parcel_id = pa.id
    where pa.order_id = ${orderId} and pa.state = 'lost' and pa.resolution = 'refunded'`
}
