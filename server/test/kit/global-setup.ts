import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { serverBuild, threads } from '../../../tools/lib/server-build.mjs'
import { openDatabase } from '../../src/kernel/db.ts'
import { connectionStringOf, startEmbeddedPostgres } from '../../src/kernel/embedded-postgres.ts'
import { migrateJobs } from '../../src/kernel/jobs.ts'
import { migrate } from '../../src/kernel/migrate.ts'
import { distDir } from '../../src/kernel/paths.ts'
import { templateDatabase } from './provided.ts'

/** One real PostgreSQL for the run, with safety against power cuts turned off: what it holds is thrown away. */
const quickSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
}

/** Starts the database of the run, makes the migrated template and bundles the threads; all is removed when the run ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-test-'))
  chmodSync(dataDir, 0o755)
  const quiet = () => undefined
  const embedded = await startEmbeddedPostgres({
    dataDir,
    purpose: 'npm test',
    settings: quickSettings,
    logger: { debug: quiet, info: quiet, warn: quiet, error: (message) => console.error(message) },
  })
  await makeTemplate({ ...embedded.address, database: templateDatabase })
  project.provide('testDatabase', embedded.address)
  const removeThreads = project.vitest.config.watch ? undefined : await bundleThreads(project)
  return async () => {
    removeThreads?.()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Bundles the threads as they are now; who watches what changes has them read each time instead. @returns how they are removed */
async function bundleThreads(project: TestProject): Promise<() => void> {
  const folder = `programs/threads-${project.name}-${process.pid}`
  await build(serverBuild({ input: threads, folder, logLevel: 'error' }))
  project.provide('threads', join(distDir, folder))
  return () => rmSync(join(distDir, folder), { recursive: true, force: true })
}

async function makeTemplate(address: { host: string; port: number; user: string; database: string }): Promise<void> {
  const admin = new pg.Client({ ...address, database: 'postgres' })
  await admin.connect()
  await admin.query(`create database ${templateDatabase}`)
  const db = openDatabase({ ...address, max: 2 })
  await migrate(connectionStringOf(address))
  await migrateJobs(db)
  await db.query('vacuum analyze')
  await db.end()
  // A clone refuses to be made while anyone is connected to the template.
  await admin.query(`alter database ${templateDatabase} allow_connections false`)
  await admin.end()
}
