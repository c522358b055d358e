import ts from 'typescript'
import { isTest } from './source-files.mjs'
import { calledName, everyNode, lineOf, literalText } from './syntax.mjs'

const longestFunction = 70
const ambient = /^(server\/(src\/modules|simulation)|packages\/strategy-engine)\//
const mayReadEnvironment = /^(server\/src\/kernel\/config\.ts$|tools\/|bench\/)|\.config\.(ts|mjs)$/
const testSwitches = new Set(['only', 'skip', 'skipIf', 'runIf', 'todo', 'fails'])
const testCallers = new Set(['it', 'test', 'describe', 'suite', 'context', 'bench'])

function functionName(node) {
  if (node.name) return node.name.getText()
  const { parent } = node
  if (parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent))) return parent.name.getText()
  if (parent && ts.isCallExpression(parent)) return `${calledName(parent) ?? 'call'}(…)`
  return 'anonymous'
}

function isGroupOfTests(node) {
  return node.parent && ts.isCallExpression(node.parent) && ['describe', 'suite'].includes(calledName(node.parent))
}

function longFunction(tree, path, node) {
  if (!ts.isFunctionLike(node) || !node.body || isGroupOfTests(node)) return []
  const lines = lineOf(tree, node.end) - lineOf(tree, node) + 1
  if (lines <= longestFunction) return []
  const message = `${functionName(node)} has ${lines} lines, ${longestFunction} at most: give its steps names`
  return [{ rule: 'function-lines', at: `${path}#${functionName(node)}`, size: lines, node, message }]
}

function bannedSyntax(node) {
  if (ts.isEnumDeclaration(node)) return [{ rule: 'enum', node, message: 'use a union of string literals' }]
  if (ts.isDecorator(node)) return [{ rule: 'decorator', node, message: 'call a function instead' }]
  if (ts.isClassLike(node) && !node.heritageClauses?.some((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)) {
    return [
      {
        rule: 'class',
        node,
        message: 'write functions with explicit arguments; classes only extend what asks for one',
      },
    ]
  }
  if (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
    return [{ rule: 'as-any', node, message: 'narrow the type instead' }]
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && !node.exportClause) {
    return [{ rule: 'barrel', node, message: 'no `export *`: import from the file that says it' }]
  }
  return []
}

function importExtension(node) {
  const isModule = ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
  const isLazy = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  const specifier = isModule ? literalText(node.moduleSpecifier) : isLazy ? literalText(node.arguments[0]) : undefined
  if (specifier === undefined || !/^\.{1,2}(\/|$)/.test(specifier) || /\.[a-z0-9]+(\?.*)?$/.test(specifier)) return []
  return [{ rule: 'import-extension', node, message: `write the extension: import '${specifier}.ts'` }]
}

/** `a.b` as text, for `Date.now`, `process.env`, `it.only`… */
const dotted = (node) =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : undefined

const ambientNames = new Set(['Date.now', 'Math.random', 'Temporal.Now', 'crypto.randomUUID'])
/** Secrets must come from the system, so a use case may ask it for bytes; what computes may not. */
const ambientImport = (path) => (path.includes('/domain/') ? /^random(UUID|Bytes|Int)$/ : /^randomUUID$/)

function ambientSource(path, node) {
  if (!ambient.test(path)) return []
  const emptyDate =
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'Date' &&
    !node.arguments?.length
  const imported = ts.isImportSpecifier(node) && ambientImport(path).test((node.propertyName ?? node.name).text)
  if (!emptyDate && !imported && !ambientNames.has(dotted(node))) return []
  const message = `${node.getText().slice(0, 40)}: take the time from ctx.clock, chance and ids from ctx.rng`
  return [{ rule: 'ambient', node, message }]
}

function environment(path, node) {
  if (dotted(node) !== 'process.env' || mayReadEnvironment.test(path) || isTest(path)) return []
  return [{ rule: 'environment', node, message: 'settings are read once, in server/src/kernel/config.ts' }]
}

function switchedTest(path, node) {
  if (!isTest(path) || !ts.isPropertyAccessExpression(node) || !testSwitches.has(node.name.text)) return []
  let origin = node.expression
  while (ts.isPropertyAccessExpression(origin) || ts.isCallExpression(origin)) origin = origin.expression
  if (!ts.isIdentifier(origin) || !testCallers.has(origin.text)) return []
  let statement = node
  while (statement.parent && !ts.isStatement(statement)) statement = statement.parent
  if (node.name.text !== 'only' && statement.getText().includes('skipped: no data')) return []
  return [
    {
      rule: 'switched-test',
      node,
      message: `.${node.name.text}: every test runs; only absent data may say "skipped: no data"`,
    },
  ]
}

function isBarrel(tree, path) {
  if (path.endsWith('/public.ts') || tree.statements.length === 0) return false
  const reExports = tree.statements.filter(
    (one) => ts.isExportDeclaration(one) && one.moduleSpecifier && one.exportClause,
  )
  const others = tree.statements.filter((one) => !ts.isImportDeclaration(one) && !ts.isExportDeclaration(one))
  return reExports.length > 0 && others.length === 0
}

/** What is wrong with the code of one file, by its syntax. */
export function syntaxViolations(path, tree) {
  const found = []
  everyNode(tree, (node) => {
    found.push(
      ...longFunction(tree, path, node),
      ...bannedSyntax(node),
      ...importExtension(node),
      ...ambientSource(path, node),
      ...environment(path, node),
      ...switchedTest(path, node),
    )
  })
  const violations = found.map(({ node, ...violation }) => ({ ...violation, line: lineOf(tree, node) }))
  if (isBarrel(tree, path))
    violations.push({ rule: 'barrel', line: 1, message: 'a file of re-exports only: import from the sources' })
  return violations
}
