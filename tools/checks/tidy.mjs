import { judge } from './lib/exceptions.mjs'
import { isCode, readText, sourceFiles } from './lib/source-files.mjs'
import { syntaxTree } from './lib/syntax.mjs'
import { syntaxViolations } from './lib/tidy-syntax.mjs'
import { textViolations } from './lib/tidy-text.mjs'

export const name = 'tidy'

const readable = /\.(ts|tsx|mts|mjs|js|css|html|json|md|sql|yml|yaml|sh)$|(^|\/)[^.]+$/

/** House rules on names, sizes and banned constructs; known exceptions are in `exceptions.json` and may only shrink. */
export async function run(root) {
  const files = sourceFiles(root).filter((path) => readable.test(path) && path !== 'package-lock.json')
  const violations = files.flatMap((path) => {
    const found = textViolations(path, readText(root, path))
    if (isCode(path)) found.push(...syntaxViolations(path, syntaxTree(root, path)))
    return found.map((violation) => ({ ...violation, file: path }))
  })
  return { failures: judge(root, name, violations), counted: files.length }
}
