import { join } from 'node:path'
import { linesOf, memoryOf, runNode } from './lib/child.mjs'
import { sourceFiles } from './lib/source-files.mjs'

export const name = 'format'

const formatted = /\.(ts|tsx|mts|mjs|js|json|css|html|md|yml|yaml)$/

/** Prettier over the project's files, remembering the clean ones between runs. */
export async function run(root) {
  const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs')
  const files = sourceFiles(root).filter((path) => formatted.test(path))
  if (files.length === 0) return { failures: ['.:1 no file to format was found'], counted: 0 }
  const memory = memoryOf(root, 'prettier.json')
  const cache = memory ? ['--cache', '--cache-strategy', 'content', '--cache-location', memory] : []
  const result = await runNode([prettier, '--list-different', ...cache, ...files], { cwd: root })
  const failures = linesOf(result.stdout).map((path) => `${path}:1 not formatted: run npx prettier --write ${path}`)
  for (const line of linesOf(result.stderr)) if (line.startsWith('[error]')) failures.push(line.slice(8))
  if (result.status !== 0 && failures.length === 0) failures.push(`.prettierrc.json:1 ${result.stderr.trim()}`)
  return { failures, counted: files.length }
}
