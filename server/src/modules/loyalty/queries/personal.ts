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
      table: 'loyalty.entitlement_grant',
      withheld: { actor: 'staff', ended_by: 'staff' },
      read: ({ parties }) =>
        sql`select since, benefit, note, until, ended_at, party_id from loyalty.entitlement_grant
            where party_id = any(${parties}::uuid[]) order by since`,
      erase: ({ parties }) => sql`delete from loyalty.entitlement_grant where party_id = any(${parties}::uuid[])`,
    },
    {
      table: 'loyalty.referral_code',
      read: ({ parties }) =>
        sql`select created_at, code, party_id from loyalty.referral_code where party_id = any(${parties}::uuid[]) order by created_at`,
      erase: ({ parties }) => sql`delete from loyalty.referral_code where party_id = any(${parties}::uuid[])`,
    },
    {
      // Who the other is, is told to neither.
      table: 'loyalty.referral',
      withheld: { friend_id: 'copy', sponsor_id: 'copy' },
      read: ({ parties }) =>
        sql`select claimed_at, state, reason, settled_at, order_id from loyalty.referral
            where friend_id = any(${parties}::uuid[]) or sponsor_id = any(${parties}::uuid[]) order by claimed_at`,
      erase: ({ parties }) =>
        sql`delete from loyalty.referral where friend_id = any(${parties}::uuid[]) or sponsor_id = any(${parties}::uuid[])`,
    },
    {
      // What was done is of the accounts with the partner, and names nobody once this is gone.
      table: 'loyalty.partner_part',
      read: ({ parties }) =>
        sql`select o.at, p.name as partner, o.kind, o.state, o.shop, o.reference, a.points, a.returned, a.party_id
            from loyalty.partner_part a
            join loyalty.partner_operation o on o.partner_id = a.partner_id and o.id = a.operation_id
            join loyalty.partner p on p.id = a.partner_id
            where a.party_id = any(${parties}::uuid[]) order by o.at`,
      erase: ({ parties }) => sql`delete from loyalty.partner_part where party_id = any(${parties}::uuid[])`,
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
