import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { everyNode, lineOf, syntaxTree, unwrapped } from './syntax.mjs'

export const registryFile = 'packages/contracts/src/errors.ts'

/** The codes of the error registry, in order: `{ code, status, line }`. Empty while the file does not exist. */
export function errorCodes(root) {
  if (!existsSync(join(root, registryFile))) return []
  const tree = syntaxTree(root, registryFile)
  const codes = []
  everyNode(tree, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText(tree) !== 'errorCodes') return
    const registry = unwrapped(node.initializer)
    if (!registry || !ts.isObjectLiteralExpression(registry)) return
    for (const entry of registry.properties) {
      const definition = ts.isPropertyAssignment(entry) ? unwrapped(entry.initializer) : undefined
      if (!definition || !ts.isObjectLiteralExpression(definition)) continue
      const status = definition.properties
        .find((one) => one.name?.getText(tree) === 'status')
        ?.initializer?.getText(tree)
      codes.push({ code: entry.name.text, status, line: lineOf(tree, entry) })
    }
  })
  return codes
}
