import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './text.mjs'

const packages = ['packages/contracts', 'packages/ui']
const everyTarget = ['package-lock.json', 'tools/build.mjs', 'tools/lib/targets.mjs']

/**
 * What `npm run build` makes, each in `dist/<name>`, and the sources each is made from. The shop is rendered by the server,
 * so its sources count twice: once for the pages, once for the islands.
 */
export const targets = {
  server: [
    'server/src',
    'server/messages',
    'server/package.json',
    'packages/strategy-engine',
    'apps/storefront',
    ...packages,
    ...everyTarget,
  ],
  storefront: ['apps/storefront', ...packages, ...everyTarget],
  backoffice: ['apps/backoffice', ...packages, ...everyTarget],
  pos: ['apps/pos', ...packages, ...everyTarget],
}

const stampOf = (name) => join(root, 'dist', name, '.stamp')

/** The targets whose sources are not those of the last build (or all of them), with the stamp to leave once built. */
export function staleTargets(names = Object.keys(targets), { all = false } = {}) {
  return names
    .map((name) => ({ name, stamp: fingerprint(targets[name]), file: stampOf(name) }))
    .filter(({ stamp, file }) => all || !existsSync(file) || readFileSync(file, 'utf8') !== stamp)
}

/** A hash of every source file's path and content: a checkout, a touch or a copy makes nothing stale. */
function fingerprint(paths) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0])
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

const unbuilt = /\/(node_modules|dist|test|gallery)$|\.test\.tsx?$/

function addTo(hash, path) {
  const file = join(root, path)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return
  if (found.isFile()) {
    hash.update(`${path}\0`).update(read(file)).update('\0')
    return
  }
  for (const name of readdirSync(file).sort()) {
    const inside = `${path}/${name}`
    if (name.startsWith('.') || unbuilt.test(inside)) continue
    addTo(hash, inside)
  }
}

const contents = new Map()

/** The same packages are sources of every target: each file is read once. */
function read(file) {
  let content = contents.get(file)
  if (content === undefined) contents.set(file, (content = readFileSync(file)))
  return content
}
