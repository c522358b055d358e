import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import sql from 'sql-template-tag'
import { afterAll, expect, test } from 'vitest'
import { systemContext } from '../../src/kernel/context.ts'
import { maybeOne, one, query } from '../../src/kernel/db.ts'
import { nobody } from '../../src/kernel/personal.ts'
import { permissionFor } from '../../src/modules/customers/public.ts'
import { archivePath } from '../../src/modules/rights/archive/archive-file.ts'
import { labelOf } from '../../src/modules/rights/archive/archive-page.ts'
import { verifyCertificates } from '../../src/modules/rights/erasure/certify.ts'
import { erasePerson } from '../../src/modules/rights/erasure/erase-person.ts'
import { makeArchive } from '../../src/modules/rights/jobs/do-requests.ts'
import { insertRequest } from '../../src/modules/rights/queries/requests.ts'
import { mailboxFingerprint } from '../../src/modules/rights/requests/open-request.ts'
import { rawText } from '../../src/kernel/messages.ts'
import { inTransaction } from '../../src/kernel/db.ts'
import { bundled } from '../../simulation/bundled.ts'
import { ofOthers, personalParts } from '../../src/personal-parts.ts'
import { createTestDatabase } from '../kit/database.ts'
import { createTestServices } from '../kit/services.ts'
import { listed, plant, somebody, type Planted } from './plant.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-rights-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const { db, connectionString } = await createTestDatabase()
const ctx = systemContext(createTestServices(db, { config: { dataDir } }), 'test')
const desk = {
  parts: personalParts,
  link: () => 'http://127.0.0.1/',
  page: () => 'http://127.0.0.1/',
  preferences: () => 'http://127.0.0.1/',
  keepLink: () => 'http://127.0.0.1/',
}
const tables = personalParts.flatMap((part) => part.tables)
const declared = new Map(tables.map((table) => [table.table, table]))
/** Filled by what is asked and erased itself. */
const ownWork = new Set(['rights.legal_record', 'rights.erasure'])

const a = somebody('zqa')
const b = somebody('zqb')
for (const person of [a, b])
  await plant(
    db,
    tables.map(({ table }) => table).filter((table) => !ownWork.has(table)),
    person,
  )

async function ask(kind: 'access' | 'erasure', person: Planted): Promise<string> {
  const id = ctx.ids.next()
  await inTransaction(db, (tx) =>
    insertRequest(tx, {
      id,
      number: `D-${id.slice(-7)}`,
      kind,
      state: 'working',
      origin: 'mailbox',
      party_id: null,
      account_id: null,
      email: person.email,
      fingerprint: mailboxFingerprint(ctx.config, person.email),
      locale: 'fr',
      received_at: ctx.clock.now(),
      due_at: ctx.clock.now(),
      extended_reason: null,
      identity: 'mailbox',
      identified_at: ctx.clock.now(),
      identified_by: null,
      reason: '',
      answer: '',
      closed_at: null,
      closed_by: null,
      progress: 0,
      obstacles: [],
    }),
  )
  return id
}

/** Columns where the law keeps somebody. */
const legal = new Set([
  'rights.legal_record.content',
  ...tables.flatMap(({ table, kept }) => Object.keys(kept ?? {}).map((column) => `${table}.${column}`)),
])

/** Every column of every table in which a mark stands, in any schema. */
async function whereIs(mark: string): Promise<string[]> {
  const all = await query<{ name: string }>(
    db,
    sql`select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const found: string[] = []
  for (const { name } of all) {
    const { rows } = await db.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${name} t where lower(to_jsonb(t)::text) like $1`,
      [`%${mark}%`],
    )
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row))
        if (JSON.stringify(value).toLowerCase().includes(mark)) found.push(`${name}.${column}`)
  }
  return [...new Set(found)].sort()
}

/** The columns a table gives, as PostgreSQL names them. */
async function givenBy(table: string): Promise<string[]> {
  const read = declared.get(table)?.read
  if (!read) return []
  const statement = read(nobody)
  const { fields } = await db.query(statement.text, statement.values)
  return fields.map(({ name }) => name)
}

test('every personal column of the page is given, or withheld for a reason; every table is a customer’s or another’s', async () => {
  const faults: string[] = []
  for (const [table, columns] of listed) {
    const known = declared.get(table)
    if (!known) {
      if (!(table in ofOthers)) faults.push(`${table}: neither given nor another’s`)
      continue
    }
    const given = await givenBy(table)
    const said = new Set([...given, ...Object.keys(known.withheld ?? {})])
    faults.push(...columns.filter((column) => !said.has(column)).map((column) => `${table}.${column}: not given`))
    faults.push(
      ...Object.keys(known.withheld ?? {})
        .filter((column) => given.includes(column))
        .map((column) => `${table}.${column}: withheld and given`),
    )
  }
  expect(faults).toEqual([])
})

test('every table and column that is given has a name in both languages', async () => {
  const missing: string[] = []
  for (const { table } of tables) {
    const given = await givenBy(table)
    for (const id of [
      labelOf(table),
      ...given.filter((name) => name !== 'html').map((name) => `rights.column.${name}`),
    ])
      for (const locale of ['fr', 'en'] as const)
        if (rawText(locale, id) === undefined && !ownWork.has(table)) missing.push(`${locale} ${id}`)
  }
  expect([...new Set(missing)]).toEqual([])
})

test('the archive holds every personal column of one person, and nothing of another', async () => {
  const id = await ask('access', a)
  await makeArchive(ctx, desk, id)
  const files = unzipSync(readFileSync(archivePath(ctx.config, id)))
  const text = (name: string) => Buffer.from(files[name] ?? []).toString('utf8')
  const json = Object.keys(files)
    .filter((name) => name.startsWith('json/'))
    .map(text)
    .join('\n')
    .toLowerCase()
  const page = text('mes-donnees.fr.html')
  const everywhere = (await whereIs('zqa')).filter((path) => {
    const [schema, table, column = ''] = path.split('.')
    const known = declared.get(`${schema}.${table}`)
    return (
      known?.read && !(column in (known.withheld ?? {})) && (listed.get(`${schema}.${table}`) ?? []).includes(column)
    )
  })
  expect(everywhere.length).toBeGreaterThan(60)
  for (const path of everywhere) {
    const [schema, table, column = ''] = path.split('.')
    const name = `${schema}.${table}`
    const own = JSON.parse(text(`json/${name}.json`)) as Record<string, unknown>[]
    expect(JSON.stringify(own.map((row) => row[column])).toLowerCase(), path).toContain('zqa')
    expect(text(`csv/${name}.csv`).toLowerCase(), path).toContain('zqa')
    expect(page, path).toContain(`id="${name}"`)
  }
  for (const name of Object.keys(files)) expect(text(name).toLowerCase(), name).not.toContain('zqb')
  expect(json).not.toMatch(/zqa-access\.credential\.password_hash|zqa-[\w.]+\.access_token|zqa-access\.session\.token/)
  expect(page).toContain('<html lang="fr">')
  expect(text('my-data.en.html')).toContain('Your data at Alizé')
  const stored = await one<{ bytes: bigint; sha256: string }>(
    db,
    sql`select bytes, sha256 from rights.archive where request_id = ${id}`,
  )
  expect(Number(stored.bytes)).toBe(readFileSync(archivePath(ctx.config, id)).length)
})

test('after an erasure a person is nowhere but where the law keeps them, and another is untouched', async () => {
  const before = await whereIs('zqb')
  const id = await ask('erasure', a)
  const outcome = await erasePerson(ctx, personalParts, id)
  expect(
    (await one<{ obstacles: string[] }>(db, sql`select obstacles from rights.request where id = ${id}`)).obstacles,
  ).toEqual([])
  expect(outcome).toBe('done')
  const left = await whereIs('zqa')
  expect(left.filter((path) => !legal.has(path))).toEqual([])
  expect(left).toContain('rights.legal_record.content')
  expect(await whereIs('zqb')).toEqual(before)
  expect(readdirSync(join(dataDir, 'rights'))).toEqual([])
  const told = await maybeOne(
    db,
    sql`select 1 as found from kernel.outbox where type = 'customers.erased' and aggregate_id = ${a.ids['party']}`,
  )
  expect(told).toBeDefined()
  // Their refusal outlives them: nobody may write to that mailbox, whoever it belongs to.
  const contact = {
    partyId: null,
    medium: 'email',
    purpose: 'marketing',
    address: a.email,
    at: ctx.clock.now(),
  } as const
  expect(await permissionFor(ctx.config, db, contact)).toMatchObject({ allowed: false, reason: 'opposed' })
  // Done again it changes nothing.
  expect(await erasePerson(ctx, personalParts, id)).toBe('done')
  const { intact, rows } = await verifyCertificates(ctx.config, db)
  expect(intact).toBe(true)
  expect(rows).toHaveLength(1)
  const kept = JSON.parse(rows[0]?.content ?? '{}') as { kept: { law: string }[]; erased: { table: string }[] }
  expect(kept.kept.map(({ law }) => law)).toEqual(['accounting', 'contract', 'proof'])
  expect(kept.erased.map(({ table }) => table)).toEqual(
    expect.arrayContaining(['customers.party', 'orders.sales_order', 'engagement.message']),
  )
  await db.query(`update rights.certificate set content = replace(content, 'accounting', 'other')`)
  expect((await verifyCertificates(ctx.config, db)).intact).toBe(false)
  await db.query(`update rights.certificate set content = replace(content, 'other', 'accounting')`)
  expect((await verifyCertificates(ctx.config, db)).intact).toBe(true)
})

/** Erases in another process, which is killed when it has done so many tables. */
async function killedAfter(requestId: string, tablesDone: number): Promise<void> {
  const { sessionSecret } = ctx.config
  const program = await bundled(new URL('erase-child.ts', import.meta.url))
  const child = fork(program, [connectionString, requestId, dataDir, sessionSecret], { execArgv: [] })
  const done: string[] = []
  child.on('message', (table: string) => {
    done.push(table)
    if (done.length === tablesDone) child.kill('SIGKILL')
  })
  await once(child, 'exit')
  expect(done.length).toBeGreaterThanOrEqual(tablesDone)
  expect(done).not.toContain('done')
}

test(
  'an erasure killed twice goes on from where it was, and erases everything once',
  { timeout: 120_000 },
  async () => {
    const id = await ask('erasure', b)
    await killedAfter(id, 2)
    await killedAfter(id, 20)
    expect((await whereIs('zqb')).filter((path) => !legal.has(path)).length).toBeGreaterThan(0)
    expect(await erasePerson(ctx, personalParts, id)).toBe('done')
    expect((await whereIs('zqb')).filter((path) => !legal.has(path))).toEqual([])
    const { intact, rows } = await verifyCertificates(ctx.config, db)
    expect(intact).toBe(true)
    expect(rows).toHaveLength(2)
    const [first, second] = rows.map(
      (row) => (JSON.parse(row.content) as { erased: { table: string; rows: number }[] }).erased,
    )
    expect(second).toEqual(first)
  },
)
