import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './child.mjs'
import { root, text, ToolError } from './text.mjs'

const oldestNode = [20, 19]
const turnFile = join(root, '.cache', 'installing')
const stampFile = join(root, 'node_modules', '.ecluse-stamp')

/** Refuses a Node.js that is too old for the packages, before any of them is loaded. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new ToolError(text('progress.node_too_old', { wanted: oldestNode.join('.'), found: process.versions.node }))
}

/**
 * Installs the packages when they are missing or not those of `package-lock.json`. A stamp makes the usual answer one file
 * read; a tree installed by hand is compared package by package and kept when it is the same.
 */
export async function ensureInstalled(tell = console.log) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const stamp = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex')
  const isInstalled = () =>
    readOrNull(stampFile) === stamp || (holdsWhatIsLocked(JSON.parse(lock).packages) && leaveStamp(stamp))
  if (isInstalled()) return
  const release = await takeTurn()
  try {
    if (isInstalled()) return
    tell(text('progress.installing'))
    const status = await npmCi()
    if (status !== 0) throw new ToolError(text('progress.install_failed', { status }))
    leaveStamp(stamp)
  } finally {
    release()
  }
}

function leaveStamp(stamp) {
  try {
    writeFileSync(stampFile, stamp)
  } catch {
    // Installed by another user: comparing again next time costs little.
  }
  return true
}

/** Two installations at once would ruin each other: the second waits, and mostly finds nothing left to do. */
async function takeTurn() {
  mkdirSync(dirname(turnFile), { recursive: true })
  for (;;) {
    try {
      writeFileSync(turnFile, String(process.pid), { flag: 'wx' })
      return () => rmSync(turnFile, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new ToolError(text('progress.folder_unwritable', { folder: root, reason: error.message }))
      if (!isAlive(Number(readOrNull(turnFile)))) rmSync(turnFile, { force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function isAlive(pid) {
  try {
    // An empty file is one being written; number 0 would ask about our own group, which is alive as well.
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function holdsWhatIsLocked(locked) {
  const found = readOrNull(join(root, 'node_modules', '.package-lock.json'))
  if (found === null) return false
  const installed = JSON.parse(found).packages
  return Object.entries(locked).every(([path, wanted]) => {
    if (!path.includes('node_modules/') || wanted.optional || wanted.peer) return true
    if (wanted.link) return existsSync(join(root, path))
    return installed[path]?.version === wanted.version && existsSync(join(root, path))
  })
}

function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }
  // Under `npm start` the same npm is used; otherwise the one on the path.
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options)
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
}

function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
