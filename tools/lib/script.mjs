import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from './child.mjs'
import { ensureInstalled, requireNode } from './install.mjs'
import { root, ToolError } from './text.mjs'

/** Runs a TypeScript program of the repository from its source, with the arguments given, and ends with its status. */
export async function runScript(file, args) {
  requireNode()
  // What a program prints may be read by a machine: the installation speaks on the other output.
  await ensureInstalled(console.error)
  if (!existsSync(join(root, file))) throw new ToolError(`${file}: ?`)
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  process.exitCode = await runNode([tsx, '--tsconfig', 'apps/storefront/tsconfig.json', file, ...args], { cwd: root })
}
