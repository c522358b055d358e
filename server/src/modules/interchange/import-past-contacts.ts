import { upsertPastContacts, type PastContact } from '../insights/public.ts'
import { issueLog, quoted, type Issue } from './domain/issue.ts'
import type { PlainColumns } from './domain/plain-columns.ts'
import { readAmount, readInteger } from './domain/read-amount.ts'
import { readDay } from './domain/read-day.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import type { Batch, ImportTask } from './importer.ts'
import { knownPast, pastResult, pastWhere, type KnownPast } from './known-past.ts'
import { readBatches } from './read-batches.ts'

const columnNames = {
  source: ['systeme', 'origine', 'system'],
  day: ['jour', 'date'],
  channel: ['canal'],
  medium: ['media', 'support'],
  visits: ['visites', 'sessions'],
  views: ['vues', 'articles_vus', 'page_views'],
  orders: ['visites_suivies_d_un_achat', 'converted', 'commandes'],
  spent: ['depense', 'cout', 'budget', 'cost'],
} as const
type Field = keyof typeof columnNames

/** Visits of before and what was spent to be heard, a day of a channel, or of a medium outside of them, on each line. */
export async function* importPastContacts(task: ImportTask): AsyncGenerator<Batch> {
  const known = await knownPast(task.ctx)
  const seen = new Map<string, number>()
  for await (const { rows, blankLines, columns } of readBatches<Field>(task, columnNames, ['day'])) {
    const issues: Issue[] = []
    const days = rows.flatMap((row) => readLine(row, columns, { known, seen, issues }) ?? [])
    const read = { issues, records: rows.length, blankLines }
    yield { write: async (_ctx, tx) => pastResult(days.length, read, await upsertPastContacts(tx, days)) }
  }
}

type Reading = { known: KnownPast; seen: Map<string, number>; issues: Issue[] }

function readLine(row: CsvRow, columns: PlainColumns<Field>, { known, seen, issues }: Reading): PastContact | null {
  const cell = (field: Field): string => columns.cell(row.values, field)
  const log = issueLog(cell('day') || null)
  const wrong = (field: Field): void =>
    log.refuse(row.line, 'import.value_invalid', field, { value: quoted(cell(field)) })
  const medium = cell('medium')
  // Posters hang for all channels.
  const where =
    medium !== '' && cell('channel') === ''
      ? { channel_code: '' }
      : pastWhere(row.line, { channel: cell('channel'), shop: '' }, known, log)
  const source = cell('source') || known.source
  const day = readDay(cell('day'))
  const counted = (field: Field): number => {
    const count = cell(field) === '' ? 0 : readInteger(cell(field))
    if (count === null || count < 0) wrong(field)
    return count ?? 0
  }
  const [visits, views, orders] = [counted('visits'), counted('views'), counted('orders')]
  const spent = cell('spent') === '' ? { minor: 0n } : readAmount(cell('spent'))
  if (source.length > 40) wrong('source')
  if (medium.length > 40) wrong('medium')
  if (day === null || day > known.today || day < '1990-01-01') wrong('day')
  if (orders > visits) wrong('orders')
  if (spent === null) wrong('spent')
  const key = [source, day, cell('channel'), medium].join('\n')
  const first = seen.get(key)
  if (first !== undefined) log.refuse(row.line, 'import.repeated', null, { first })
  issues.push(...log.issues)
  if (log.issues.length > 0 || !where || !day || !spent) return null
  seen.set(key, row.line)
  const { channel_code: channel } = where
  return {
    source,
    day,
    channel_code: channel,
    medium,
    visits,
    views,
    converted: orders,
    outreach_micro: Number(spent.minor) * 10_000,
  }
}
