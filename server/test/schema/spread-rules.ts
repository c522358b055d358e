import type { Column, Table } from './catalogue.ts'

/** How a table lies over several databases; `architecture.mjs` declares it for each. */
export type Spread = { kind: 'local' } | { kind: 'reference' } | { kind: 'key'; column: string; group: string }

/**
 * What Citus asks of the tables, before there is a Citus: every table declares its spread; keys of a spread table contain its
 * column; foreign keys lead to reference tables or stay within the group; no trigger and no global sequence on a spread table.
 */
export function spreadFailures(tables: Table[], spread: Record<string, Spread>): string[] {
  const known = new Set(tables.map((table) => table.name))
  const gone = Object.keys(spread).filter((name) => !known.has(name))
  return [
    ...gone.map((name) => `architecture.mjs: ${name} is declared and does not exist`),
    ...tables.flatMap((table) => {
      const own = spread[table.name]
      if (own === undefined) return [`${table.name}: architecture.mjs does not say how it spreads`]
      return [
        ...(own.kind === 'key' ? keySpreadFailures(table, own.column) : []),
        ...foreignKeyFailures(table, own, spread),
      ]
    }),
  ]
}

function keySpreadFailures(table: Table, column: string): string[] {
  const failures: string[] = []
  if (!table.columns.some((one) => one.name === column && !one.nullable)) {
    failures.push(`${table.name}: spreads by ${column}, which must be one of its columns and not null`)
  }
  for (const key of table.keys) {
    if (!key.columns.includes(column))
      failures.push(`${table.name}: ${key.kind} ${key.name} does not contain ${column}`)
  }
  for (const trigger of table.triggers) failures.push(`${table.name}: trigger ${trigger} on a spread table`)
  for (const one of table.columns) {
    if (one.identity || /\bnextval\(/.test(one.default ?? '')) {
      failures.push(`${table.name}: ${one.name} counts in one place for all; use a UUIDv7`)
    }
  }
  return failures
}

function foreignKeyFailures(table: Table, own: Spread, spread: Record<string, Spread>): string[] {
  return table.foreignKeys.flatMap(({ name, columns, table: goal, toColumns }) => {
    const other = spread[goal]
    const line = `${table.name}: foreign key ${name} to ${goal}`
    if (other === undefined || other.kind === 'reference') return []
    if (other.kind === 'local')
      return own.kind === 'local' ? [] : [`${line}: a ${own.kind} table cannot refer to a local one`]
    if (own.kind !== 'key' || own.group !== other.group) return [`${line}: it spreads by another key`]
    const together = columns.findIndex((one, i) => one === own.column && toColumns[i] === other.column)
    return together < 0 ? [`${line}: must contain ${own.column}, so that both rows lie in one place`] : []
  })
}

/** Words that end in s and stand for one thing. */
const singular = /(ss|us|is|news|series|means|access|analytics)$/

function columnFailures(table: Table, { name, type }: Column): string[] {
  const at = `${table.name}.${name}`
  const failures: string[] = []
  if (!/^[a-z][a-z0-9_]*$/.test(name)) failures.push(`${at}: names are snake_case`)
  if (name.endsWith('_minor') && type !== 'bigint') failures.push(`${at}: money is bigint minor units, not ${type}`)
  if (name.endsWith('_at') && type !== 'timestamp with time zone')
    failures.push(`${at}: a time is timestamptz, not ${type}`)
  if (type === 'timestamp without time zone') failures.push(`${at}: use timestamptz, a time without zone means nothing`)
  if (['money', 'real', 'double precision'].includes(type) && /(price|amount|total|cost)/.test(name)) {
    failures.push(`${at}: money is bigint minor units in a column *_minor, not ${type}`)
  }
  return failures
}

/** House rules on names and types, and a primary key for every table. */
export function namingFailures(tables: Table[]): string[] {
  return tables.flatMap((table) => {
    const name = table.name.split('.')[1] ?? ''
    const failures: string[] = []
    if (!/^[a-z][a-z0-9_]*$/.test(name)) failures.push(`${table.name}: names are snake_case`)
    if (name.endsWith('s') && !singular.test(name))
      failures.push(`${table.name}: a table is named after one of its rows`)
    if (!table.keys.some((key) => key.kind === 'primary key')) failures.push(`${table.name}: has no primary key`)
    return [...failures, ...table.columns.flatMap((column) => columnFailures(table, column))]
  })
}
