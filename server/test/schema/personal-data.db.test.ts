import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { query } from '../../src/kernel/db.ts'
import { rootDir } from '../../src/kernel/paths.ts'
import { createTestDatabase } from '../kit/database.ts'

const { db } = await createTestDatabase()

/** Words in a column's name that say it may hold something about a person. */
const personal =
  /(?:^|_)(?:email|phone|address|contact|recipient|account_id|party_id|customer|actor|created_by|last_seen_at|access_token|pickup_code|tracking|password|birth|ip|user_agent|payload|response|html|body|reason)(?:_|$)/

/** Schemas that are about people: there, every column is personal unless its name says that it is not. */
const aboutPeople = ['access', 'customers', 'engagement']
const technical =
  /^(?:id|order_id|site_id|kind|state|medium|template|occurrence|attempts|count|bucket|role|active|every_site|provider|prefix|scopes|secret_hash|email_verified|source|error|\w+_at)$/

/** What the words above take for personal, and is not. */
const notPersonal = new Map([
  ['access.account.email_verified', 'yes or no'],
  ['access.api_key.name', 'what the key is for'],
  ['channels.channel_cost.per_contact_minor', 'a cost'],
  ['insights.sales_day.contact_minor', 'a cost'],
  ['insights.segment_day.contact_minor', 'a cost'],
  ['channels.site.phone', 'the shop’s own'],
  ['inventory.stock_movement.reason', 'why stock moved'],
  ['inventory.stock_movement.reason_code', 'one of a list'],
  ['inventory.receipt_line.reason_code', 'one of a list'],
  ['inventory.stock_count_line.reason_code', 'one of a list'],
  ['inventory.transfer_line.reason_code', 'one of a list'],
  ['orders.return_line.reason', 'one of a list'],
  ['interchange.webhook.disabled_reason', 'one of a list'],
  ['fulfillment.refusal.reason', 'one of a list'],
  ['inventory.place_closure.reason', 'one of a list'],
  ['fulfillment.delivery_window.reason', 'why a window was closed'],
  ['fulfillment.zone_day.reason', 'why a day is closed'],
  ['customers.identification.id', 'of the row'],
  ['engagement.segment.checked_until', 'of the segment'],
  ['engagement.segment.member_count', 'how many'],
  ['engagement.segment.revision', 'of the segment'],
])

const listed = new Set(
  readFileSync(join(rootDir, 'docs/personal-data.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, table, columns] = /^\| `(\w+\.\w+)` +\| ([^|]+)\|/.exec(line) ?? []
      return [...(columns ?? '').matchAll(/`(\w+)`/g)].map(([, column]) => `${table}.${column}`)
    }),
)

const columns = await query<{ schema: string; name: string; path: string }>(
  db,
  sql`select table_schema as schema, column_name as name, table_schema || '.' || table_name || '.' || column_name as path
      from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public') order by 3`,
)

test('every column that may hold personal data is on the page', () => {
  const missing = columns.filter(({ schema, name, path }) => {
    if (notPersonal.has(path) || listed.has(path)) return false
    return personal.test(name) || (aboutPeople.includes(schema) && !technical.test(name))
  })
  expect(missing.map(({ path }) => path)).toEqual([])
})

test('the page names no column that is gone', () => {
  const known = new Set(columns.map(({ path }) => path))
  expect(listed.size).toBeGreaterThan(40)
  expect([...listed, ...notPersonal.keys()].filter((path) => !known.has(path))).toEqual([])
})
