import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/kernel/embedded-postgres.ts'

const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
/** Nothing here outlives the test; what the replica is told is written as it is in production. */
const quick = { fsync: 'off', wal_level: 'replica', max_wal_senders: '4', autovacuum: 'off' }

export function startPrimary(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, logger, settings: quick })
}

/** A hot standby that follows a database by streaming replication, made from a copy taken while it runs. */
export async function startStandby(primary: EmbeddedPostgres, from: string, to: string): Promise<EmbeddedPostgres> {
  const client = new pg.Client(primary.connectionString)
  await client.connect()
  await client.query(`select pg_backup_start('standby', true)`)
  mkdirSync(to, { recursive: true })
  execFileSync('cp', ['-a', join(from, 'postgres'), join(to, 'postgres')])
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  await client.end()
  const folder = join(to, 'postgres')
  const { uid, gid } = statSync(folder)
  for (const [name, text] of [
    ['backup_label', rows[0]?.labelfile ?? ''],
    ['standby.signal', ''],
  ] as const) {
    writeFileSync(join(folder, name), text)
    chownSync(join(folder, name), uid, gid)
  }
  for (const left of ['postmaster.pid', 'postmaster.opts']) rmSync(join(folder, left), { force: true })
  const { host, port, user } = primary.address
  return startEmbeddedPostgres({
    dataDir: to,
    logger,
    settings: { ...quick, primary_conninfo: `host=${host} port=${port} user=${user}`, hot_standby_feedback: 'on' },
  })
}
