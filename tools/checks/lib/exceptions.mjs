import { readJson } from './source-files.mjs'

export const exceptionsFile = 'tools/checks/exceptions.json'

/**
 * The list of known exceptions: `[{ rule, at, limit?, why }]`.
 * `rule` is `check/rule`, `at` is a file, or `file#name` for one function; `limit` is the size allowed to it.
 */
export const readExceptions = (root) => readJson(root, exceptionsFile, [])

const excuses = (exception, violation, rule) =>
  exception.rule === rule &&
  (exception.at === violation.at || exception.at === violation.file) &&
  (exception.limit === undefined || violation.size <= exception.limit)

function staleness(exception, measured) {
  const where = `${exception.rule} at ${exception.at}`
  if (measured === undefined) return `nothing needs the exception ${where} any more; delete it`
  if (exception.limit !== undefined && measured < exception.limit) {
    return `the exception ${where} allows ${exception.limit}, ${measured} is enough now; lower it`
  }
  return undefined
}

/**
 * Turns violations `{ rule, file, line, at?, size?, message }` into failure lines, leaving out those the exceptions list
 * excuses, and adding one failure for each exception that is wider than the code needs: the list may only shrink.
 */
export function judge(root, check, violations) {
  const exceptions = readExceptions(root).filter((exception) => exception.rule.startsWith(`${check}/`))
  const measured = new Map()
  const failures = []
  for (const violation of violations) {
    const excuse = exceptions.find((exception) => excuses(exception, violation, `${check}/${violation.rule}`))
    if (excuse) measured.set(excuse, Math.max(measured.get(excuse) ?? 0, violation.size ?? 0))
    else failures.push(`${violation.file}:${violation.line ?? 1} ${violation.rule}: ${violation.message}`)
  }
  for (const exception of exceptions) {
    const stale = staleness(exception, measured.get(exception))
    if (stale !== undefined) failures.push(`${exceptionsFile}:1 ratchet: ${stale}`)
  }
  return failures
}
