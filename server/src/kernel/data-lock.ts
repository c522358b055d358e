import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { makeFolder } from './paths.ts'
import { errorCode, reasonOf, StartError } from './start-error.ts'

/** Who holds a data folder. `startTicks` tells a process from a later one that was given the same number. */
export interface LockHolder {
  pid: number
  startTicks: string | null
  host: string
  purpose: string
}

/** The proof that this process alone may start, stop or repair the database of a data folder. */
export interface DataLock {
  release(): void
}

const lockFile = (dataDir: string) => join(dataDir, 'ecluse.lock')

/**
 * Takes the data folder for this process, so that two servers never share one embedded database.
 * A lock left by a process that was killed is taken over.
 *
 * @param purpose what the holder is, told to whoever is refused: `ecluse serve`, `ecluse import`…
 * @throws StartError `start.folder_in_use` when a live process holds it, `start.folder_unwritable` when it cannot be written
 */
export function lockDataFolder(dataDir: string, purpose: string): DataLock {
  const mine = JSON.stringify({
    pid: process.pid,
    startTicks: processStartTicks(process.pid),
    host: hostname(),
    purpose,
  } satisfies LockHolder)
  for (;;) {
    if (createWhole(dataDir, mine)) break
    const found = readText(lockFile(dataDir))
    if (found === null) continue
    const holder = parseHolder(found)
    if (holder !== null && isAlive(holder)) {
      throw new StartError('start.folder_in_use', { folder: dataDir, pid: holder.pid, purpose: holder.purpose })
    }
    setAside(dataDir, found)
  }
  return {
    release: () => {
      if (readText(lockFile(dataDir)) === mine) rmSync(lockFile(dataDir), { force: true })
    },
  }
}

/** The live process that holds a data folder, or null. */
export function lockHolder(dataDir: string): LockHolder | null {
  const text = readText(lockFile(dataDir))
  const holder = text === null ? null : parseHolder(text)
  return holder !== null && isAlive(holder) ? holder : null
}

/** Whether a process with this number exists, whoever owns it. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/**
 * When a process started, in clock ticks since the machine's start; null when it has ended, and where there is no `/proc`. A
 * killed process whose parent has not noticed yet has ended too: it holds nothing any more.
 */
export function processStartTicks(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`)
  // The program's name, in parentheses, may hold spaces and parentheses; the state and the start time come 1st and 20th after it.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
}

function isAlive(holder: LockHolder): boolean {
  if (!processExists(holder.pid)) return false
  return holder.startTicks === null || holder.startTicks === processStartTicks(holder.pid)
}

/** Creates the lock with its content in one step (write aside, then link), so nobody ever reads a half-written one. */
function createWhole(dataDir: string, content: string): boolean {
  const draft = `${lockFile(dataDir)}.${process.pid}`
  try {
    makeFolder(dataDir)
    writeFileSync(draft, content, { mode: 0o600 })
    linkSync(draft, lockFile(dataDir))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && readText(lockFile(dataDir)) !== null) return false
    throw new StartError('start.folder_unwritable', { folder: dataDir, reason: reasonOf(error) }, error)
  } finally {
    removeQuietly(draft)
  }
}

/** Removes the stale lock that was read, and no other: a fresh one taken meanwhile by someone else is put back. */
function setAside(dataDir: string, stale: string): void {
  const aside = `${lockFile(dataDir)}.stale.${process.pid}`
  try {
    renameSync(lockFile(dataDir), aside)
    if (readText(aside) !== stale) linkSync(aside, lockFile(dataDir))
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(errorCode(error))) {
      throw new StartError('start.folder_unwritable', { folder: dataDir, reason: reasonOf(error) }, error)
    }
  } finally {
    removeQuietly(aside)
  }
}

/** Removes a file whose absence is all that matters: a failure here must not hide the one being told. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The folder cannot be written; the caller is saying so already.
  }
}

function parseHolder(text: string): LockHolder | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number'
      ? (value as LockHolder)
      : null
  } catch {
    return null
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
