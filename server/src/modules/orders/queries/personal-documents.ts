import sql from 'sql-template-tag'
import { actorExcept, type PersonalTable } from '../../../kernel/personal.ts'

/** What is not an order yet, or never will be: carts, quotes, reservations, requests. */
export const personalDocuments: readonly PersonalTable[] = [
  {
    table: 'orders.cart',
    read: ({ documents }) =>
      sql`select created_at, id, account_id, updated_at, order_id from orders.cart where id = any(${documents}::uuid[]) order by created_at`,
    erase: ({ documents }) =>
      sql`update orders.cart set account_id = null where id = any(${documents}::uuid[]) and account_id is not null`,
  },
  {
    table: 'orders.cart_line',
    read: ({ documents }) =>
      sql`select added_at, cart_id, variant_id, quantity from orders.cart_line where cart_id = any(${documents}::uuid[]) order by added_at`,
  },
  {
    table: 'orders.quote',
    withheld: { access_token: 'secret', author: 'staff' },
    read: ({ documents }) =>
      sql`select created_at, number, state, revision, locale, contact_name, contact_email, contact_phone, company, total_minor,
                 valid_until, accepted_by, accepted_at, reason, party_id
          from orders.quote where id = any(${documents}::uuid[]) order by created_at`,
    erase: ({ documents, names }, { secret }) =>
      sql`update orders.quote set contact_name = '–', contact_email = null, contact_phone = null, company = null, reason = null,
            party_id = null, access_token = encode(sha256(convert_to(id::text || ${secret}, 'UTF8')), 'hex'),
            accepted_by = case when accepted_by is null then null else '–' end,
            author = case when author = any(${names}::text[]) then null else author end
          where id = any(${documents}::uuid[])`,
  },
  {
    table: 'orders.quote_revision',
    withheld: { author: 'staff', approved_by: 'staff' },
    read: ({ documents }) =>
      sql`select created_at, quote_id, revision, content, sent_at from orders.quote_revision
          where quote_id = any(${documents}::uuid[]) order by created_at`,
    erase: ({ documents, words, names }) =>
      sql`update orders.quote_revision set content = kernel.redact(content::jsonb, ${words}::text[])::json,
            author = case when author = any(${names}::text[]) then null else author end,
            approved_by = case when approved_by = any(${names}::text[]) then null else approved_by end
          where quote_id = any(${documents}::uuid[])`,
  },
  {
    table: 'orders.reservation',
    withheld: { access_token: 'secret', actor: 'staff' },
    read: ({ documents }) =>
      sql`select created_at, code, state, locale, contact_name, contact_email, contact_phone, expires_at, came_at, ended_at, order_id, party_id
          from orders.reservation where id = any(${documents}::uuid[]) order by created_at`,
    erase: (person, { secret }) =>
      sql`update orders.reservation set access_token = encode(sha256(convert_to(id::text || ${secret}, 'UTF8')), 'hex'),
            contact_name = '–', contact_email = '', contact_phone = null, party_id = null,
            actor = ${actorExcept(person)} where id = any(${person.documents}::uuid[])`,
  },
  {
    table: 'orders.reservation_line',
    read: ({ documents }) =>
      sql`select reservation_id, sku, name, variant_label, quantity, unit_price_minor from orders.reservation_line
          where reservation_id = any(${documents}::uuid[]) order by reservation_id, position`,
  },
  {
    table: 'orders.pass',
    withheld: { actor: 'staff' },
    erase: (person) =>
      sql`update orders.pass set actor = ${actorExcept(person)} where cart_id = any(${person.documents}::uuid[]) and actor is not null`,
  },
  {
    table: 'orders.purchase_request',
    read: ({ members }) =>
      sql`select created_at, number, state, requester_name, purchase, total_minor, reason, member_id from orders.purchase_request
          where member_id = any(${members}::uuid[]) order by created_at`,
    erase: ({ members, words }) =>
      sql`update orders.purchase_request set requester_name = '–', reason = null,
            purchase = kernel.redact(purchase::jsonb, ${words}::text[])::json where member_id = any(${members}::uuid[])`,
  },
  {
    table: 'orders.approval_step',
    read: ({ members }) =>
      sql`select decided_at, request_id, state, decided_by, reason, member_id from orders.approval_step
          where member_id = any(${members}::uuid[]) order by decided_at`,
    erase: ({ members }) =>
      sql`update orders.approval_step set reason = null, decided_by = case when decided_by is null then null else '–' end
          where member_id = any(${members}::uuid[])`,
  },
  {
    table: 'orders.saved_list',
    read: ({ names, members }) =>
      sql`select s.updated_at, s.name, s.lines, s.created_by from orders.saved_list s
          where s.created_by = any(${names}::text[]) and exists (select from customers.company_member m
            where m.id = any(${members}::uuid[]) and m.company_id = s.company_id) order by s.updated_at`,
    erase: ({ names, members }) =>
      sql`update orders.saved_list s set created_by = '–'
          where s.created_by = any(${names}::text[]) and exists (select from customers.company_member m
            where m.id = any(${members}::uuid[]) and m.company_id = s.company_id)`,
  },
]
