import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processExists } from '../data-lock.ts'
import { errorCode, reasonOf, StartError } from '../start-error.ts'
import type { Account } from './account.ts'

/** What a running PostgreSQL writes about itself in its data folder. */
export interface Postmaster {
  pid: number
  socketDir: string
}

/** The port in the socket's file name; nothing listens on TCP. */
export const socketPort = 5432

/** The longest path of a Unix socket that every system takes is 103 bytes (macOS; Linux takes 107). */
const longestSocketPath = 103

const socketName = `.s.PGSQL.${socketPort}`

/** The PostgreSQL that runs on a database folder, or null: a pid file left by a kill, or a number reused since, is told apart. */
export function runningPostmaster(databaseDir: string): Postmaster | null {
  const lines = readPidFile(databaseDir)
  const pid = Number(lines?.[0])
  if (!Number.isInteger(pid) || pid <= 0 || !processExists(pid) || !worksIn(pid, databaseDir)) return null
  return { pid, socketDir: lines?.[4] ?? '' }
}

/**
 * Removes what a killed PostgreSQL left: sockets nobody listens on, and a pid file whose number now belongs to another
 * program. PostgreSQL itself would take that other program for a running server and refuse to start. Every other stale pid
 * file is left to PostgreSQL, which also looks whether shared memory is still in use.
 */
export function removeLeftovers(databaseDir: string, socketDir: string): void {
  rmSync(join(socketDir, socketName), { force: true })
  rmSync(join(socketDir, `${socketName}.lock`), { force: true })
  const pid = Math.abs(Number(readPidFile(databaseDir)?.[0]))
  if (pid > 0 && processExists(pid) && !someoneWorksIn(databaseDir))
    rmSync(join(databaseDir, 'postmaster.pid'), { force: true })
}

/**
 * The folder of the socket: `run` in the data folder, or a short one of our own in the system's temporary folder when the
 * path would be too long for a socket or the account cannot get there.
 *
 * @throws StartError when it cannot be made, or when someone else made it first
 */
export function makeSocketFolder(dataDir: string, account: Account | null, reachable: boolean): string {
  const owner = account?.uid ?? process.getuid?.() ?? 0
  const near = join(realpathSync(dataDir), 'run')
  const short = createHash('sha256').update(near).digest('hex').slice(0, 12)
  const isShort = Buffer.byteLength(join(near, socketName)) + 5 <= longestSocketPath
  const folder = reachable && isShort ? near : join(realpathSync(tmpdir()), `ecluse-${owner}-${short}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    if (account !== null && found.isDirectory() && found.uid === 0) chownSync(folder, account.uid, account.gid)
    else if (!found.isDirectory() || found.uid !== owner) throw new Error(`${folder}: owner ${found.uid}`)
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new StartError('start.folder_unwritable', { folder, reason: reasonOf(error) }, error)
  }
  return folder
}

/** Removes a socket folder that stands outside the data folder: nothing else would ever do it. */
export function removeSocketFolder(socketDir: string, dataDir: string): void {
  if (socketDir.startsWith(realpathSync(dataDir))) return
  try {
    rmdirSync(socketDir)
  } catch {
    // Not empty, or gone already: harmless, and no reason to fail a stop that went well.
  }
}

/** Whether a process has the folder as its working folder, as every PostgreSQL process has. */
function worksIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch (error) {
    // Another user's process: it cannot be a PostgreSQL of ours, and a folder that is not ours is refused before.
    if (['EACCES', 'EPERM', 'ENOENT', 'ESRCH'].includes(errorCode(error))) return false
    throw error
  }
}

function someoneWorksIn(folder: string): boolean {
  if (process.platform !== 'linux') return true
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), folder))
}

function readPidFile(databaseDir: string): string[] | null {
  try {
    return readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
}
