import pg from 'pg'
import { openDatabase, type Db } from '../src/kernel/db.ts'
import { connectionStringOf, type EmbeddedPostgres } from '../src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../src/kernel/jobs.ts'
import { migrate } from '../src/kernel/migrate.ts'

/** A database that one seed after the other lives in, each from the same beginning. */
export type Lane = {
  readonly db: Db
  readonly connectionString: string
  clear(): Promise<void>
  close(): Promise<void>
}

/**
 * Makes a migrated database. Emptying it is much quicker than making the next: its files stay, and its connections keep their
 * plans.
 */
export async function openLane({ address }: EmbeddedPostgres, database: string): Promise<Lane> {
  const admin = new pg.Client({ connectionString: connectionStringOf({ ...address, database: 'postgres' }) })
  await admin.connect()
  await admin.query(`create database ${database}`)
  await admin.end()
  const connectionString = connectionStringOf({ ...address, database })
  await migrate(connectionString)
  const db = openDatabase({ connectionString, max: 20 })
  await migrateJobs(db)
  await db.query(keepBeginning)
  return { db, connectionString, clear: async () => void (await db.query(beginAgain)), close: () => db.end() }
}

/** Keeps what the migrations put into tables. */
const keepBeginning = `do $$ declare place regclass; filled boolean; begin
  for place in select c.oid from pg_class c where c.relkind = 'r' and c.relname <> 'migrations'
    and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'public') loop
    execute format('select exists (select from %s)', place) into filled;
    if filled then execute format('create table public.kept_%s as table %s', place::oid, place); end if;
  end loop;
end $$`

/** Brings every table back to that, without looking at who refers to whom. */
const beginAgain = `do $$ declare place regclass; begin
  set local session_replication_role = replica;
  for place in select c.oid from pg_class c where c.relkind = 'r' and c.relname <> 'migrations'
    and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'public') loop
    execute format('delete from %s', place);
    if to_regclass(format('public.kept_%s', place::oid)) is not null then
      execute format('insert into %s select * from public.kept_%s', place, place::oid);
    end if;
  end loop;
end $$`
