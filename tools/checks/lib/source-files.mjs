import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const ignoredFolders = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.cache', '.vite'])

function walk(root, folder, found) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!ignoredFolders.has(entry.name)) walk(root, join(folder, entry.name), found)
    } else if (entry.isFile()) {
      found.push(relative(root, join(folder, entry.name)).split(sep).join('/'))
    }
  }
}

function listedByGit(root) {
  if (!existsSync(join(root, '.git'))) return undefined
  try {
    const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return output
      .split('\0')
      .filter((path) => path !== '' && statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
  } catch {
    // Another user's checkout, or no git at all: the files themselves are as good a list.
    return undefined
  }
}

const lists = new Map()
const texts = new Map()

/**
 * Every file of the project, as paths from `root` with forward slashes: what git tracks or would track, or, outside a git
 * checkout, everything but built and installed folders.
 */
export function sourceFiles(root) {
  if (!lists.has(root)) {
    let found = listedByGit(root)
    if (found === undefined) {
      found = []
      walk(root, root, found)
    }
    lists.set(root, found.filter((path) => !path.split('/').some((part) => ignoredFolders.has(part))).sort())
  }
  return lists.get(root)
}

/** The text of one file, read once per run. */
export function readText(root, path) {
  const absolute = join(root, path)
  if (!texts.has(absolute)) texts.set(absolute, readFileSync(absolute, 'utf8'))
  return texts.get(absolute)
}

/** A JSON file's value, or `fallback` where the file does not exist. */
export function readJson(root, path, fallback) {
  return existsSync(join(root, path)) ? JSON.parse(readText(root, path)) : fallback
}

export const isCode = (path) => /\.(ts|tsx|mts|mjs|js|jsx)$/.test(path) && !path.endsWith('.d.ts')

/** Tests, and what only tests use: they may reach further and plant what product code may not. */
export const isTest = (path) =>
  /\.test\.(ts|tsx|mjs)$/.test(path) || /(^|\/)(test|tests|e2e)\//.test(path) || /(^|\/)vitest[.-][^/]*$/.test(path)
