import sql from 'sql-template-tag'
import type { PersonalPart } from '../../../kernel/personal.ts'

/** Orders to suppliers who send straight to a customer. */
export const personalOfInventory: PersonalPart = {
  module: 'inventory',
  tables: [
    {
      table: 'inventory.supplier_order',
      withheld: { created_by: 'staff' },
      read: ({ orders }) =>
        sql`select created_at, number, state, ship_to from inventory.supplier_order
            where direct_order_id = any(${orders}::uuid[]) order by created_at`,
      erase: ({ orders }) =>
        sql`update inventory.supplier_order set ship_to = kernel.redact(ship_to::jsonb, '{}', true)::json
            where direct_order_id = any(${orders}::uuid[]) and ship_to is not null`,
    },
  ],
}
