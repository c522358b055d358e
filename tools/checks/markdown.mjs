import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { readText, sourceFiles } from './lib/source-files.mjs'

export const name = 'markdown'

const link =
  /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)|<(?:img|a)\b[^>]*\b(?:src|href)="([^"]+)"/gm

const withoutCode = (text) =>
  text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ' '))
    .replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length))

/** The anchor GitHub gives a heading. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

const anchorsOf = (text) => new Set([...text.matchAll(/^#+\s+(.*)$/gm)].map((match) => anchorOf(match[1])))

function linkFailures(root, path, text) {
  const failures = []
  for (const match of withoutCode(text).matchAll(link)) {
    const target = match[1] ?? match[2] ?? match[3]
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) continue
    const at = `${path}:${text.slice(0, match.index).split('\n').length}`
    const [file, anchor] = decodeURI(target).split('#')
    const goal = file === '' ? path : posix.join(dirname(path), file)
    if (!existsSync(join(root, goal))) failures.push(`${at} ${target} leads to no file`)
    else if (anchor && goal.endsWith('.md') && !anchorsOf(readText(root, goal)).has(anchor)) {
      failures.push(`${at} ${target} leads to no heading of ${goal}`)
    }
  }
  return failures
}

/** Decision records: a number each, and the parts that make one. */
function recordFailures(root, files) {
  const records = files.filter((path) => /^docs\/adr\/[^/]+\.md$/.test(path))
  const seen = new Map()
  return records.flatMap((path) => {
    const number = /\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]
    if (number === undefined)
      return /(template|README)\.md$/.test(path) ? [] : [`${path}:1 name it NNNN-what-was-decided.md`]
    const failures = ['## Context', '## Decision', '## Consequences']
      .filter((part) => !readText(root, path).includes(`\n${part}\n`))
      .map((part) => `${path}:1 has no "${part}" part`)
    if (seen.has(number)) failures.push(`${path}:1 has the number of ${seen.get(number)}: take the next free one`)
    seen.set(number, path)
    return failures
  })
}

/** Relative links of the documents lead somewhere; decision records are numbered and whole. */
export async function run(root) {
  const files = sourceFiles(root).filter((path) => path.endsWith('.md'))
  const failures = files.flatMap((path) => linkFailures(root, path, readText(root, path)))
  return { failures: [...failures, ...recordFailures(root, files)], counted: files.length }
}
