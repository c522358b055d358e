import ts from 'typescript'
import { readText } from './source-files.mjs'

const trees = new Map()

function scriptKind(path) {
  if (path.endsWith('x')) return ts.ScriptKind.TSX
  return path.endsWith('js') ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

/** The syntax tree of one file, parsed once per run and shared by all checks. */
export function syntaxTree(root, path) {
  const key = `${root}\0${path}`
  if (!trees.has(key)) {
    trees.set(key, ts.createSourceFile(path, readText(root, path), ts.ScriptTarget.ES2023, true, scriptKind(path)))
  }
  return trees.get(key)
}

/** Calls `visit(node)` on every node of the tree, parents first. */
export function everyNode(tree, visit) {
  const step = (node) => {
    visit(node)
    ts.forEachChild(node, step)
  }
  step(tree)
}

/** The 1-based line of a node's first character, or of an offset. */
export function lineOf(tree, nodeOrOffset) {
  const offset = typeof nodeOrOffset === 'number' ? nodeOrOffset : nodeOrOffset.getStart(tree)
  return tree.getLineAndCharacterOfPosition(offset).line + 1
}

/** The text of a string literal or of a template without expressions; undefined for anything else. */
export function literalText(node) {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
}

/** The last name of what is called: `t` for `t(…)`, `refuse` for `errors.refuse(…)`. */
export function calledName(call) {
  const callee = call.expression
  if (ts.isIdentifier(callee)) return callee.text
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined
}

/** Strips `as const`, `satisfies X` and parentheses from an expression. */
export function unwrapped(node) {
  let inner = node
  while (
    inner !== undefined &&
    (ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner) || ts.isParenthesizedExpression(inner))
  ) {
    inner = inner.expression
  }
  return inner
}
