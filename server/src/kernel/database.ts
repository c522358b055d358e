import pg from 'pg'
import { lockHolder } from './data-lock.ts'
import type { Config } from './config.ts'
import {
  connectionStringOf,
  runningDatabaseAddress,
  startEmbeddedPostgres,
  type DatabaseLogger,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts'
import { reasonOf, StartError } from './start-error.ts'

/** The oldest PostgreSQL that `DATABASE_URL` may name. */
const oldestPostgres = 15

/** A database that answers, wherever it came from. */
export interface ProvidedDatabase {
  /** `embedded` is ours to stop, `running` belongs to a server that is up on the same data folder, `external` is `DATABASE_URL`. */
  kind: 'embedded' | 'running' | 'external'
  connectionString: string
  /** Its version as PostgreSQL tells it, like `18.4`. */
  version: string
  /** Ends what was started here, and nothing else. */
  stop(): Promise<void>
}

/** How to provide it. */
export interface ProvideOptions {
  config: Pick<Config, 'databaseUrl' | 'dataDir'>
  logger: DatabaseLogger
  /** What this process is, told to another that wants the same data folder. */
  purpose: string
  /** Whether the database of a server that is up may be used: a command may, a second server may not. */
  share: boolean
  onProgress?: EmbeddedPostgresOptions['onProgress']
}

/**
 * Gives a database that answers: the one of `DATABASE_URL`, else the embedded one, started unless it runs already and may be
 * shared.
 *
 * @throws StartError in one line: unreachable, too old, or anything `startEmbeddedPostgres` refuses
 */
export async function provideDatabase(options: ProvideOptions): Promise<ProvidedDatabase> {
  const { config } = options
  if (config.databaseUrl !== null) {
    const version = await askVersion(config.databaseUrl)
    return { kind: 'external', connectionString: config.databaseUrl, version, stop: async () => undefined }
  }
  const running = options.share && lockHolder(config.dataDir) !== null ? runningDatabaseAddress(config.dataDir) : null
  if (running !== null) {
    const connectionString = connectionStringOf(running)
    return {
      kind: 'running',
      connectionString,
      version: await askVersion(connectionString),
      stop: async () => undefined,
    }
  }
  const embedded = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    logger: options.logger,
    purpose: options.purpose,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  })
  return {
    kind: 'embedded',
    connectionString: embedded.connectionString,
    version: await askVersion(embedded.connectionString),
    // A command that shares its database lets another one finish first.
    stop: () => embedded.stop(options.share ? 'when_unused' : 'now'),
  }
}

/** Where a connection string leads, without user and password. */
function addressWithoutSecrets(connectionString: string): string {
  const url = new URL(connectionString)
  return `${url.hostname || 'localhost'}:${url.port || 5432}${url.pathname}`
}

async function askVersion(connectionString: string): Promise<string> {
  const address = addressWithoutSecrets(connectionString)
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  let answer: { number: string; text: string } | undefined
  try {
    await client.connect()
    const found = await client.query<{ number: string; text: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
    )
    answer = found.rows[0]
  } catch (error) {
    throw new StartError('start.database_unreachable', { address, reason: reasonOf(error) }, error)
  } finally {
    await client.end().catch(() => undefined)
  }
  const found = answer?.text.split(' ')[0] ?? ''
  if (Math.floor(Number(answer?.number) / 10_000) < oldestPostgres) {
    throw new StartError('start.database_too_old', { address, found, wanted: oldestPostgres })
  }
  return found
}
