import type { Ctx } from '../../../kernel/context.ts'
import { csvLine } from '../../../kernel/csv.ts'
import { query, type Queryable } from '../../../kernel/db.ts'
import type { Person, PersonalPart } from '../../../kernel/personal.ts'
import { archivePage, plain, type About, type Row, type Section } from './archive-page.ts'
import { writeZip } from './zip-file.ts'

/**
 * Writes everything held on a person into one ZIP: a page to read in each language, and each table as JSON and as CSV. Tables are
 * read one after the other; what was read is kept for the pages, which say it all once more.
 * @param tell how far it is, from 0 to 100
 */
export async function writeArchive(
  ctx: Ctx,
  db: Queryable,
  parts: readonly PersonalPart[],
  {
    person,
    path,
    about,
    tell,
  }: { person: Person; path: string; about: About; tell: (percent: number) => Promise<void> },
): Promise<{ bytes: number; sha256: string }> {
  const tables = parts.flatMap((part) => part.tables).filter((one) => one.read !== undefined)
  const sections: Section[] = []
  return writeZip(path, ctx.clock.now(), async (zip) => {
    for (const [index, { table, read }] of tables.entries()) {
      if (!read) continue
      const rows = (await query<Row & object>(db, read(person))).map((row) => ({ ...row }))
      sections.push({ table, rows })
      if (rows.length > 0) {
        await zip.add(`json/${table}.json`, jsonOf(rows))
        await zip.add(`csv/${table}.csv`, csvOf(rows))
      }
      if (index % 5 === 0) await tell(Math.floor((index / tables.length) * 90))
    }
    await zip.add('mes-donnees.fr.html', archivePage('fr', about, sections))
    await zip.add('my-data.en.html', archivePage('en', about, sections))
    const manifest = {
      request: about.number,
      madeAt: about.madeAt.toISOString(),
      controller: about.shop,
      contact: about.address,
      tables: sections.filter(({ rows }) => rows.length > 0).map(({ table, rows }) => ({ table, rows: rows.length })),
    }
    await zip.add('manifest.json', [`${JSON.stringify(manifest, null, 2)}\n`])
  })
}

function* jsonOf(rows: readonly Row[]): Generator<string> {
  for (const [index, row] of rows.entries()) yield `${index === 0 ? '[\n' : ',\n'}${JSON.stringify(plain(row))}`
  yield '\n]\n'
}

function* csvOf(rows: readonly Row[]): Generator<string> {
  const columns = Object.keys(rows[0] ?? {})
  // What spreadsheets know UTF-8 by.
  yield `\uFEFF${csvLine(columns)}`
  for (const row of rows)
    yield csvLine(
      columns.map((name) => {
        const value = plain(row[name])
        return typeof value === 'string' || typeof value === 'number' || value === null
          ? value
          : value === undefined
            ? null
            : JSON.stringify(value)
      }),
    )
}
