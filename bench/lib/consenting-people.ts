import type { Db } from '../../server/src/kernel/db.ts'

/** Customers with an e-mail, a telephone and an address, a tenth of whom never agreed to anything, and an order of some of them. */
export async function makeConsentingPeople(db: Db, many: number, now: Date): Promise<void> {
  await db.query(
    `insert into customers.party (id, kind, name, email, phone, address, locale, sort_name, search, created_at, updated_at)
     select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'person', 'Client ' || n, 'client' || n || '@exemple.fr',
       '+336' || lpad(n::text, 8, '0'), jsonb_build_object('name', 'Client ' || n, 'street', n || ' rue Haute', 'postalCode', '44000',
       'locality', 'Nantes', 'country', 'FR'), 'fr', '', '', $2, $2
     from generate_series(1, $1::int) n`,
    [many, now],
  )
  // Rows as the gate reads them; nobody verifies these chains.
  await db.query(
    `insert into customers.consent (party_id, sequence, id, act, medium, purpose, at, content, previous, hash, signature, key_id)
     select id, 1, gen_random_uuid(), 'granted', null, null, $1,
       '{"actor":null,"address":null,"preferences":null,"proof":{},"source":"bench","wording":null}', null, 'h', 's', 'bench'
     from customers.party where right(id::text, 1) <> '0' and right(id::text, 1) <> '8'`,
    [now],
  )
  await db.query(
    `insert into customers.interaction (party_id, kind, at, id, channel_code, value_minor)
     select id, 'order', $1::timestamptz - interval '40 days', gen_random_uuid(), 'web', 5000 from customers.party
     where right(id::text, 1) in ('1', '2', '3', '4')`,
    [now],
  )
  await db.query('analyze')
}
