import ts from 'typescript'
import { hole } from './sql-text.mjs'
import { everyNode } from './syntax.mjs'

const looksLikeSql =
  /^\s*(with\s[\s\S]*\bas\b|select\s[\s\S]*\bfrom\b|insert\s+into\b|update\s+[\w.]+\s+set\b|delete\s+from\b|merge\s+into\b|truncate\s|lock\s+table\b|copy\s+[\w.]+)/i

/** A template's text with a hole for each expression, padded so that offsets in it are offsets in the file. */
function templateText(node, tree) {
  const source = tree.text
  if (!ts.isTemplateExpression(node))
    return { text: source.slice(node.getStart(tree) + 1, node.end - 1), start: node.getStart(tree) + 1 }
  const start = node.head.getStart(tree) + 1
  let text = source.slice(start, node.head.end - 2)
  let end = node.head.end - 2
  for (const span of node.templateSpans) {
    const literalStart = span.literal.getStart(tree) + 1
    text += ` ${hole} `.padEnd(literalStart - end, ' ').slice(0, literalStart - end)
    end = span.literal.end - (span.literal.kind === ts.SyntaxKind.TemplateTail ? 1 : 2)
    text += source.slice(literalStart, end)
  }
  return { text, start }
}

/** Every piece of SQL in a source file: templates tagged `sql`, and any other text that reads like a statement. */
export function sqlPieces(tree) {
  const pieces = []
  everyNode(tree, (node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return
    const tagged = ts.isTaggedTemplateExpression(node.parent) && /(^|\.)sql$/.test(node.parent.tag.getText(tree))
    const piece = templateText(node, tree)
    if (tagged || looksLikeSql.test(piece.text)) pieces.push(piece)
  })
  return pieces
}
