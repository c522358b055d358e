import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exceptionsFile, readExceptions } from './lib/exceptions.mjs'
import { readText, sourceFiles } from './lib/source-files.mjs'

export const name = 'ratchet'

function git(root, ...args) {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

/** The list as it was before its last change: what is committed if the working copy differs, else the commit before. */
function previousList(root) {
  const commits = git(root, 'log', '-2', '--format=%H', '--', exceptionsFile)?.split('\n').filter(Boolean) ?? []
  const versions = commits.map((commit) => git(root, 'show', `${commit}:${exceptionsFile}`))
  const present = existsSync(join(root, exceptionsFile)) ? readText(root, exceptionsFile).trim() : undefined
  const before = versions.find((version) => version !== undefined && version !== present)
  return before === undefined ? undefined : JSON.parse(before)
}

const same = (one, other) => one.rule === other.rule && one.at === other.at

function growth(exception, before) {
  const old = before.find((one) => same(one, exception))
  if (old === undefined) return 'is new'
  return (exception.limit ?? 0) > (old.limit ?? 0) ? `rose from ${old.limit} to ${exception.limit}` : undefined
}

/** The exceptions list against its last version in git: it shrinks, or a decision record names what was added. */
export async function run(root) {
  const exceptions = readExceptions(root)
  const failures = exceptions
    .filter((one) => typeof one.why !== 'string' || one.why.length < 20)
    .map((one) => `${exceptionsFile}:1 ${one.rule} at ${one.at}: say why, in a sentence`)
  const before = previousList(root)
  const records = sourceFiles(root).filter((path) => /^docs\/adr\/\d{4}-/.test(path))
  for (const exception of before === undefined ? [] : exceptions) {
    const grown = growth(exception, before)
    const decided = records.some((path) => readText(root, path).includes(exception.at))
    if (grown && !decided) {
      failures.push(
        `${exceptionsFile}:1 ${exception.rule} at ${exception.at} ${grown}: mend the code; or write a decision record that names it`,
      )
    }
  }
  return { failures, counted: exceptions.length }
}
