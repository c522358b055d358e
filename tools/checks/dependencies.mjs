import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, sourceFiles } from './lib/source-files.mjs'

export const name = 'dependencies'

const accepted = new Set(
  (
    'MIT MIT-0 ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD CC0-1.0 Unlicense BlueOak-1.0.0 Python-2.0 OFL-1.1 MPL-2.0 ' +
    'PostgreSQL'
  ).split(' '),
)

/** Packages with another licence that were read and accepted, and why. */
const acceptedByName = {
  // MIT, as its LICENSE says; its manifest forgets to.
  'png-js': '',
}

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$|^npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(-[\w.]+)?$/

/** Whether an SPDX expression can be satisfied by accepted licences alone. */
export function isAccepted(expression) {
  const plain = expression.replace(/[()]/g, ' ').trim()
  return plain.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((one) => accepted.has(one.trim())))
}

function licenceOf(root, path, locked) {
  const manifest = join(root, path, 'package.json')
  if (!existsSync(manifest)) return locked.license ?? ''
  const { license, licenses } = JSON.parse(readFileSync(manifest, 'utf8'))
  if (typeof license === 'string') return license
  return license?.type ?? (licenses ?? []).map((one) => one.type ?? one).join(' OR ') ?? locked.license ?? ''
}

function lockFailures(root, packages) {
  const failures = []
  let counted = 0
  for (const [path, locked] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || locked.link) continue
    const package_ = path.replace(/^.*node_modules\//, '')
    if (locked.resolved?.startsWith('http:'))
      failures.push(`package-lock.json:1 ${package_} would come over plain http`)
    if (/^(git|file|github)/.test(locked.resolved ?? ''))
      failures.push(`package-lock.json:1 ${package_} is not from the registry`)
    if (!locked.integrity && !locked.inBundle) failures.push(`package-lock.json:1 ${package_} has no integrity hash`)
    if (locked.dev) continue
    counted += 1
    const licence = licenceOf(root, path, locked)
    if (!isAccepted(licence) && acceptedByName[package_] !== licence) {
      failures.push(
        `package-lock.json:1 ${package_} ${locked.version} has the licence "${licence}": read it, then replace the package`,
      )
    }
  }
  return { failures, counted }
}

function pinFailures(root) {
  const manifests = sourceFiles(root).filter((path) => /(^|\/)package\.json$/.test(path))
  return manifests.flatMap((path) => {
    const manifest = readJson(root, path)
    const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']
    return groups.flatMap((group) =>
      Object.entries(manifest[group] ?? {})
        .filter(([, version]) => typeof version !== 'string' || !exact.test(version))
        .map(([package_, version]) => `${path}:1 ${package_} ${version}: write one exact version`),
    )
  })
}

/** Licences of everything that runs in production, the lock file's origins, and exact versions in every package.json. */
export async function run(root) {
  const { packages = {} } = readJson(root, 'package-lock.json', {})
  const { failures, counted } = lockFailures(root, packages)
  if (counted === 0) failures.push('package-lock.json:1 lists no package that runs in production')
  return { failures: [...failures, ...pinFailures(root)], counted }
}
