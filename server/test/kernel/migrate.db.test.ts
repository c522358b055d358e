import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { migrate, migrationState } from '../../src/kernel/migrate.ts'
import { createTestDatabase } from '../kit/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'ecluse-migrations-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const add = (name: string, up: string) =>
  writeFileSync(join(folder, `${name}.sql`), `-- Up Migration\n${up}\n-- Down Migration\n`)
add('0001_one', 'create table one (id int);')

const { db, connectionString } = await createTestDatabase({ template: 'template0' })

test('applies what is missing, in order, and tells each step', async () => {
  add('0002_two', 'create table two (id int); insert into two values (2);')
  expect(await migrationState(connectionString, folder)).toEqual({ applied: [], pending: ['0001_one', '0002_two'] })
  const steps: string[] = []
  const state = await migrate(connectionString, {
    folder,
    onProgress: (step) => steps.push(`${step.done}/${step.total} ${step.name}`),
  })
  expect(state).toEqual({ applied: ['0001_one', '0002_two'], pending: [] })
  expect(steps).toEqual(['1/2 0001_one', '2/2 0002_two'])
  expect((await db.query('select id from two')).rows).toEqual([{ id: 2 }])
})

test('servers that start together apply each migration once', async () => {
  add('0003_three', 'create table three (id int); select pg_sleep(0.05); insert into three values (3);')
  const states = await Promise.all([1, 2, 3].map(() => migrate(connectionString, { folder })))
  for (const state of states) expect(state.pending).toEqual([])
  expect((await db.query('select id from three')).rows).toEqual([{ id: 3 }])
})

test('has nothing to do the second time, and says so in one query', async () => {
  const steps: string[] = []
  const startedAt = performance.now()
  await migrate(connectionString, { folder, onProgress: (step) => steps.push(step.name) })
  expect(steps).toEqual([])
  expect(performance.now() - startedAt).toBeLessThan(500)
})

test('a migration that fails changes nothing and is told by its name', async () => {
  add('0004_four', 'create table four (id int); select 1 / 0;')
  await expect(migrate(connectionString, { folder })).rejects.toMatchObject({
    key: 'start.migration_failed',
    values: { name: '0004_four', reason: expect.stringContaining('division by zero') },
  })
  expect((await db.query(`select to_regclass('four') as found`)).rows).toEqual([{ found: null }])
  rmSync(join(folder, '0004_four.sql'))
})

test('refuses a database that a later program has migrated', async () => {
  await db.query(`insert into kernel.migration (name, run_on) values ('0009_of_tomorrow', now())`)
  await expect(migrate(connectionString, { folder })).rejects.toMatchObject({
    key: 'start.database_newer',
    values: { name: '0009_of_tomorrow' },
  })
})
