/**
 * Reads SQL well enough to say which tables a statement reads, writes and locks. Not a parser: it knows words, strings,
 * comments, brackets and the places where a table name stands.
 */

/** Stands for a value or a piece of SQL that is put in when the program runs. */
export const hole = '\u0001'

const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y
const skipped = [
  /\s+/y,
  /--[^\n]*/y,
  /\/\*[\s\S]*?\*\//y,
  /(\$[A-Za-z_]*\$)[\s\S]*?\1/y,
  /[eE]?'(?:[^']|'')*'/y,
  /\d[\w.]*/y,
  /\$\d+/y,
]

/** Words (lower case), quoted names and single characters, each with its offset. */
export function sqlTokens(text) {
  const tokens = []
  let at = 0
  const match = (pattern) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  while (at < text.length) {
    const blank = skipped.map(match).find(Boolean)
    if (blank) {
      at += blank.length
      continue
    }
    const quoted = match(/"[^"]*"/y)
    const name = quoted ?? match(word)
    const value = quoted ? quoted.slice(1, -1) : (name?.toLowerCase() ?? text[at])
    tokens.push({ value, offset: at, isName: name !== undefined })
    at += (name ?? text[at]).length
  }
  return tokens
}

const speakingFrom = new Set(['extract', 'substring', 'trim', 'overlay', 'position'])
const notTables = new Set('select lateral set only values unnest nothing of as table'.split(' '))
const endOfFrom = new Set(
  'where on using set group order returning limit offset window having for of union except intersect values with select'.split(
    ' ',
  ),
)

/** Names a text gives itself: common table expressions. They are no tables. */
export function ownNames(text) {
  const tokens = sqlTokens(text)
  const names = new Set()
  for (let i = 0; i < tokens.length - 1; i += 1) {
    const [token, next] = [tokens[i], tokens[i + 1]]
    const opensList = next.value === '(' && ['with', ',', 'recursive'].includes(tokens[i - 1]?.value)
    const isCte = next.value === 'as' && ['(', 'materialized', 'not'].includes(tokens[i + 2]?.value)
    if (token.isName && (isCte || opensList)) names.add(token.value)
  }
  return names
}

/** The kind of access a table name has at position `i`, or undefined where no table name stands. */
function accessBefore(tokens, i, brackets) {
  const [one, two, three] = [tokens[i - 1]?.value, tokens[i - 2]?.value, tokens[i - 3]?.value]
  if (one === 'only') return accessBefore(tokens, i - 1, brackets)
  if (one === 'into' && ['insert', 'merge'].includes(two)) return 'write'
  if (one === 'update') return ['for', 'key', 'do', 'on'].includes(two) ? undefined : 'write'
  if (one === 'from' && two === 'delete') return 'write'
  if (one === 'truncate' || (one === 'table' && two === 'truncate')) return 'write'
  if (one === 'copy') return 'write'
  if (one === 'table' && two === 'lock') return 'lock'
  if (one === 'from') {
    if (two === 'distinct' && ['is', 'not'].includes(three)) return undefined
    return speakingFrom.has(brackets.at(-1)) ? undefined : 'read'
  }
  if (one === 'join' || one === 'references') return 'read'
  if (one === 'using') return tokens[i - 2]?.isName ? 'read' : undefined
  return undefined
}

/** After `from a.b [as] x ,` another table name may stand. */
function followsCommaInFrom(tokens, i) {
  if (tokens[i - 1]?.value !== ',') return false
  let depth = 0
  for (let j = i - 2; j >= 0; j -= 1) {
    const { value } = tokens[j]
    if (value === ')') depth += 1
    else if (value === '(') {
      if (depth === 0) return false
      depth -= 1
    } else if (depth === 0 && (endOfFrom.has(value) || value === ';')) return false
    else if (depth === 0 && value === 'from') return tokens[j - 1]?.value !== 'distinct'
  }
  return false
}

function nameAt(tokens, i) {
  const qualified = tokens[i + 1]?.value === '.' && tokens[i + 2]?.isName
  const next = tokens[i + (qualified ? 3 : 1)]?.value
  return { schema: qualified ? tokens[i].value : undefined, name: tokens[i + (qualified ? 2 : 0)].value, next }
}

/**
 * The tables a text names: `{ schema, name, access: 'read' | 'write' | 'lock', offset }`. `schema` is undefined for a name
 * that is not qualified, `name` is `$` where the table comes from outside the text.
 */
export function tableUses(text, own = ownNames(text)) {
  const tokens = sqlTokens(text)
  const brackets = []
  const uses = []
  tokens.forEach((token, i) => {
    if (token.value === '(') brackets.push(tokens[i - 1]?.isName ? tokens[i - 1].value : '')
    if (token.value === ')') brackets.pop()
    const access = accessBefore(tokens, i, brackets) ?? (followsCommaInFrom(tokens, i) ? 'read' : undefined)
    if (access === undefined) return
    if (token.value === hole) return void uses.push({ name: '$', access, offset: token.offset })
    if (!token.isName || notTables.has(token.value)) return
    const { schema, name, next } = nameAt(tokens, i)
    const isCall = next === '(' && access === 'read' && tokens[i - 1].value !== 'references'
    if (isCall || (schema === undefined && own.has(name))) return
    uses.push({ schema, name, access, offset: token.offset })
  })
  return uses
}

/** Offsets where a text takes row or advisory locks. */
export function lockOffsets(text) {
  const blanked = text.replace(/--[^\n]*|'(?:[^']|'')*'/g, (found) => ' '.repeat(found.length))
  const pattern =
    /\bfor\s+(?:no\s+key\s+)?update\b|\bfor\s+(?:key\s+)?share\b|\bpg_(?:try_)?advisory_(?:xact_)?lock|\block\s+table\b/gi
  return [...blanked.matchAll(pattern)].map((match) => match.index)
}

/** Offsets where a text takes the time or chance from the database instead of from its caller. */
export function ambientOffsets(text) {
  const blanked = text.replace(/--[^\n]*|'(?:[^']|'')*'/g, (found) => ' '.repeat(found.length))
  const pattern =
    /\b(?:now|clock_timestamp|statement_timestamp|random|gen_random_uuid|uuidv7)\s*\(|\bcurrent_(?:timestamp|date)\b/gi
  return [...blanked.matchAll(pattern)].map((match) => match.index)
}
