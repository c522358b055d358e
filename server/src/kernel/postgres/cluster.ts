import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { reasonOf, StartError } from '../start-error.ts'
import { blockingFolder, giveTo, type Account } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'

/** The superuser and the database of the embedded PostgreSQL. */
export const embeddedUser = 'ecluse'
export const embeddedDatabase = 'ecluse'

/** The folder of the database files inside the data folder. */
export const databaseFolder = (dataDir: string) => join(dataDir, 'postgres')

/** How PostgreSQL is given its folder: by its path, or by an open handle when the account may not walk to it. */
export interface FolderGrant {
  path: string
  /** A descriptor to pass as number 3, or null when the path is enough. */
  handle: number | null
  close(): void
}

/**
 * Makes the database files when there are none. They are made under another name and renamed once whole, so a start that was
 * cut short leaves nothing that looks like a database; what such a start left is removed.
 *
 * @param options `rescued` is told the new name of a folder that was no database: set aside, never deleted; without `sync` the
 *   files are not forced to the disk, which only a database to be thrown away may do
 * @throws StartError when the folder belongs to someone else, holds another major version, or cannot be made
 */
export async function prepareCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: Account | null,
  options: { sync: boolean; creating: () => void; rescued: (aside: string) => void },
): Promise<void> {
  const folder = databaseFolder(dataDir)
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('postgres.new-')) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
  refuseOthers(folder, account)
  setAsideHalfMade(folder, options.rescued)
  if (existsSync(folder)) {
    takeOver(folder, binaries, account)
    return
  }
  options.creating()
  const draft = `${folder}.new-${process.pid}`
  try {
    mkdirSync(draft, { mode: 0o700 })
    if (account !== null) chownSync(draft, account.uid, account.gid)
    await initialize(draft, binaries, account, options.sync)
    renameSync(draft, folder)
    syncFolder(dataDir)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error instanceof StartError
      ? error
      : new StartError('start.folder_unwritable', { folder: dataDir, reason: reasonOf(error) }, error)
  }
}

/**
 * The way to hand a folder to PostgreSQL. As root in a home that others may not enter, the folder is opened here and passed on
 * as a descriptor: `/proc/self/fd/3` reaches it without walking through the closed parents, whose rights stay as they are.
 *
 * @throws StartError `start.folder_not_reachable` naming the closed folder, where the system has no such descriptors
 */
export function grantFolder(folder: string, account: Account | null): FolderGrant {
  const blocking = account === null ? null : blockingFolder(folder, account)
  if (account === null || blocking === null) return { path: folder, handle: null, close: () => undefined }
  if (process.platform !== 'linux')
    throw new StartError('start.folder_not_reachable', { folder: blocking, account: account.name })
  const handle = openSync(folder, 'r')
  return { path: '/proc/self/fd/3', handle, close: () => closeSync(handle) }
}

/** What every PostgreSQL program is started with: the account, no settings of ours leaking in, messages in English for the log. */
export function programOptions(account: Account | null, grant: FolderGrant) {
  return {
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    // A session of its own, so that Ctrl-C in the terminal reaches the server alone, which then stops the database in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(grant.handle === null ? [] : [grant.handle])] as (
      'ignore' | 'pipe' | number
    )[],
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  }
}

async function initialize(
  folder: string,
  binaries: PostgresBinaries,
  account: Account | null,
  sync: boolean,
): Promise<void> {
  const grant = grantFolder(folder, account)
  const args = [
    '--pgdata',
    grant.path,
    '--username',
    embeddedUser,
    '--auth',
    'trust',
    '--encoding',
    'UTF8',
    '--no-instructions',
  ]
  // Collation and case by PostgreSQL's own Unicode tables; LC_CTYPE is still what trigrams call a letter.
  args.push('--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C')
  args.push('--lc-ctype', process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8')
  if (!sync) args.push('--no-sync')
  const said: string[] = []
  const status = await new Promise<number | string>((resolve) => {
    const child = spawn(binaries.initdb, args, programOptions(account, grant))
    child.stdout?.resume()
    child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text))
    child.on('error', (error) => resolve(reasonOf(error)))
    child.on('close', (code, signal) => resolve(code ?? String(signal)))
  })
  grant.close()
  if (status !== 0) {
    const reason =
      said
        .join('')
        .split('\n')
        .find((line) => line.includes('error:')) ?? `initdb: ${said.join(' ') || status}`
    throw new StartError('start.database_not_created', { folder, reason: reason.replace(/\s+/g, ' ').trim() })
  }
}

/** Only root may give files to another account; an ordinary user finds the database of somebody else closed. */
function refuseOthers(folder: string, account: Account | null): void {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid
  if (account === null && owner !== undefined && owner !== process.getuid?.()) {
    throw new StartError('start.database_of_other_user', { folder, uid: owner })
  }
}

/** An existing folder is a database once it has its control file. Anything else is kept under another name. */
function setAsideHalfMade(folder: string, rescued: (aside: string) => void): void {
  if (!existsSync(folder)) return
  if (existsSync(join(folder, 'PG_VERSION')) && existsSync(join(folder, 'global', 'pg_control'))) return
  if (readdirSync(folder).length === 0) {
    rmSync(folder, { recursive: true })
    return
  }
  const aside = `${folder}.half-made-${Math.trunc(statSync(folder).mtimeMs)}`
  renameSync(folder, aside)
  rescued(aside)
}

function takeOver(folder: string, binaries: PostgresBinaries, account: Account | null): void {
  const { uid, mode } = statSync(folder)
  if (account !== null && uid !== account.uid) giveTo(account, folder)
  if ((mode & 0o027) !== 0) chmodSync(folder, 0o700)
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  const major = binaries.version.split('.')[0] ?? ''
  if (found !== major) throw new StartError('start.database_other_version', { folder, found, wanted: major })
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
