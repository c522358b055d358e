import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { openDatabase, type Db } from '../../src/kernel/db.ts'
import { connectionStringOf } from '../../src/kernel/embedded-postgres.ts'
import { templateDatabase } from './provided.ts'

/** A database of one test file. */
export interface TestDatabase {
  db: Db
  connectionString: string
}

/**
 * Clones the migrated, empty template for this test file: call it at the top of the file, `const { db } = await
 * createTestDatabase()`. The clone is dropped when the file's tests have ended.
 *
 * @param options `template` names another database to clone: `template0` has no table, to try migrations on; `poolSize` is 10
 *   unless said
 */
export async function createTestDatabase({ template = templateDatabase, poolSize = 10 } = {}): Promise<TestDatabase> {
  const server = inject('testDatabase')
  const database = `test_${randomUUID().replaceAll('-', '')}`
  // Copying files is quicker than writing them to the log, as nothing has to reach the disk here.
  await asAdmin(`create database ${database} template ${template} strategy file_copy`)
  const address = { ...server, database }
  const db = openDatabase({ ...address, max: poolSize })
  afterAll(async () => {
    await db.end()
    await asAdmin(`drop database if exists ${database} with (force)`)
  })
  return { db, connectionString: connectionStringOf(address) }
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ ...inject('testDatabase'), database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
