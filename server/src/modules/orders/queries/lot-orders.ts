import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/** Numbers of orders, and whom to reach about them. */
export function selectRecalled(
  db: Queryable,
  orderIds: readonly string[],
): Promise<
  {
    orderId: string
    number: string
    channelCode: string
    name: string | null
    email: string | null
    phone: string | null
  }[]
> {
  return query(
    db,
    sql`select o.id as "orderId", o.number, c.code as "channelCode", o.contact_name as name, o.contact_email as email,
               o.contact_phone as phone
        from orders.sales_order o join channels.channel c on c.id = o.channel_id
        where o.id = any(${orderIds}::uuid[])`,
  )
}
