import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { errorCodes, registryFile } from './lib/error-registry.mjs'
import { isCode, isTest, readJson, readText, sourceFiles } from './lib/source-files.mjs'
import { calledName, everyNode, lineOf, literalText, syntaxTree } from './lib/syntax.mjs'

export const name = 'errors'

const document = 'docs/errors.md'

const cell = (text) => (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The page that lists every error code, made from the registry and the server's messages. */
export function errorsPage(root) {
  const french = readJson(root, 'server/messages/fr.json', {})
  const english = readJson(root, 'server/messages/en.json', {})
  const rows = errorCodes(root).map(
    ({ code, status }) =>
      `| \`${code}\` | ${status} | ${cell(english[`error.${code}`])} | ${cell(french[`error.${code}`])} |`,
  )
  return [
    '# Errors',
    '',
    'Every refusal of the API is an `application/problem+json` answer (RFC 9457) whose `code` is one of these and whose',
    '`detail` is in the caller’s language. Codes are never reused. Made from the registry by',
    '`node tools/checks/errors.mjs --write`; do not edit.',
    '',
    '<!-- prettier-ignore -->',
    '| Code | Status | English | Français |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** Codes the server names: thrown by `refuse('…')` (`refused`), or in any literal (`named`). */
function serverUses(root) {
  const uses = { refused: [], named: new Set() }
  const files = sourceFiles(root).filter((path) => path.startsWith('server/src/') && isCode(path) && !isTest(path))
  for (const path of files) {
    const tree = syntaxTree(root, path)
    everyNode(tree, (node) => {
      const text = literalText(node)
      if (text !== undefined) uses.named.add(text)
      if (!ts.isCallExpression(node) || calledName(node) !== 'refuse') return
      const code = literalText(node.arguments[0])
      if (code !== undefined) uses.refused.push({ code, path, line: lineOf(tree, node) })
    })
  }
  return uses
}

/** The error registry against its users, its words in both languages, and its page. */
export async function run(root) {
  const codes = errorCodes(root)
  const known = new Set(codes.map((one) => one.code))
  const { refused, named } = serverUses(root)
  const failures = refused
    .filter(({ code }) => !known.has(code))
    .map(({ code, path, line }) => `${path}:${line} ${code} is not in the registry: add it to ${registryFile}`)
  for (const { code, line } of codes) {
    if (!named.has(code)) failures.push(`${registryFile}:${line} ${code}: the server never answers it; delete it`)
    for (const language of ['fr', 'en']) {
      const file = `server/messages/${language}.json`
      if (!readJson(root, file, {})[`error.${code}`]) failures.push(`${file}:1 error.${code} has no words`)
    }
  }
  const page = existsSync(join(root, document)) ? readText(root, document) : ''
  if (codes.length > 0 && page !== errorsPage(root)) {
    failures.push(`${document}:1 is not what the registry says: run node tools/checks/errors.mjs --write`)
  }
  if (codes.length === 0 && refused.length > 0) failures.push(`${registryFile}:1 no code was found in errorCodes`)
  return { failures, counted: codes.length }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
  writeFileSync(join(root, document), errorsPage(root))
}
