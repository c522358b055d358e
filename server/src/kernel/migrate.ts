import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { migrationsDir } from './paths.ts'
import { errorCode, reasonOf, StartError } from './start-error.ts'

/** What a database has of the migrations this program knows. */
export interface MigrationState {
  applied: string[]
  pending: string[]
}

/** Where the migrations are, and whom to tell. */
export interface MigrateOptions {
  /** The folder of the `.sql` files; the program's own unless a test says otherwise. */
  folder?: string
  onProgress?: (step: { name: string; done: number; total: number }) => void
}

/** One lock for the whole timeline: of several servers that start together one migrates, and the others wait for it. */
const migrationLock = 4_107_734_652

/**
 * Applies the migrations that are missing, in order, each in its own transaction. When nothing is missing, one query says so.
 *
 * @throws StartError `start.database_newer` when the database has one this program does not know,
 *   `start.migration_failed` with the database's own words
 */
export async function migrate(connectionString: string, options: MigrateOptions = {}): Promise<MigrationState> {
  const folder = options.folder ?? migrationsDir
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const before = await readState(client, folder)
    if (before.pending.length === 0) return before
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const { pending } = await readState(client, folder)
    await applyAll(client, folder, pending, options.onProgress)
    return await readState(client, folder)
  } finally {
    await client.end()
  }
}

/** What is applied and what is pending, without changing anything. */
export async function migrationState(connectionString: string, folder = migrationsDir): Promise<MigrationState> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await readState(client, folder)
  } finally {
    await client.end()
  }
}

async function applyAll(
  client: pg.Client,
  folder: string,
  pending: string[],
  onProgress: MigrateOptions['onProgress'],
): Promise<void> {
  // Loaded only when there is something to do: most starts have nothing.
  const { runner } = await import('node-pg-migrate')
  for (const [done, name] of pending.entries()) {
    onProgress?.({ name, done: done + 1, total: pending.length })
    const told: string[] = []
    const tell = (text: string) => told.push(text)
    try {
      await runner({
        dbClient: client,
        dir: folder,
        direction: 'up',
        count: 1,
        migrationsTable: 'migration',
        migrationsSchema: 'kernel',
        createMigrationsSchema: true,
        noLock: true,
        logger: { debug: () => undefined, info: () => undefined, warn: tell, error: tell },
      })
    } catch (error) {
      throw new StartError('start.migration_failed', { name, reason: reasonOf(error) }, error)
    }
  }
}

async function readState(client: pg.Client, folder: string): Promise<MigrationState> {
  const known = (await readdir(folder))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort()
  const applied = await readApplied(client)
  const stranger = applied.find((name) => !known.includes(name))
  if (stranger !== undefined) throw new StartError('start.database_newer', { name: stranger })
  return { applied, pending: known.filter((name) => !applied.includes(name)) }
}

async function readApplied(client: pg.Client): Promise<string[]> {
  try {
    const found = await client.query<{ name: string }>('select name from kernel.migration order by id')
    return found.rows.map((row) => row.name)
  } catch (error) {
    // No schema or no table yet: an empty database.
    if (['42P01', '3F000'].includes(errorCode(error))) return []
    throw error
  }
}
