import pg from 'pg'
import { openDatabase, type Db } from '../src/kernel/db.ts'
import { connectionStringOf, type EmbeddedPostgres } from '../src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../src/kernel/jobs.ts'
import { migrate } from '../src/kernel/migrate.ts'

/**
 * Nothing outlives a simulation and none of its faults is a power cut, so nothing has to reach the disk (`npm run chaos` is about
 * that, with the settings of every day). Each statement is planned once for each connection: its tables stay small, and the seed
 * that runs next asks the same. Old rows are taken away between seeds, not by somebody who makes every plan anew meanwhile.
 */
export const quickSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  plan_cache_mode: 'force_generic_plan',
  autovacuum: 'off',
  shared_buffers: '128MB',
}

/** After so many seeds what they left in the files is taken away. */
const seedsBetweenVacuums = 50

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
  let lived = 0
  return {
    db,
    connectionString,
    async clear() {
      await db.query(beginAgain)
      lived += 1
      if (lived % seedsBetweenVacuums === 0) await db.query('vacuum')
    },
    close: () => db.end(),
  }
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
