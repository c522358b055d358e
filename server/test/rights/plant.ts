import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import type pg from 'pg'
import { query, type Db } from '../../src/kernel/db.ts'
import { rootDir } from '../../src/kernel/paths.ts'

/** Columns of `docs/personal-data.md`, by table. */
export const listed: ReadonlyMap<string, readonly string[]> = new Map(
  readFileSync(join(rootDir, 'docs/personal-data.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, table, columns] = /^\| `(\w+\.\w+)` +\| ([^|]+)\|/.exec(line) ?? []
      return table && columns ? [[table, [...columns.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '')]] : []
    }),
)

/** Somebody whose every personal column says who they are: `zqa` or `zqb` is in all of it. */
export type Planted = {
  readonly mark: string
  readonly email: string
  readonly ids: Readonly<Record<string, string>>
}

export function somebody(mark: string): Planted {
  const names = [
    'party',
    'account',
    'order',
    'quote',
    'reservation',
    'cart',
    'appointment',
    'member',
    'company',
    'segment',
  ]
  return {
    mark,
    email: `${mark}-mail@exemple.fr`,
    ids: Object.fromEntries(names.map((name) => [name, randomUUID()])),
  }
}

type Column = {
  table: string
  name: string
  type: string
  nullable: boolean
  fallback: string | null
  generated: string
}

type Given = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const past = new Date('2025-01-01T10:00:00Z')

const addressOf = ({ mark }: Planted) => ({
  name: `${mark}-nom`,
  street: `${mark}-rue`,
  postalCode: '44000',
  locality: 'Nantes',
  country: 'FR',
})
const contactOf = (person: Planted) => ({
  contact: { name: `${person.mark}-json`, email: person.email },
  address: addressOf(person),
  lines: [{ name: 'Vélo', quantity: 1 }],
})

/** Who they are. */
function givenOfPeople(person: Planted): Given {
  const { mark, email, ids } = person
  const address = addressOf(person)
  return {
    'access.account': { id: ids['account'], email, locale: 'fr' },
    'customers.party': {
      id: ids['party'],
      kind: 'person',
      locale: 'fr',
      merged_into: null,
      survivor_id: null,
      account_id: ids['account'],
      email,
    },
    'customers.merge': { absorbed_id: ids['party'] },
    'customers.household_proposal': {
      party_id: '00000000-0000-0000-0000-000000000001',
      other_id: ids['party'],
      score: 0.5,
    },
    'customers.match': { party_id: '00000000-0000-0000-0000-000000000001', other_id: ids['party'], probability: 0.5 },
    'customers.identification': { kind: 'email', value: email },
    'customers.customer_read': { screens: ['profile'] },
    'customers.consent': {
      sequence: 1,
      act: 'withdrawn',
      medium: 'email',
      purpose: 'marketing',
      content: JSON.stringify({
        source: 'staff',
        address: null,
        proof: { said: `${mark}-proof` },
        preferences: null,
        actor: null,
      }),
    },
    'customers.party_key': { kind: 'email', value: email },
    'customers.company_member': {
      id: ids['member'],
      company_id: ids['company'],
      email,
      state: 'active',
      role: 'buyer',
      locale: 'fr',
      account_id: ids['account'],
    },
    'customers.company_site': {
      company_id: ids['company'],
      siret: null,
      contact_email: email,
      month_limit_minor: null,
      address: { ...address, street: '1 rue de la Firme' },
    },
    'engagement.answer': { sender: email, wish: 'neither', medium: 'email' },
    'engagement.dead_address': { address: email },
    'engagement.sales_visit': { state: 'done', outcome: 'interested', closed_at: past },
    'engagement.segment_member': { segment_id: ids['segment'] },
  }
}

/** What they ordered. */
function givenOfOrders(person: Planted): Given {
  const { mark, email, ids } = person
  const address = addressOf(person)
  const contact = contactOf(person)
  return {
    'orders.sales_order': {
      id: ids['order'],
      document_state: 'confirmed',
      delivery_method: 'delivery',
      contact_email: email,
      address,
      total_minor: 15_000,
      subtotal_minor: 15_000,
      delivery_fee_minor: 0,
      locale: 'fr',
      item_count: 1,
      placed_at: past,
      currency: 'EUR',
    },
    'orders.order_line': { fulfilled_quantity: 1, quantity: 1 },
    'orders.order_group': { method: 'pickup', site_id: randomUUID() },
    'orders.return_line': { deduction_minor: 1 },
    'orders.return_request': { state: 'closed', closed_at: past },
    'orders.return_request_line': { deduction_minor: 1 },
    'orders.order_change': { state: 'made', ended_at: past, plan: contact, due_minor: 1 },
    'orders.order_revision': { changes: contact, revision: 2 },
    'orders.cart': { id: ids['cart'] },
    'orders.quote': {
      id: ids['quote'],
      state: 'accepted',
      accepted_revision: 1,
      revision: 1,
      accepted_at: past,
      contact_email: email,
      valid_until: past,
      locale: 'fr',
    },
    'orders.quote_revision': { content: contact, revision: 1 },
    'orders.reservation': {
      id: ids['reservation'],
      state: 'bought',
      ended_at: past,
      contact_email: email,
      locale: 'fr',
    },
    'orders.purchase_request': { state: 'approved', purchase: contact },
    'orders.saved_list': { company_id: ids['company'], created_by: `${mark}-access.account.name` },
    'orders.withdrawal': { email, locale: 'fr' },
    'orders.pass': { actor: `${mark}-access.account.name` },
  }
}

/** What came of it. */
function givenOfRest(person: Planted): Given {
  const { mark, email, ids } = person
  const address = addressOf(person)
  const contact = contactOf(person)
  return {
    'service.appointment': {
      id: ids['appointment'],
      state: 'done',
      starts_at: past,
      ends_at: new Date(+past + 1),
      blocked_until: new Date(+past + 2),
      contact_email: email,
      locale: 'fr',
    },
    'service.waiting': { contact_email: email, state: 'left', locale: 'fr' },
    'fulfillment.fulfillment': { state: 'shipped', method: 'delivery' },
    'fulfillment.parcel': { state: 'packed', resolution: null, position: 1 },
    'fulfillment.route_stop': { state: 'delivered', done_at: past, address, latitude: 47.2184, longitude: -1.5536 },
    'fulfillment.drive_visit': { served_at: past },
    'inventory.supplier_order': { direct_order_id: ids['order'], ship_to: address, state: 'draft' },
    'interchange.import_issue': { key: email, details: { value: email } },
    'interchange.webhook_delivery': { aggregate_id: ids['order'], sequence: 1, event_id: randomUUID() },
    'kernel.outbox': {
      aggregate_id: ids['order'],
      sequence: 1,
      payload: contact,
      actor: `${mark}-access.account.name`,
    },
    'kernel.idempotency_key': { response: { id: ids['order'], ...contact }, key: randomUUID() },
    'rights.request': {
      state: 'done',
      closed_at: past,
      email,
      locale: 'fr',
      kind: 'access',
      origin: 'mailbox',
      identity: 'mailbox',
      due_at: past,
    },
    'engagement.message': { medium: 'email', state: 'sent' },
    'rights.hold': { released_at: past },
    'payments.payment': { currency: 'EUR', state: 'captured' },
    'loyalty.earning': { tier_percent: 100 },
    'payments.refund': { currency: 'EUR', state: 'refunded' },
    'payments.ledger_entry': { currency: 'EUR' },
    'payments.transfer': {
      owner_id: ids['party'],
      from_account: 'a',
      to_account: 'b',
      actor: `${mark}-access.account.name`,
    },
    'engagement.journey_participant': { state: 'done', next_at: null },
    'payments.voucher': { currency: 'EUR', order_id: ids['order'] },
  }
}

/** What a row needs that cannot be guessed from the column's type. */
function givenOf(table: string, person: Planted): Readonly<Record<string, unknown>> {
  const given: Given = { ...givenOfPeople(person), ...givenOfOrders(person), ...givenOfRest(person) }
  return given[table] ?? {}
}

/** The person's id that a column of this name holds. */
function linkOf(table: string, name: string, { ids }: Planted): string | undefined {
  if (name === 'order_id') return ids['order']
  if (name === 'party_id') return ids['party']
  if (name === 'account_id') return ids['account']
  if (name === 'member_id') return ids['member']
  if (name === 'quote_id') return ids['quote']
  if (name === 'reservation_id' && table === 'orders.reservation_line') return ids['reservation']
  if (name === 'cart_id') return ids['cart']
  return undefined
}

/** Writes one row into each table for one person; keys to other tables are not looked at while it does. */
export async function plant(db: Db, tables: readonly string[], person: Planted): Promise<void> {
  const columns = await query<Column>(
    db,
    sql`select table_schema || '.' || table_name as table, column_name as name, data_type as type, is_nullable = 'YES' as nullable,
               column_default as fallback, is_generated as generated
        from information_schema.columns order by ordinal_position`,
  )
  const checks = await query<{ table: string; text: string }>(
    db,
    sql`select conrelid::regclass::text as table, pg_get_constraintdef(oid) as text from pg_constraint where contype = 'c'`,
  )
  const client = await db.connect()
  try {
    await client.query("set session_replication_role = 'replica'")
    await client.query(`insert into customers.company (id, number, name, locale, sort_name, search, created_at, updated_at)
      values ('${person.ids['company']}', '${person.ids['company']}', 'Firme', 'fr', 'firme', '', now(), now())`)
    await client.query(`insert into engagement.segment (id, name, rule, checked_until, created_at, updated_at, member_count)
      values ('${person.ids['segment']}', 'Segment ${person.ids['segment']}', '{}', now(), now(), now(), 1)`)
    const faults: string[] = []
    for (const table of tables) {
      const own = columns.filter((column) => column.table === table && column.generated === 'NEVER')
      const words = checks.filter((check) => check.table === table).map((check) => check.text)
      await insertRow(client, table, own, words, person).catch((error: Error) =>
        faults.push(`${table}: ${error.message}`),
      )
    }
    if (faults.length > 0) throw new Error(faults.join('\n'))
  } finally {
    await client.query("set session_replication_role = 'origin'")
    client.release()
  }
}

async function insertRow(
  client: pg.PoolClient,
  table: string,
  columns: readonly Column[],
  checks: readonly string[],
  person: Planted,
): Promise<void> {
  const given = givenOf(table, person)
  const personal = listed.get(table) ?? []
  const values = new Map<string, unknown>()
  for (const { name, type, nullable, fallback } of columns) {
    if (name in given) values.set(name, given[name])
    else if (linkOf(table, name, person)) values.set(name, linkOf(table, name, person))
    else if (personal.includes(name) || (!nullable && fallback === null))
      values.set(name, valueOf(type, allowed(name, checks) ?? wordFor(table, name, person, personal), person.mark))
  }
  const names = [...values.keys()]
  const json = columns.filter(({ type }) => type.startsWith('json')).map(({ name }) => name)
  await client.query(
    `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    names.map((name) => (json.includes(name) ? JSON.stringify(values.get(name)) : values.get(name))),
  )
}

/** Columns that name whoever did something: it may have been the person. */
const actors = /^(?:actor|author|approved_by)$/
/** Columns that say nothing of a customer: words of a list no constraint knows, a company's own, and who of the team did it. */
const coded = new Set([
  'orders.return_request_line.reason',
  'customers.company_site.name',
  'customers.company_site.instructions',
  'customers.consent.key_id',
  'inventory.supplier_order.created_by',
  'rights.request.closed_by',
  'rights.request.identified_by',
])

function wordFor(table: string, name: string, { mark }: Planted, personal: readonly string[]): string {
  if (coded.has(`${table}.${name}`) || !personal.includes(name)) return `x-${randomUUID()}`
  return actors.test(name) ? `${mark}-access.account.name` : `${mark}-${table}.${name}`
}

/** The first word of a column that may only hold some. */
function allowed(name: string, checks: readonly string[]): string | undefined {
  for (const text of checks) {
    const found = new RegExp(`\\(${name} = (?:ANY \\(ARRAY\\[)?'([^']+)'`).exec(text)
    if (found) return found[1]
  }
  return undefined
}

function valueOf(type: string, text: string, mark: string): unknown {
  if (type === 'text') return text
  if (type.startsWith('json')) return text.startsWith('x-') ? {} : { contact: { name: `${mark}-json` }, note: text }
  if (type === 'uuid') return randomUUID()
  if (type === 'boolean') return true
  if (type === 'bytea') return randomBytes(16)
  if (type === 'ARRAY') return []
  if (type.startsWith('timestamp') || type === 'date') return new Date('2025-01-02T10:00:00Z')
  return 1
}
