import { pino } from 'pino'
import { systemClock } from '../kernel/clock.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import { openDatabase } from '../kernel/db.ts'
import { createIds } from '../kernel/ids.ts'
import { migrateJobs } from '../kernel/jobs.ts'
import { migrate } from '../kernel/migrate.ts'
import { createSystemRng } from '../kernel/rng.ts'
import type { CommandCall } from './command.ts'

/**
 * What a command needs to call a module's use cases: a migrated database and a context that may do everything. What it does
 * is told to the read models by the server that runs, or by the next one that starts.
 */
export async function openContext(call: CommandCall): Promise<Ctx> {
  const { connectionString } = await call.database()
  await migrate(connectionString)
  const db = openDatabase({ connectionString, max: 4 })
  call.atEnd(() => db.end())
  await migrateJobs(db)
  const log = pino({ level: 'warn' }, pino.destination(2))
  const ids = createIds(systemClock, createSystemRng())
  const services = { db, ids, log, clock: systemClock, config: call.config(), wakeRelay: () => undefined }
  return { ...systemContext(services, 'cli'), locale: call.locale }
}
