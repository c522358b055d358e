import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The root of the repository, found by walking up from this file: the same code runs from `server/src` in development and
 * from one bundle in `dist/server` otherwise.
 */
export const rootDir = findRoot(dirname(fileURLToPath(import.meta.url)))

/** The plain SQL migrations, read at run time. */
export const migrationsDir = join(rootDir, 'server', 'migrations')

/** Everything `npm run build` makes: `server/`, `storefront/`, `backoffice/`, `pos/`. */
export const distDir = join(rootDir, 'dist')

/** The version in the root `package.json`. */
export const version: string = readPackage(rootDir)?.version ?? '0.0.0'

/**
 * Makes a folder and those above it. Not `mkdirSync` with `recursive`: where a folder cannot be made although the one above is
 * there (under `/proc`), that never returns in Node 20.
 *
 * @throws the system's error when it cannot be made, or when a file is in the way
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Made by another process in the meantime.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (readPackage(folder)?.name === 'ecluse') return folder
    if (folder === dirname(folder)) throw new Error(`no package.json of ecluse above ${from}`)
  }
}

function readPackage(folder: string): { name?: string; version?: string } | null {
  const file = join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }) : null
}
