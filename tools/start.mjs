import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runNode } from './lib/child.mjs'
import { ensureInstalled, requireNode } from './lib/install.mjs'
import { stopWithNpm } from './lib/orphan.mjs'
import { staleTargets } from './lib/targets.mjs'
import { root, runTool, ToolError, text } from './lib/text.mjs'

/**
 * `npm start`: installs what is missing, builds what is stale, then becomes the server. The build runs in a process of its own
 * so that its memory is given back; the server runs in this one, so that a signal reaches it and nothing can be left behind.
 */
await runTool(async () => {
  stopWithNpm()
  requireNode()
  await ensureInstalled()
  if (staleTargets().length > 0) {
    const status = await runNode([join(root, 'tools', 'build.mjs'), '--quiet'])
    if (status !== 0) process.exit(status)
  }
  const server = join(root, 'dist', 'server', 'main.mjs')
  if (!existsSync(server)) throw new ToolError(text('start.not_built'))
  process.env.NODE_ENV ||= 'production'
  await import(pathToFileURL(server).href)
})
