import type { Table } from './catalogue.ts'

/** The schema as a page one can read and compare: every table, column, constraint and index, in a fixed order. */
export function schemaManifest(tables: Table[]): string {
  const pages = tables.map((table) => {
    const columns = table.columns.map((column) => {
      const rest = [column.nullable ? '' : 'not null', column.default === null ? '' : `default ${column.default}`]
      return `  ${[column.name, column.type, ...rest].filter(Boolean).join(' ')}`
    })
    const definitions = Object.entries(table.definitions)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, definition]) => `  : ${name} ${definition}`)
    return [table.name, ...columns, ...definitions, ...table.triggers.map((trigger) => `  ! trigger ${trigger}`)].join(
      '\n',
    )
  })
  return `${pages.join('\n\n')}\n`
}

/** Lines that are on one page only: `- expected` and `+ found`, each under its table. Empty when the pages are the same. */
export function manifestDrift(expected: string, found: string): string[] {
  const facts = (page: string) => {
    const all = new Set<string>()
    for (const block of page.trim().split('\n\n')) {
      const [name = '', ...lines] = block.split('\n')
      all.add(name)
      for (const line of lines) all.add(`${name} ${line.trim()}`)
    }
    return all
  }
  const [before, after] = [facts(expected), facts(found)]
  return [
    ...[...before].filter((fact) => !after.has(fact)).map((fact) => `- ${fact}`),
    ...[...after].filter((fact) => !before.has(fact)).map((fact) => `+ ${fact}`),
  ]
}
