import sql from 'sql-template-tag'
import { query } from '../../../kernel/db.ts'
import { actorExcept, type PersonalPart } from '../../../kernel/personal.ts'

/** Money: given to whoever asks, and kept with the accounts. It names nobody. */
export const personalOfPayments: PersonalPart = {
  module: 'payments',
  tables: [
    {
      table: 'payments.payment',
      read: ({ orders }) =>
        sql`select created_at, order_id, method, provider, state, amount_minor, currency, settled_at from payments.payment
            where order_id = any(${orders}::uuid[]) order by created_at`,
    },
    {
      table: 'payments.refund',
      read: ({ orders }) =>
        sql`select created_at, order_id, state, amount_minor, currency, settled_at from payments.refund
            where order_id = any(${orders}::uuid[]) order by created_at`,
    },
    {
      table: 'payments.voucher',
      read: ({ orders }) =>
        sql`select issued_at, code, kind, issued_minor, balance_minor, currency, expires_at from payments.voucher
            where order_id = any(${orders}::uuid[]) order by issued_at`,
    },
    {
      table: 'payments.ledger_entry',
      read: ({ orders }) =>
        sql`select booked_at, order_id, account, amount_minor, currency, cause from payments.ledger_entry
            where order_id = any(${orders}::uuid[]) order by booked_at, transfer_id, position`,
    },
    {
      table: 'payments.transfer',
      withheld: { actor: 'staff' },
      read: ({ parties }) =>
        sql`select booked_at, from_account, to_account, unit, amount, cause, subject_id, expires_at, note from payments.transfer
            where owner_id = any(${parties}::uuid[]) order by booked_at, id`,
      // Sums must hold: the amounts stay, of somebody nobody can name any more.
      erase: (person) =>
        sql`update payments.transfer set note = null, actor = ${actorExcept(person)}
            where owner_id = any(${person.parties}::uuid[]) and (note is not null or actor is not null)`,
    },
  ],
  async obstacles(db, { orders }) {
    const rows = await query<{ obstacle: string }>(
      db,
      sql`select distinct obstacle from (
            select 'refund_pending' as obstacle from payments.refund where order_id = any(${orders}::uuid[]) and state = 'pending'
            union all select 'payment_due' from payments.payment where order_id = any(${orders}::uuid[]) and state = 'due'
          ) found order by 1`,
    )
    return rows.map(({ obstacle }) => obstacle)
  },
}
