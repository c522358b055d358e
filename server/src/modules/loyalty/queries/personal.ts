import sql from 'sql-template-tag'
import type { PersonalPart } from '../../../kernel/personal.ts'

/** Whose card it is, and what their orders earn. */
export const personalOfLoyalty: PersonalPart = {
  module: 'loyalty',
  tables: [
    {
      table: 'loyalty.membership',
      withheld: { actor: 'staff' },
      read: ({ parties }) =>
        sql`select joined_at, card_number, channel_code, tier, party_id from loyalty.membership
            where party_id = any(${parties}::uuid[]) order by joined_at`,
      erase: ({ parties }) => sql`delete from loyalty.membership where party_id = any(${parties}::uuid[])`,
    },
    {
      table: 'loyalty.earning',
      read: ({ parties }) =>
        sql`select placed_at, order_id, points, matures_at, active, party_id from loyalty.earning
            where party_id = any(${parties}::uuid[]) order by placed_at`,
      erase: ({ parties }) => sql`delete from loyalty.earning where party_id = any(${parties}::uuid[])`,
    },
  ],
}
