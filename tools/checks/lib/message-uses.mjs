import ts from 'typescript'
import { calledName, everyNode, lineOf, literalText } from './syntax.mjs'

/** Functions that take a message key, here or there among their arguments. */
const translators = new Set(['t', 'text', 'consoleText'])

const keyShape = /^[a-z][\w-]*(\.[\w-]+)+$/

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A template as a pattern over keys: `order.state.${state}` matches every key that starts so. */
function pattern(node) {
  const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
  return /^[a-z][\w-]*\./.test(parts[0]) ? new RegExp(`^${parts.map(escaped).join('[\\w.:-]+')}$`) : undefined
}

/** Literals and templates an argument may evaluate to, without looking into calls. */
function possibleTexts(node, found = []) {
  if (node === undefined) return found
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) found.push(node)
  else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach((one) => possibleTexts(one, found))
  else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) possibleTexts(node.expression, found)
  else if (ts.isBinaryExpression(node)) [node.left, node.right].forEach((one) => possibleTexts(one, found))
  return found
}

const property = (object, name) =>
  object.properties.find((one) => ts.isPropertyAssignment(one) && one.name.getText().replace(/['"]/g, '') === name)
    ?.initializer

/** The expressions that stand for a message key at this node. */
function keyExpressions(node) {
  if (ts.isCallExpression(node)) {
    const called = calledName(node)
    if (translators.has(called))
      return node.arguments.filter((one) => !ts.isStringLiteralLike(one) || keyShape.test(one.text))
    const [first] = node.arguments
    if (called === 'formatMessage' && first && ts.isObjectLiteralExpression(first)) return [property(first, 'id')]
  }
  const isMessage =
    ts.isJsxAttributes(node) && /^(Formatted(HTML)?Message|Message|T)$/.test(node.parent.tagName.getText())
  if (!isMessage) return []
  const id = node.properties.find((one) => ts.isJsxAttribute(one) && one.name.getText() === 'id')?.initializer
  return [id && ts.isJsxExpression(id) ? id.expression : id]
}

/**
 * The message keys a file asks for (`asked`: each must exist; `key` or `pattern`, and `line`), and everything in it that
 * may name one (`named` literals, `patterns` of templates), by which a key counts as used.
 */
export function messageUses(tree) {
  const uses = { asked: [], named: new Set(), patterns: [] }
  everyNode(tree, (node) => {
    const text = literalText(node)
    if (text !== undefined && keyShape.test(text)) uses.named.add(text)
    if (text !== undefined && /^[a-z][\w.-]*\.$/.test(text)) uses.patterns.push(new RegExp(`^${escaped(text)}`))
    if (ts.isTemplateExpression(node)) {
      const found = pattern(node)
      if (found) uses.patterns.push(found)
    }
    for (const expression of keyExpressions(node).flatMap((one) => possibleTexts(one))) {
      const line = lineOf(tree, expression)
      if (ts.isTemplateExpression(expression)) {
        const found = pattern(expression)
        if (found) uses.asked.push({ pattern: found, text: expression.getText(tree), line })
      } else if (expression.text !== '' && !expression.text.endsWith('.')) {
        uses.asked.push({ key: expression.text, text: `'${expression.text}'`, line })
      }
    }
  })
  return uses
}
