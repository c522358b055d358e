import { basename } from 'node:path'
import { isCode, isTest } from './source-files.mjs'

const longestFile = 400
const vagueNames = /^(utils?|helpers?|misc)$/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`)
const silencers = new RegExp(`@ts-(${['ignore', 'nocheck'].join('|')})`)
const machinePath = /(?<![\w.:/-])\/(work|tmp|home|root)\/|\.\.\/(?=shared\/)/

function everyLine(text, pattern, rule, message) {
  const found = []
  text.split('\n').forEach((line, index) => {
    const match = pattern.exec(line)
    if (match) found.push({ rule, line: index + 1, message: message(match[0]) })
  })
  return found
}

function nameViolations(path) {
  const stem = basename(path).replace(/\.[^.]+$/, '')
  const violations = []
  const parts = [...path.split('/').slice(0, -1), stem]
  if (parts.some((part) => vagueNames.test(part))) {
    violations.push({
      rule: 'vague-name',
      message: 'name the file after what it does; nothing is called utils or helpers',
    })
  }
  const named = /\.(ts|tsx|mjs|js|css|sql)$/.test(path) && !path.startsWith('server/migrations/')
  if (named && !parts.every((part) => kebab.test(part.replace(/^\./, '')))) {
    violations.push({ rule: 'kebab-case', message: 'names of files and folders are kebab-case: place-order.ts' })
  }
  return violations
}

/** What is wrong with a file's name and lines, whatever its language. */
export function textViolations(path, text) {
  const violations = nameViolations(path)
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (isCode(path) && lines > longestFile) {
    violations.push({
      rule: 'file-lines',
      size: lines,
      message: `${lines} lines, ${longestFile} at most: split it by what it does`,
    })
  }
  violations.push(
    ...everyLine(
      text,
      unfinished,
      'unfinished',
      (word) => `${word}: finish it now, or open an issue and delete the remark`,
    ),
    ...everyLine(text, silencers, 'silenced-types', (word) => `${word} hides an error: mend the type`),
  )
  if (!isTest(path)) {
    const plain = path.endsWith('.md') ? text.replace(/\.\.\/shared\/data/g, '') : text
    const advice = (found) => `${found.trim()}… exists on one machine only: take it from the configuration`
    violations.push(...everyLine(plain, machinePath, 'machine-path', advice))
  }
  return violations
}
