import { isTest } from './source-files.mjs'

/** Schemas that are not named after a module, and who owns them. */
const usualOwners = { kernel: 'kernel', graphile_worker: 'kernel', auth: 'access' }

export const systemSchemas = new Set(['pg_catalog', 'information_schema'])

/** Schema → owner (a module, or `kernel`), as `architecture.mjs` declares it. */
export function schemaOwners({ modules, schemas }) {
  const owners = { ...usualOwners, ...schemas }
  for (const module of Object.keys(modules)) owners[module] = module
  return owners
}

/**
 * What the SQL of one file may touch: owners it may read and write, or undefined where anything goes (tests, benchmarks and
 * tools look at the whole database).
 */
export function rightsOf(path, { modules }) {
  if (isTest(path) || /^(tools|bench)\//.test(path)) return undefined
  const module = /^server\/src\/modules\/([^/]+)\//.exec(path)?.[1]
  if (module) return { who: module, reads: new Set([module, ...(modules[module] ?? [])]), writes: new Set([module]) }
  if (path.startsWith('server/src/kernel/'))
    return { who: 'the kernel', reads: new Set(['kernel']), writes: new Set(['kernel']) }
  if (path.startsWith('server/')) {
    return { who: 'this folder', reads: new Set(['kernel', ...Object.keys(modules)]), writes: new Set() }
  }
  return { who: 'this folder', reads: new Set(), writes: new Set() }
}
