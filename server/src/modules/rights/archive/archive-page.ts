import type { Locale } from '@ecluse/contracts/scalars.ts'
import { intlOf, rawText, text } from '../../../kernel/messages.ts'

export type Row = Readonly<Record<string, unknown>>
export type Section = { readonly table: string; readonly rows: readonly Row[] }
export type About = { readonly shop: string; readonly address: string; readonly number: string; readonly madeAt: Date }

/** What is too long to be read on a page is whole in the files beside it. */
const longest = 4_000

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c2321;background:#fff}
h1{font-size:1.8rem}h2{margin-top:2.5rem;font-size:1.2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #c9d1ce;padding:.35rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f1f4f3}.wide{overflow-x:auto}pre{margin:0;white-space:pre-wrap;font:inherit}
@media(prefers-color-scheme:dark){body{color:#e6ebe9;background:#151a18}th{background:#222a27}th,td{border-color:#3b4642}}`

/** The archive as a page people read: every table that has something, under a name of its own. */
export function* archivePage(locale: Locale, about: About, sections: readonly Section[]): Generator<string> {
  const t = (id: string, values?: Record<string, string | number | Date>) => escaped(text(locale, id, values))
  const title = t('rights.archive.title', { shop: about.shop })
  yield `<!doctype html>\n<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
  yield `<title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>`
  const day = intlOf(locale).formatDate(about.madeAt, { dateStyle: 'long', timeZone: 'Europe/Paris' })
  yield `<p>${t('rights.archive.about', { number: about.number, day, shop: about.shop, address: about.address })}</p>`
  yield `<p>${t('rights.archive.files')}</p><p>${t('rights.archive.rights')}</p>`
  const held = sections.filter(({ rows }) => rows.length > 0)
  if (held.length === 0) yield `<p><strong>${t('rights.archive.nothing')}</strong></p>`
  else
    yield `<nav><ul>${held.map(({ table, rows }) => `<li><a href="#${table}">${escaped(named(locale, labelOf(table), table))}</a> (${rows.length})</li>`).join('')}</ul></nav>`
  for (const { table, rows } of held) {
    const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== 'html')
    yield `<section id="${table}"><h2>${escaped(named(locale, labelOf(table), table))}</h2><div class="wide" tabindex="0"><table><thead><tr>`
    yield columns
      .map((name) => `<th scope="col">${escaped(named(locale, `rights.column.${name}`, name))}</th>`)
      .join('')
    yield '</tr></thead><tbody>'
    for (const row of rows)
      yield `<tr>${columns.map((name) => `<td>${escaped(shown(locale, name, row[name], row))}</td>`).join('')}</tr>`
    yield '</tbody></table></div></section>'
  }
  yield '</main></body></html>\n'
}

/** Words of the catalogue, or the name itself: nobody waits for their data because a table has no name yet. */
export function named(locale: Locale, id: string, name: string): string {
  return rawText(locale, id) === undefined ? name : text(locale, id)
}

/** The name of a table in the catalogues. */
export const labelOf = (table: string): string => `rights.table.${table.replace('.', '_')}`

/** A value as people write it. */
function shown(locale: Locale, name: string, value: unknown, row: Row): string {
  if (value === null || value === undefined) return ''
  const intl = intlOf(locale)
  if (value instanceof Date)
    return intl.formatDate(value, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Paris' })
  if (typeof value === 'boolean') return text(locale, value ? 'rights.archive.yes' : 'rights.archive.no')
  if (name.endsWith('_minor')) {
    const currency = typeof row['currency'] === 'string' ? row['currency'] : 'EUR'
    return intl.formatNumber(Number(value) / 100, { style: 'currency', currency })
  }
  const written = lines(typeof value === 'object' ? plain(value) : value)
  return written.length > longest ? `${written.slice(0, longest)}…` : written
}

/** What JSON says, without its signs: one thing after the other. */
function lines(value: unknown): string {
  if (Array.isArray(value)) return value.map(lines).join(' ; ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([, one]) => one !== null && one !== '')
      .map(([name, one]) => `${name}: ${lines(one)}`)
      .join(', ')
  return String(value)
}

/** A value of the database as JSON has it: bytes in base64url, large numbers as numbers or texts. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (Buffer.isBuffer(value)) return value.toString('base64url')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
  return value
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
