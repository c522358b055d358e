import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureInstalled, requireNode } from './lib/install.mjs'
import { serverBuild, threads } from './lib/server-build.mjs'
import { staleTargets, targets } from './lib/targets.mjs'
import { root, runTool, text, ToolError } from './lib/text.mjs'

/** Builds one target and leaves its stamp, which is the last thing written: a build cut short is stale. */
async function buildOne(build, { name, stamp, file }) {
  try {
    await build(name === 'server' ? server : appBuild(name))
  } catch (error) {
    const reason = String(error.message ?? error)
    const told = process.stderr.isTTY ? reason : stripVTControlCharacters(reason)
    throw new ToolError(`${text('progress.build_failed', { name })}\n${told}`)
  }
  writeFileSync(file, stamp)
}

// Someone who starts the shop has no use for advice on the size of chunks; whoever builds has.
const logLevel = process.argv.includes('--quiet') ? 'error' : 'warn'

const server = serverBuild({
  input: {
    main: join(root, 'server/src/main.ts'),
    cli: join(root, 'server/src/cli/main.ts'),
    ...threads,
  },
  folder: 'server',
  logLevel,
})

const appBuild = (name) => ({
  root: join(root, 'apps', name),
  configFile: join(root, 'apps', name, 'vite.config.ts'),
  mode: 'production',
  logLevel,
})

/**
 * `npm run build`: builds what is stale, or what is named: `node tools/build.mjs [--force] [--quiet] [server|storefront|backoffice|pos…]`.
 * The server becomes one bundle that loads its packages from `node_modules`; the applications are built by their own
 * `vite.config.ts`.
 */
await runTool(async () => {
  requireNode()
  await ensureInstalled()
  const args = process.argv.slice(2)
  const named = args.filter((arg) => !arg.startsWith('--'))
  const unknown = named.find((name) => !Object.hasOwn(targets, name))
  if (unknown !== undefined) throw new ToolError(text('progress.build_failed', { name: unknown }))
  const names = named.length > 0 ? named : Object.keys(targets)
  const stale = args.includes('--force') ? staleTargets(names, { all: true }) : staleTargets(names)
  if (stale.length === 0) return
  console.log(text('progress.building', { names: stale.map((target) => target.name).join(', ') }))
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  // One that fails does not cut the others short.
  const built = await Promise.allSettled(stale.map((target) => buildOne(build, target)))
  const failures = built.filter((one) => one.status === 'rejected').map((one) => one.reason.message)
  if (failures.length > 0) throw new ToolError(failures.join('\n'))
})
