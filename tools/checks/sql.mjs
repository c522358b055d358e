import { readArchitecture } from './graph.mjs'
import { judge } from './lib/exceptions.mjs'
import { isCode, readText, sourceFiles } from './lib/source-files.mjs'
import { sqlPieces } from './lib/sql-files.mjs'
import { rightsOf, schemaOwners, systemSchemas } from './lib/sql-owners.mjs'
import { ambientOffsets, lockOffsets, ownNames, sqlTokens, tableUses } from './lib/sql-text.mjs'
import { lineOf, syntaxTree } from './lib/syntax.mjs'

export const name = 'sql'

const inModules = (path) => path.startsWith('server/src/modules/')
const mayLock = (path) => !inModules(path) || /\/(queries\/)?[a-z-]*locks\.ts$/.test(path)

function judgeUse(use, rights, owners) {
  if (use.name === '$')
    return {
      rule: 'dynamic-table',
      message: 'the table comes from outside the text: write it out, so that it can be checked',
    }
  if (use.schema === undefined) {
    if (use.name.startsWith('pg_')) return undefined
    return { rule: 'unqualified', message: `${use.name} has no schema: write which module’s table it is` }
  }
  if (systemSchemas.has(use.schema) && use.access === 'read') return undefined
  const owner = owners[use.schema]
  const table = `${use.schema}.${use.name}`
  if (owner === undefined) return { rule: 'unknown-schema', message: `${table} is in no declared schema` }
  if (use.access === 'write' && !rights.writes.has(owner)) {
    return {
      rule: 'foreign-write',
      message: `${table} belongs to ${owner}: call its public.ts, or let it follow an event`,
    }
  }
  if (use.access !== 'write' && !rights.reads.has(owner)) {
    return {
      rule: 'foreign-read',
      message: `${rights.who} may not read ${table}: pass the value in, or declare the edge in architecture.mjs`,
    }
  }
  return undefined
}

function fileViolations(root, path, architecture) {
  const rights = rightsOf(path, architecture)
  if (rights === undefined) return { violations: [], statements: 0 }
  const owners = schemaOwners(architecture)
  const tree = syntaxTree(root, path)
  const pieces = sqlPieces(tree)
  const own = new Set(pieces.flatMap((piece) => [...ownNames(piece.text)]))
  const violations = []
  for (const { text, start } of pieces) {
    const add = (offset, violation) => violations.push({ ...violation, file: path, line: lineOf(tree, start + offset) })
    for (const use of tableUses(text, own)) {
      const violation = judgeUse(use, rights, owners)
      if (violation) add(use.offset, violation)
    }
    const locks = mayLock(path) ? [] : lockOffsets(text)
    for (const offset of locks)
      add(offset, { rule: 'lock', message: 'locks are taken in one order, by named functions of queries/locks.ts' })
    const ambient = inModules(path) ? ambientOffsets(text) : []
    for (const offset of ambient)
      add(offset, { rule: 'ambient', message: 'pass the time and ids in: clock and chance are injected' })
  }
  return { violations, statements: pieces.length }
}

/** Table names a migration creates or alters, and the foreign keys it draws from them. */
function migrationViolations(path, text, architecture) {
  const owners = schemaOwners(architecture)
  const tokens = sqlTokens(text)
  const violations = []
  const add = (token, rule, message) =>
    violations.push({ rule, message, file: path, line: text.slice(0, token.offset).split('\n').length })
  let table
  const nameFrom = (start) => {
    let i = start
    while (['if', 'not', 'exists', 'only', 'concurrently'].includes(tokens[i]?.value)) i += 1
    return tokens[i + 1]?.value === '.'
      ? { schema: tokens[i].value, name: tokens[i + 2].value }
      : { name: tokens[i]?.value }
  }
  tokens.forEach((token, i) => {
    const previous = tokens[i - 1]?.value
    if (token.value === 'schema' && previous === 'create') {
      const { name: schema } = nameFrom(i + 1)
      if (owners[schema] === undefined) add(token, 'unknown-schema', `schema ${schema} belongs to no declared module`)
    } else if (token.value === 'table' && ['create', 'alter', 'unlogged'].includes(previous)) {
      table = nameFrom(i + 1)
      if (owners[table.schema] === undefined) {
        add(token, 'unknown-schema', `${table.schema ?? '(no schema)'}.${table.name} belongs to no declared module`)
      }
    } else if (token.value === 'references' && table !== undefined) {
      const to = nameFrom(i + 1)
      const [owner, other] = [owners[table.schema], owners[to.schema]]
      const allowed = other !== undefined && (owner === other || architecture.modules[owner]?.includes(other))
      const line = `${table.schema}.${table.name} references ${to.schema ?? '(no schema)'}.${to.name}`
      if (!allowed)
        add(token, 'foreign-key', `${line}: ${owner} may not call ${other ?? 'it'}; drop the key or declare the edge`)
    }
  })
  return violations
}

/** SQL ownership: writes stay in the module's own schema, reads and foreign keys follow declared edges. */
export async function run(root) {
  const architecture = await readArchitecture(root)
  const violations = []
  let counted = 0
  for (const path of sourceFiles(root)) {
    if (/^server\/migrations\/.*\.sql$/.test(path)) {
      violations.push(...migrationViolations(path, readText(root, path), architecture))
      counted += 1
    } else if (/^(server|apps|packages)\//.test(path) && isCode(path)) {
      const found = fileViolations(root, path, architecture)
      violations.push(...found.violations)
      counted += found.statements
    }
  }
  return { failures: judge(root, name, violations), counted }
}
