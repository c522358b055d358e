import sql from 'sql-template-tag'
import { actorExcept, type PersonalTable } from '../../../kernel/personal.ts'

/** Orders, what was bought, changed and sent back. Amounts and articles stay with the accounts; nobody is named by them any more. */
export const personalOrders: readonly PersonalTable[] = [
  {
    table: 'orders.sales_order',
    withheld: { access_token: 'secret', actor: 'staff' },
    read: ({ orders }) =>
      sql`select placed_at, id, number, document_state, locale, contact_name, contact_email, contact_phone, delivery_method, address,
                 pickup_code, promised_at, currency, subtotal_minor, delivery_fee_minor, delivery_favour, total_minor,
                 cancel_reason, party_id, account_id
          from orders.sales_order where id = any(${orders}::uuid[]) order by placed_at`,
    // A delivery has an address, be it one that says nothing.
    erase: (person, { secret }) =>
      sql`update orders.sales_order set contact_name = null, contact_email = null, contact_phone = null, party_id = null,
            account_id = null, pickup_code = null, cancel_reason = null, actor = ${actorExcept(person)},
            access_token = encode(sha256(convert_to(id::text || ${secret}, 'UTF8')), 'hex'),
            address = case when address is null then null else jsonb_build_object('name', '–', 'street', '–', 'postalCode', '00000',
              'locality', '–', 'country', coalesce(address ->> 'country', 'FR')) end
          where id = any(${person.orders}::uuid[])`,
  },
  {
    table: 'orders.order_line',
    read: ({ orders }) =>
      sql`select order_id, sku, name, variant_label, quantity, unit_price_minor, regular_minor, line_total_minor, vat_minor, fulfilled_quantity, returned_quantity
          from orders.order_line where order_id = any(${orders}::uuid[]) order by order_id, position`,
  },
  {
    table: 'orders.order_group',
    read: ({ orders }) =>
      sql`select order_id, no, method, pickup_code, promised_at, cancelled_at, cancel_reason from orders.order_group
          where order_id = any(${orders}::uuid[]) order by order_id, no`,
    erase: ({ orders }) =>
      sql`update orders.order_group set pickup_code = case when pickup_code is null then null else '' end, cancel_reason = null
          where order_id = any(${orders}::uuid[])`,
  },
  {
    table: 'orders.order_gift',
    read: ({ orders }) => sql`select order_id, message from orders.order_gift where order_id = any(${orders}::uuid[])`,
    erase: ({ orders }) =>
      sql`update orders.order_gift set message = '' where order_id = any(${orders}::uuid[]) and message <> ''`,
  },
  {
    table: 'orders.company_order',
    read: ({ orders, members }) =>
      sql`select placed_at, order_id, buyer_name, member_id, purchase_reference, buyer_reference, cost_centre from orders.company_order
          where order_id = any(${orders}::uuid[]) or member_id = any(${members}::uuid[]) order by placed_at`,
    erase: ({ orders, members }) =>
      sql`update orders.company_order set buyer_name = '–'
          where order_id = any(${orders}::uuid[]) or member_id = any(${members}::uuid[])`,
  },
  {
    table: 'orders.ubl_order',
    kept: { document: 'accounting' },
    read: ({ orders }) =>
      sql`select received_at, document_id, document from orders.ubl_order where order_id = any(${orders}::uuid[]) order by received_at`,
  },
  {
    table: 'orders.order_revision',
    withheld: { actor: 'staff' },
    read: ({ orders }) =>
      sql`select changed_at, order_id, revision, changed_by, changes, refund_minor, charge_minor from orders.order_revision
          where order_id = any(${orders}::uuid[]) order by changed_at`,
    erase: (person) =>
      sql`update orders.order_revision set changes = kernel.redact(changes, ${person.words}::text[]), actor = ${actorExcept(person)}
          where order_id = any(${person.orders}::uuid[])`,
  },
  {
    table: 'orders.order_change',
    withheld: { actor: 'staff' },
    read: ({ orders }) =>
      sql`select asked_at, order_id, state, asked_by, plan, due_minor, ended_at from orders.order_change
          where order_id = any(${orders}::uuid[]) order by asked_at`,
    erase: (person) =>
      sql`update orders.order_change set plan = kernel.redact(plan, ${person.words}::text[]), actor = ${actorExcept(person)}
          where order_id = any(${person.orders}::uuid[])`,
  },
  {
    table: 'orders.order_return',
    withheld: { actor: 'staff' },
    read: ({ orders }) =>
      sql`select created_at, order_id, number, refund_minor from orders.order_return
          where order_id = any(${orders}::uuid[]) order by created_at`,
    erase: (person) =>
      sql`update orders.order_return set actor = ${actorExcept(person)} where order_id = any(${person.orders}::uuid[])`,
  },
  {
    table: 'orders.return_line',
    read: ({ orders }) =>
      sql`select order_id, quantity, reason, condition, deduction_minor, deduction_reason from orders.return_line
          where order_id = any(${orders}::uuid[]) order by order_id, position`,
    erase: ({ orders }) =>
      sql`update orders.return_line set deduction_reason = '–' where order_id = any(${orders}::uuid[]) and deduction_reason is not null`,
  },
  {
    table: 'orders.return_request',
    withheld: { actor: 'staff' },
    read: ({ orders }) =>
      sql`select asked_at, order_id, number, state, received_at, closed_at, end_reason from orders.return_request
          where order_id = any(${orders}::uuid[]) order by asked_at`,
    erase: (person) =>
      sql`update orders.return_request set end_reason = null, actor = ${actorExcept(person)}
          where order_id = any(${person.orders}::uuid[])`,
  },
  {
    table: 'orders.return_request_line',
    coded: ['reason'],
    read: ({ orders }) =>
      sql`select order_id, quantity, reason, comment, condition, deduction_minor, deduction_reason, note from orders.return_request_line
          where order_id = any(${orders}::uuid[]) order by order_id, position`,
    erase: ({ orders }) =>
      sql`update orders.return_request_line set comment = null, note = null,
            deduction_reason = case when deduction_reason is null then null else '–' end
          where order_id = any(${orders}::uuid[])`,
  },
  {
    table: 'orders.withdrawal',
    withheld: { access_token: 'secret' },
    read: ({ orders }) =>
      sql`select declared_at, order_id, number, name, email, receipt, refund_minor from orders.withdrawal
          where order_id = any(${orders}::uuid[]) order by declared_at`,
    erase: ({ orders }, { secret }) =>
      sql`update orders.withdrawal set name = '–', email = '', receipt = '',
            access_token = encode(sha256(convert_to(id::text || ${secret}, 'UTF8')), 'hex')
          where order_id = any(${orders}::uuid[])`,
  },
  {
    table: 'orders.download_consent',
    kept: { statement: 'proof' },
    read: ({ orders }) =>
      sql`select agreed_at, order_id, wording, statement from orders.download_consent
          where order_id = any(${orders}::uuid[]) order by agreed_at`,
  },
  {
    table: 'orders.download_grant',
    withheld: { secret: 'secret' },
    read: ({ orders }) =>
      sql`select granted_at, order_id, expires_at, revoked_at, revoke_reason from orders.download_grant
          where order_id = any(${orders}::uuid[]) order by granted_at`,
    erase: ({ orders }, { secret }) =>
      sql`update orders.download_grant set revoke_reason = null,
            secret = encode(sha256(convert_to(order_id::text || line_id::text || ${secret}, 'UTF8')), 'hex')
          where order_id = any(${orders}::uuid[])`,
  },
  {
    table: 'orders.download',
    read: ({ orders }) =>
      sql`select at, order_id, file_id from orders.download where order_id = any(${orders}::uuid[]) order by at`,
    erase: ({ orders }) => sql`delete from orders.download where order_id = any(${orders}::uuid[])`,
  },
]
