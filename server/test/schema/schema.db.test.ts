import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../kit/database.ts'
import { readTables } from './catalogue.ts'
import { manifestDrift, schemaManifest } from './manifest.ts'
import { namingFailures, spreadFailures, type Spread } from './spread-rules.ts'

const manifestFile = new URL('../../schema.txt', import.meta.url)
const architecture = new URL('../../../architecture.mjs', import.meta.url).href

const { db } = await createTestDatabase()
const tables = await readTables(db)

describe('the migrated schema', () => {
  test('every table spreads as architecture.mjs declares, in a way that Citus takes', async () => {
    const { spread } = (await import(architecture)) as { spread?: Record<string, Spread> }
    expect(tables.length).toBeGreaterThan(20)
    expect(spreadFailures(tables, spread ?? {})).toEqual([])
  })

  test('names, types and primary keys follow the house rules', () => {
    expect(namingFailures(tables)).toEqual([])
  })

  // Made anew by: ECLUSE_WRITE_SCHEMA=1 npx vitest run server/test/schema
  test('is the one in server/schema.txt: a migration shows in review what it changes', () => {
    const manifest = schemaManifest(tables)
    if (process.env.ECLUSE_WRITE_SCHEMA) writeFileSync(manifestFile, manifest)
    const expected = existsSync(manifestFile) ? readFileSync(manifestFile, 'utf8') : ''
    expect(manifestDrift(expected, manifest)).toEqual([])
  })

  test('a change made behind the migrations would be seen', async () => {
    const before = schemaManifest(tables)
    const client = await db.connect()
    try {
      await client.query('begin')
      await client.query('alter table promises.pool drop constraint never_over_promised')
      await client.query('alter table orders.order_line alter column quantity type bigint')
      await client.query('create function pg_temp.f() returns trigger language plpgsql as $$ begin return new; end $$')
      await client.query(
        'create trigger planted before update on promises.pool for each row execute function pg_temp.f()',
      )
      const after = await readTables(client)
      expect(manifestDrift(before, schemaManifest(after))).toEqual([
        expect.stringContaining('- orders.order_line quantity integer'),
        expect.stringContaining('- promises.pool : never_over_promised'),
        expect.stringContaining('+ orders.order_line quantity bigint'),
        '+ promises.pool ! trigger planted',
      ])
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
