import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'
import { isTheirContact, type LegalRecord, type Person, type PersonalPart } from '../../../kernel/personal.ts'
import { personalDocuments } from './personal-documents.ts'
import { personalOrders } from './personal-orders.ts'

async function locate(db: Queryable, person: Person): Promise<Partial<Person>> {
  const { parties, accounts, members } = person
  const orders = await query<{ id: string; contact_name: string | null; contact_email: string | null }>(
    db,
    sql`select id, contact_name, contact_email from orders.sales_order
        where party_id = any(${parties}::uuid[]) or account_id = any(${accounts}::text[])
          or (party_id is null and ${isTheirContact(person)})
          or id in (select order_id from orders.company_order where member_id = any(${members}::uuid[]))`,
  )
  const documents = await query<{ id: string; name: string | null }>(
    db,
    sql`select id, contact_name as name from orders.quote where party_id = any(${parties}::uuid[]) or ${isTheirContact(person)}
        union all select id, contact_name from orders.reservation where party_id = any(${parties}::uuid[]) or ${isTheirContact(person)}
        union all select id, null from orders.purchase_request where member_id = any(${members}::uuid[])
        union all select id, null from orders.cart where account_id = any(${accounts}::text[])`,
  )
  const names = [...orders.map((row) => row.contact_name), ...documents.map(({ name }) => name)].filter(
    (name) => name !== null,
  )
  const streets = await query<{ street: string | null; name: string | null }>(
    db,
    sql`select address ->> 'street' as street, address ->> 'name' as name from orders.sales_order
        where id = any(${orders.map(({ id }) => id)}::uuid[]) and address is not null`,
  )
  return {
    orders: orders.map(({ id }) => id),
    documents: [...new Set(documents.map(({ id }) => id))],
    names,
    words: [...names, ...streets.flatMap(({ street, name }) => [street ?? '', name ?? ''])],
  }
}

/** What is not over yet, and needs to be known whose it is. */
async function obstacles(db: Queryable, { orders, documents }: Person, now: Date): Promise<string[]> {
  const rows = await query<{ obstacle: string }>(
    db,
    sql`select distinct obstacle from (
          select 'order_open' as obstacle from orders.sales_order o where o.id = any(${orders}::uuid[])
            and (o.document_state = 'awaiting_payment' or (o.document_state = 'confirmed' and exists (
              select from orders.order_line l where l.order_id = o.id and l.fulfilled_quantity < l.quantity)))
          union all select 'return_open' from orders.return_request r where r.order_id = any(${orders}::uuid[])
            and r.closed_at is null
          union all select 'order_open' from orders.order_change c where c.order_id = any(${orders}::uuid[]) and c.state = 'waiting'
          union all select 'reservation_open' from orders.reservation v where v.id = any(${documents}::uuid[]) and v.ended_at is null
          union all select 'quote_open' from orders.quote q where q.id = any(${documents}::uuid[])
            and q.state in ('draft', 'to_approve', 'approved', 'sent') and q.valid_until > ${now}
          union all select 'request_open' from orders.purchase_request p where p.id = any(${documents}::uuid[]) and p.state = 'waiting'
        ) found order by 1`,
  )
  return rows.map(({ obstacle }) => obstacle)
}

type OrderFacts = {
  number: string
  at: Date
  total_minor: bigint
  currency: string
  contact_name: string | null
  address: unknown
}

/** What accounts and proofs need of who bought: a name and an address with the number, and the words of withdrawals and accepted quotes. */
async function legalRecords(db: Queryable, { orders, documents }: Person): Promise<LegalRecord[]> {
  const sold = await query<OrderFacts>(
    db,
    sql`select number, placed_at as at, total_minor, currency, contact_name, address from orders.sales_order
        where id = any(${orders}::uuid[]) and (document_state = 'confirmed' or exists (
          select from payments.payment p where p.order_id = sales_order.id and p.state = 'captured'))`,
  )
  const withdrawn = await query<{ number: string; at: Date; name: string; receipt: string }>(
    db,
    sql`select number, declared_at as at, name, receipt from orders.withdrawal where order_id = any(${orders}::uuid[])`,
  )
  const accepted = await query<{ number: string; at: Date; name: string; content: unknown }>(
    db,
    sql`select q.number, q.accepted_at as at, q.contact_name as name, r.content from orders.quote q
        join orders.quote_revision r on r.quote_id = q.id and r.revision = q.accepted_revision
        where q.id = any(${documents}::uuid[]) and q.state = 'accepted' and q.accepted_at is not null`,
  )
  const records: LegalRecord[] = []
  for (const { number: reference, at, total_minor, currency, contact_name: name, address } of sold) {
    const amountMinor = Number(total_minor)
    const content = { name, address, placedAt: at.toISOString(), totalMinor: amountMinor, currency }
    records.push({ law: 'accounting', reference, at, amountMinor, content })
    if (amountMinor >= contractFromMinor) records.push({ law: 'contract', reference, at, amountMinor, content })
  }
  for (const { number: reference, at, ...content } of [...withdrawn, ...accepted])
    records.push({ law: 'proof', reference, at, amountMinor: 0, content })
  return records
}

/** From here on a contract made at a distance is kept ten years (Code de la consommation, D213-1). */
const contractFromMinor = 12_000

/** Orders and the documents that become one. */
export const personalOfOrders: PersonalPart = {
  module: 'orders',
  tables: [...personalOrders, ...personalDocuments],
  locate,
  obstacles,
  legalRecords,
}
