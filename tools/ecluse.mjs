#!/usr/bin/env node
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runNode } from './lib/child.mjs'
import { ensureInstalled, requireNode } from './lib/install.mjs'
import { staleTargets } from './lib/targets.mjs'
import { root, runTool } from './lib/text.mjs'

/** `npx ecluse <command>`: installs and builds the server when they are stale, saying so on standard error, then runs the command. */
await runTool(async () => {
  requireNode()
  await ensureInstalled(console.error)
  if (staleTargets(['server']).length > 0) {
    const status = await runNode([join(root, 'tools', 'build.mjs'), '--quiet', 'server'], { stdio: ['ignore', 2, 2] })
    if (status !== 0) process.exit(status)
  }
  process.env.NODE_ENV ||= 'production'
  const { runCommandLine } = await import(pathToFileURL(join(root, 'dist', 'server', 'cli.mjs')).href)
  process.exitCode = await runCommandLine(process.argv.slice(2))
})
