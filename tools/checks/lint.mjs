import { join } from 'node:path'
import { goOnOneCore, runNode } from './lib/child.mjs'

export const name = 'lint'

/** oxlint with its type-aware rules (through tsgolint), by `.oxlintrc.json`. */
export async function run(root) {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const result = await runNode([oxlint, '--type-aware', '--deny-warnings', '--format', 'json', '.'], {
    cwd: root,
    env: goOnOneCore,
  })
  let report
  try {
    report = JSON.parse(result.stdout)
  } catch {
    return { failures: [`.oxlintrc.json:1 oxlint stopped: ${result.stdout}${result.stderr}`.trim()], counted: 0 }
  }
  const failures = report.diagnostics.map((diagnostic) => {
    const line = diagnostic.labels?.[0]?.span?.line ?? 1
    const help = diagnostic.help ? ` (${diagnostic.help})` : ''
    return `${diagnostic.filename}:${line} ${diagnostic.code}: ${diagnostic.message}${help}`
  })
  if (report.number_of_files === 0) failures.push('.oxlintrc.json:1 oxlint looked at no file at all')
  if (result.status !== 0 && failures.length === 0) failures.push(`.oxlintrc.json:1 ${result.stderr.trim()}`)
  return { failures, counted: report.number_of_files }
}
