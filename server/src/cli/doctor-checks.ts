import { statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { givenSettings, settings } from '../kernel/config.ts'
import { openDatabase, query, type Db } from '../kernel/db.ts'
import type { MessageKey } from '../kernel/messages.ts'
import { reasonOf } from '../kernel/start-error.ts'
import { migrationState } from '../kernel/migrate.ts'
import { verifyStock } from '../modules/inventory/public.ts'
import { openMailbox } from '../modules/engagement/public.ts'
import { unbalancedTransfers } from '../modules/payments/public.ts'
import type { CommandCall } from './command.ts'

/** What one check found. `figures` go into the JSON as they are. */
export interface Finding {
  ok: boolean
  detail: string
  figures?: Record<string, string | number | boolean>
}

/** One thing the doctor looks at. `name` stands in the JSON, `title` on the screen. */
export interface DoctorCheck {
  name: string
  title: MessageKey
  /** Whether nothing after it can be looked at when it fails. */
  vital?: boolean
  run(call: CommandCall): Promise<Finding>
}

const oldestNode = [20, 19] as const
const leastFreeMegabytes = 500

/** Every check, in the order it is told. To add one: an entry here, and its title and words in `messages/fr.json and en.json`. */
export const doctorChecks: readonly DoctorCheck[] = [
  { name: 'node', title: 'doctor.node', run: async (call) => checkNode(call) },
  { name: 'settings', title: 'doctor.settings', vital: true, run: async (call) => checkSettings(call) },
  { name: 'data_folder', title: 'doctor.data_folder', run: async (call) => checkDataFolder(call) },
  { name: 'disk', title: 'doctor.disk', run: async (call) => checkDisk(call) },
  { name: 'database', title: 'doctor.database', vital: true, run: checkDatabase },
  { name: 'database_safety', title: 'doctor.database_safety', run: checkDatabaseSafety },
  { name: 'migrations', title: 'doctor.migrations', vital: true, run: checkMigrations },
  { name: 'stock', title: 'doctor.stock', run: checkStock },
  { name: 'ledger', title: 'doctor.ledger', run: checkLedger },
  { name: 'mailbox', title: 'doctor.mailbox', run: checkMailbox },
]

/** Opens the mailbox that reports and answers come to; without one there is nothing to look at. */
async function checkMailbox(call: CommandCall): Promise<Finding> {
  const { imapUrl } = call.config()
  if (imapUrl === null) return { ok: true, detail: call.text('doctor.mailbox.none'), figures: { set: false } }
  const { client, folder } = openMailbox(imapUrl)
  try {
    await client.connect()
    const { exists } = await client.mailboxOpen(folder, { readOnly: true })
    await client.logout()
    return { ok: true, detail: call.text('doctor.mailbox.value', { count: exists }), figures: { set: true, exists } }
  } catch (error) {
    client.close()
    return {
      ok: false,
      detail: call.text('doctor.mailbox.closed', { reason: reasonOf(error) }),
      figures: { set: true },
    }
  }
}

function checkNode(call: CommandCall): Finding {
  const found = process.versions.node
  const [major = 0, minor = 0] = found.split('.').map(Number)
  const ok = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
  return {
    ok,
    detail: call.text('doctor.node.value', { found, wanted: oldestNode.join('.') }),
    figures: { version: found },
  }
}

function checkSettings(call: CommandCall): Finding {
  call.config()
  const total = Object.keys(settings).length
  const given = givenSettings().length
  return { ok: true, detail: call.text('doctor.settings.value', { total, given }), figures: { total, given } }
}

function checkDataFolder(call: CommandCall): Finding {
  const { dataDir: folder } = call.config()
  const secret = statSync(join(folder, 'session-secret'), { throwIfNoEntry: false })
  const mode = (secret?.mode ?? 0) & 0o777
  if ((mode & 0o077) !== 0) {
    return { ok: false, detail: call.text('doctor.data_folder.open', { folder, mode: mode.toString(8) }) }
  }
  return { ok: true, detail: call.text('doctor.data_folder.value', { folder }), figures: { folder } }
}

function checkDisk(call: CommandCall): Finding {
  const { bavail, bsize } = statfsSync(call.config().dataDir)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  const detail = call.text('doctor.disk.value', { free, wanted: leastFreeMegabytes })
  return { ok: free >= leastFreeMegabytes, detail, figures: { freeMegabytes: free } }
}

async function checkDatabase(call: CommandCall): Promise<Finding> {
  const { version: found, kind } = await call.database()
  const where = call.text(kind === 'external' ? 'doctor.database.external' : 'doctor.database.embedded')
  return { ok: true, detail: call.text('doctor.database.value', { found, where }), figures: { version: found, kind } }
}

/** The three settings without which an answered order could be lost. */
async function checkDatabaseSafety(call: CommandCall): Promise<Finding> {
  const rows = await withDatabase(call, (db) =>
    query<{ name: string; setting: string }>(
      db,
      sql`select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')`,
    ),
  )
  const of = (name: string) => rows.find((row) => row.name === name)?.setting ?? '?'
  const found = {
    fsync: of('fsync'),
    synchronousCommit: of('synchronous_commit'),
    fullPageWrites: of('full_page_writes'),
  }
  const ok = found.fsync === 'on' && found.fullPageWrites === 'on' && !['off', '?'].includes(found.synchronousCommit)
  return { ok, detail: call.text('doctor.database_safety.value', found), figures: found }
}

async function checkMigrations(call: CommandCall): Promise<Finding> {
  const state = await migrationState((await call.database()).connectionString)
  const figures = { applied: state.applied.length, pending: state.pending.length }
  return { ok: figures.pending === 0, detail: call.text('doctor.migrations.value', figures), figures }
}

/** Every quantity of stock, recomputed from the movements and promises that made it. */
async function checkStock(call: CommandCall): Promise<Finding> {
  const { checked, differences } = await withDatabase(call, verifyStock)
  const figures = { checked, wrong: differences.length }
  return { ok: differences.length === 0, detail: call.text('doctor.stock.value', figures), figures }
}

/** Every transfer of money: what it takes from one account it gives to another. */
async function checkLedger(call: CommandCall): Promise<Finding> {
  const figures = { wrong: (await withDatabase(call, unbalancedTransfers)).length }
  return { ok: figures.wrong === 0, detail: call.text('doctor.ledger.value', figures), figures }
}

async function withDatabase<T>(call: CommandCall, work: (db: Db) => Promise<T>): Promise<T> {
  const db = openDatabase({ connectionString: (await call.database()).connectionString, max: 1 })
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}
