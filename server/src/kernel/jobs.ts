import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { Logger, parseCronItems, run, runMigrations, type Runner } from 'graphile-worker'
import sql from 'sql-template-tag'
import type { z } from 'zod'
import { systemContext, type Ctx, type Services } from './context.ts'
import { execute, isConnectionLost, type Queryable } from './db.ts'

/** A piece of work done later, outside any request, at least once. */
export type Job<Payload extends z.ZodType = z.ZodType> = {
  readonly name: string
  readonly payload: Payload
  /** When it also runs by itself: a crontab line in UTC. */
  readonly schedule?: string
  readonly maxAttempts?: number
  run(ctx: Ctx, payload: z.output<Payload>): Promise<void>
}

/** Declares a job, keeping the type of its payload. */
export function job<P extends z.ZodType>(definition: Job<P>): Job<P> {
  return definition
}

/**
 * Enqueues a job in the caller's transaction: rolled back with it. `key` keeps one waiting job of that name; with
 * `keepRunAt` the one that waits keeps its time, so that asking again and again does not hurry or delay it.
 */
export async function enqueue<P extends z.ZodType>(
  tx: Queryable,
  { name, maxAttempts }: Pick<Job<P>, 'name' | 'payload' | 'maxAttempts'>,
  payload: z.input<P>,
  options: { key?: string; runAt?: Date; keepRunAt?: boolean } = {},
): Promise<void> {
  await execute(
    tx,
    sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, run_at => ${options.runAt ?? null}::timestamptz,
          max_attempts => ${maxAttempts ?? 12}::int, job_key => ${options.key ?? null}::text,
          job_key_mode => ${options.keepRunAt ? 'preserve_run_at' : 'replace'}::text)`,
  )
}

/** A schedule missed while nothing ran is made up for, if it was due within the last hour. */
const hourMs = 3_600_000

/** Starts the workers of this process. Several processes share the same queue. */
export async function startJobs(services: Services, jobs: readonly Job[]): Promise<{ stop(): Promise<void> }> {
  const taskList = Object.fromEntries(
    jobs.map((definition) => [
      definition.name,
      async (payload: unknown) => {
        const scheduled = typeof payload === 'object' && payload !== null && '_cron' in payload
        const ctx = systemContext(services, definition.name)
        await definition.run(ctx, definition.payload.parse(scheduled ? {} : payload))
      },
    ]),
  )
  const parsedCronItems = parseCronItems(
    jobs.flatMap(({ name, schedule }) =>
      schedule ? [{ task: name, match: schedule, options: { backfillPeriod: hourMs } }] : [],
    ),
  )
  const pool = queuePool(services)
  const open = (): Promise<Runner> =>
    run({
      pgPool: pool,
      taskList,
      parsedCronItems,
      concurrency,
      noHandleSignals: true,
      logger: quietLogger(services),
    })
  const workers = supervise(services, await open(), open)
  return {
    async stop() {
      await workers.stop()
      await pool.end()
    },
  }
}

/** How many jobs run at once in a process. */
const concurrency = 3

/**
 * The queue's own connections: it writes the ids of failed jobs as JSON, which numbers read by our own rules (int8 as bigint)
 * would make impossible.
 */
function queuePool({ db, log }: Services): pg.Pool {
  const pool = new pg.Pool({ ...db.options, types: pg.types, max: concurrency + 1 })
  pool.on('error', ({ message }) => {
    // A pool that ends waits for no farewell: the server may go away before it has read the last one.
    if (!pool.ending) log.warn({ source: 'jobs', reason: message }, 'the job queue lost a connection')
  })
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

const restartMs = 1_000

/** Workers end when the database goes away under them: they are started again until it is back. */
function supervise(services: Services, first: Runner, open: () => Promise<Runner>): { stop(): Promise<void> } {
  let runner: Runner | undefined = first
  let stopped = false
  const live = async (): Promise<void> => {
    while (!stopped) {
      try {
        runner ??= await open()
        await runner.promise
      } catch (error) {
        services.log.warn({ err: error, source: 'jobs' }, 'the job workers ended; starting them again')
      }
      runner = undefined
      if (!stopped) await wait(restartMs)
    }
  }
  const onRejection = (error: unknown): void => {
    if (!isLostByTheQueue(error)) throw error
    services.log.warn({ err: error, source: 'jobs' }, 'the job queue lost its connection')
  }
  process.on('unhandledRejection', onRejection)
  const living = live().finally(() => process.off('unhandledRejection', onRejection))
  return {
    async stop() {
      stopped = true
      await runner
        ?.stop()
        .catch((error: unknown) => services.log.warn({ err: error, source: 'jobs' }, 'the job workers ended badly'))
      await living
    },
  }
}

/**
 * The queue marks jobs done in promises nobody waits for; when the database dies at that moment they reject, which would end
 * the process. What was not marked is done again later, as jobs are. Anything else unhandled stays a bug, and ends it.
 */
function isLostByTheQueue(error: unknown): boolean {
  return error instanceof Error && (error.stack ?? '').includes('graphile-worker') && isConnectionLost(error)
}

/** Brings the queue's own tables up to date; done with the migrations, before anything is enqueued. */
export async function migrateJobs(db: Services['db']): Promise<void> {
  await runMigrations({ pgPool: db, logger: new Logger(() => () => undefined) })
}

/** The queue is talkative: what is routine there is trace here. */
function quietLogger(services: Services): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') services.log.error({ source: 'jobs' }, message)
    else if (level === 'warning') services.log.warn({ source: 'jobs' }, message)
    else services.log.trace({ source: 'jobs' }, message)
  })
}
