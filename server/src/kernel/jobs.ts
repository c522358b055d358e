import { Logger, parseCronItems, run, runMigrations, type Runner } from 'graphile-worker'
import sql from 'sql-template-tag'
import type { z } from 'zod'
import { systemContext, type Ctx, type Services } from './context.ts'
import { execute, type Queryable } from './db.ts'

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
  const runner: Runner = await run({
    pgPool: services.db,
    taskList,
    parsedCronItems,
    concurrency: 3,
    noHandleSignals: true,
    logger: quietLogger(services),
  })
  return { stop: () => runner.stop() }
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
