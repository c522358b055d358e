import { join } from 'node:path'
import { runNode } from './lib/child.mjs'
import { ensureInstalled, requireNode } from './lib/install.mjs'
import { staleTargets } from './lib/targets.mjs'
import { root, runTool } from './lib/text.mjs'

/**
 * `npm run dev`: the server from its sources, started again at each change. The applications are built once when stale; run
 * `npx vite apps/<name>` beside this to work on one of them with hot reload.
 */
await runTool(async () => {
  requireNode()
  await ensureInstalled()
  const apps = staleTargets(['storefront', 'backoffice', 'pos']).map((target) => target.name)
  if (apps.length > 0) {
    const status = await runNode([join(root, 'tools', 'build.mjs'), '--quiet', ...apps])
    if (status !== 0) process.exit(status)
  }
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'development' }
  const args = [
    tsx,
    'watch',
    '--clear-screen=false',
    '--tsconfig',
    'apps/storefront/tsconfig.json',
    'server/src/main.ts',
  ]
  process.exitCode = await runNode(args, { cwd: root, env })
})
