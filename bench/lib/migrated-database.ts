import pg from 'pg'
import { openDatabase, type Db } from '../../server/src/kernel/db.ts'
import type { EmbeddedPostgres } from '../../server/src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../../server/src/kernel/jobs.ts'
import { migrate } from '../../server/src/kernel/migrate.ts'
import { databaseUrl } from './stage.ts'

/** A database with all tables and nothing in them. */
export async function migratedDatabase(embedded: EmbeddedPostgres): Promise<{ db: Db; connectionString: string }> {
  const admin = new pg.Client({ connectionString: databaseUrl(embedded, 'postgres') })
  await admin.connect()
  await admin.query('create database bench')
  await admin.end()
  const connectionString = databaseUrl(embedded, 'bench')
  await migrate(connectionString)
  const db = openDatabase({ connectionString, max: 4 })
  await migrateJobs(db)
  return { db, connectionString }
}
