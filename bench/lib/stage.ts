import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../server/src/kernel/embedded-postgres.ts'
import { bundled } from '../../server/simulation/bundled.ts'
import { freePort } from '../../server/simulation/free-port.ts'

/** A database and a server that are measured, and how to put them away. */
export type Stage = {
  readonly url: string
  /** The servers over the one database; the first is the one at `url`. */
  readonly servers: readonly { readonly url: string; readonly pid: number }[]
  readonly variantIds: readonly string[]
  readonly database: EmbeddedPostgres
  close(): Promise<void>
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Starts the embedded database with its usual, crash-safe settings, and so many servers over a small shop. */
export async function openStage(size: { products: number; unitsPerPlace: number; servers?: number }): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-bench-'))
  const program = await bundled(new URL('shop-server.ts', import.meta.url))
  const database = await startEmbeddedPostgres({ dataDir, logger: silent })
  const servers: Served[] = []
  for (let n = 0; n < (size.servers ?? 1); n++)
    servers.push(await serve(program, n === 0 ? [size.products, size.unitsPerPlace] : [], dataDir, database))
  return {
    url: servers[0]?.url ?? '',
    servers,
    variantIds: servers[0]?.variantIds ?? [],
    database,
    async close() {
      for (const { child } of servers) {
        const ended = once(child, 'exit')
        child.disconnect()
        await ended
      }
      await database.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

type Served = { child: ChildProcess; url: string; pid: number; variantIds: string[] }

/** Starts one server: with a size it makes the shop first, without it serves the shop that is there. */
async function serve(
  program: string,
  size: readonly number[],
  dataDir: string,
  database: EmbeddedPostgres,
): Promise<Served> {
  const port = await freePort()
  const child = fork(program, size.map(String), {
    // The first as `npm start` has it.
    execArgv: ['--max-semi-space-size=64', ...(process.env['BENCH_EXEC_ARGV']?.split(' ') ?? [])],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      ECLUSE_DATA: join(dataDir, `server-${port}`),
      DATABASE_URL: databaseUrl(database, 'bench'),
      RATE_LIMIT_PER_MINUTE: '100000000',
      ECLUSE_DEMO: 'off',
    },
  })
  const { variantIds } = await firstMessage<{ variantIds: string[] }>(child)
  return { child, url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, variantIds }
}

/** Tells the planner what the tables hold by now. */
export async function analyse({ database }: Stage): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(database, 'bench') })
  await client.connect()
  await client.query('analyze')
  await client.end()
}

/** The address of one database of the embedded server, over its Unix socket. */
export function databaseUrl({ address }: EmbeddedPostgres, name: string): string {
  return `postgresql://${address.user}@localhost:${address.port}/${name}?host=${encodeURIComponent(address.host)}`
}

/** What a child process says first. */
export function firstMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`the measured process ended with ${code}`)))
  })
}
