import { join } from 'node:path'
import { runNode } from './lib/child.mjs'
import { isCode, sourceFiles } from './lib/source-files.mjs'

export const name = 'dead-code'

const kinds = {
  files: 'no entry reaches this file: delete it',
  dependencies: 'is declared and not used: remove it from package.json',
  devDependencies: 'is declared and not used: remove it from package.json',
  optionalPeerDependencies: 'is used but an optional peer',
  unlisted: 'is used and not declared: add it to this workspace’s package.json',
  unresolved: 'cannot be resolved',
  binaries: 'is called and comes from no declared package',
  exports: 'is exported and nobody imports it: drop `export`, or the code',
  types: 'is exported and nobody imports it: drop `export`, or the type',
  nsExports: 'is exported and nobody uses it',
  nsTypes: 'is exported and nobody uses it',
  enumMembers: 'is never used',
  namespaceMembers: 'is never used',
  duplicates: 'is exported twice',
}

const nameOf = (item) => (Array.isArray(item) ? item.map((one) => one.name).join(', ') : item.name)
const lineOf = (item) => (Array.isArray(item) ? item[0]?.line : item.line) ?? 1

function issueFailures(issue) {
  return Object.entries(kinds).flatMap(([kind, advice]) => {
    const items = Array.isArray(issue[kind]) ? issue[kind] : []
    return items.map((item) =>
      kind === 'files' ? `${issue.file}:1 ${advice}` : `${issue.file}:${lineOf(item)} ${nameOf(item)} ${advice}`,
    )
  })
}

/** knip: files nothing reaches, exports nobody imports, dependencies declared and unused or used and undeclared. */
export async function run(root) {
  const knip = join(root, 'node_modules/knip/bin/knip.js')
  const result = await runNode([knip, '--reporter', 'json', '--no-progress', '--no-config-hints'], { cwd: root })
  let report
  try {
    report = JSON.parse(result.stdout)
  } catch {
    return { failures: [`knip.json:1 knip stopped: ${result.stdout}${result.stderr}`.trim()], counted: 0 }
  }
  const failures = report.issues.flatMap(issueFailures)
  if (result.status !== 0 && failures.length === 0) failures.push(`knip.json:1 ${result.stderr.trim()}`)
  return { failures, counted: sourceFiles(root).filter(isCode).length }
}
