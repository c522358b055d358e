import { upsertPastSales, type MovedSale, type PastSale } from '../insights/public.ts'
import { issueLog, quoted, type Issue } from './domain/issue.ts'
import type { PlainColumns } from './domain/plain-columns.ts'
import { readAmount, readInteger } from './domain/read-amount.ts'
import { readDay, readYes } from './domain/read-day.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import { knownPast, pastResult, pastWhere, type KnownPast } from './known-past.ts'
import type { Batch, ImportTask } from './importer.ts'
import { articlesByCode } from './queries/lookups.ts'
import { readBatches } from './read-batches.ts'

const columnNames = {
  source: ['systeme', 'origine', 'system'],
  number: ['numero', 'vente', 'commande', 'ticket', 'order', 'sale'],
  day: ['jour', 'date'],
  channel: ['canal'],
  shop: ['magasin', 'boutique', 'site', 'store'],
  sku: ['reference', 'article'],
  units: ['quantite', 'quantity', 'qty'],
  net_amount: ['montant_ht', 'ht', 'net'],
  unit_cost: ['cout_unitaire', 'prix_d_achat', 'cost'],
  first_purchase: ['premier_achat', 'nouveau_client', 'new_customer'],
  parcels: ['colis'],
} as const
type Field = keyof typeof columnNames

type Line = Omit<PastSale, 'variant_id'> & { line: number; sku: string }

/**
 * Sales of before, a line of a sale on each line; units below zero came back. Kept by system, number and place within the sale, so that
 * the same file changes nothing the second time. Only figures count them.
 */
export async function* importPastSales(task: ImportTask): AsyncGenerator<Batch> {
  const known = await knownPast(task.ctx)
  const places = new Map<string, number>()
  const required: Field[] = ['number', 'day', 'channel', 'units', 'net_amount']
  for await (const { rows, blankLines, columns } of readBatches<Field>(task, columnNames, required)) {
    const issues: Issue[] = []
    const lines = rows.flatMap((row) => {
      const read = readLine(row, columns, known, issues)
      if (!read) return []
      const key = `${read.source}\n${read.number}`
      const position = (places.get(key) ?? 0) + 1
      places.set(key, position)
      return [{ ...read, position }]
    })
    yield {
      async write(_ctx, tx) {
        const ids = await variantsOf(tx, lines)
        const doubts = lines.flatMap(({ line, sku }) => (sku === '' || ids.has(sku) ? [] : [unknownArticle(line, sku)]))
        const given = lines.map(({ line: _, sku, ...sale }) => ({ ...sale, variant_id: ids.get(sku) ?? null }))
        const written = await upsertPastSales(tx, given)
        const read = {
          issues: [...issues, ...doubts, ...movedOf(written.moved, lines)],
          records: rows.length,
          blankLines,
        }
        return pastResult(given.length, read, written)
      },
    }
  }
}

function readLine(
  row: CsvRow,
  columns: PlainColumns<Field>,
  known: KnownPast,
  issues: Issue[],
): Omit<Line, 'position'> | null {
  const cell = (field: Field): string => columns.cell(row.values, field)
  const log = issueLog(cell('number') || null)
  const wrong = (field: Field): void =>
    cell(field) === ''
      ? log.refuse(row.line, 'import.value_missing', field)
      : log.refuse(row.line, 'import.value_invalid', field, { value: quoted(cell(field)) })
  const where = pastWhere(row.line, { channel: cell('channel'), shop: cell('shop') }, known, log)
  const number = cell('number')
  const day = readDay(cell('day'))
  const units = readInteger(cell('units'))
  // Given back or paid: the sign of the units says which.
  const net = readAmount(cell('net_amount').replace(/^[-\u2212]\s*/, ''))
  const cost = cell('unit_cost') === '' ? undefined : readAmount(cell('unit_cost'))
  const first = readYes(cell('first_purchase'))
  const parcels = cell('parcels') === '' ? 0 : readInteger(cell('parcels'))
  const source = cell('source') || known.source
  if (number === '' || number.length > 80) wrong('number')
  if (source.length > 40) wrong('source')
  if (day === null || day > known.today || day < '1990-01-01') wrong('day')
  if (units === null || units === 0 || Math.abs(units) > 1_000_000) wrong('units')
  if (net === null) wrong('net_amount')
  if (cost === null) wrong('unit_cost')
  if (first === null) wrong('first_purchase')
  if (parcels === null || parcels < 0 || parcels > 10_000) wrong('parcels')
  issues.push(...log.issues)
  if (log.issues.length > 0 || !where || !day || !units || !net || cost === null || first === null || parcels === null)
    return null
  return {
    line: row.line,
    sku: cell('sku'),
    source,
    number,
    day,
    ...where,
    units,
    net_minor: Number(net.minor),
    unit_cost_minor: cost === undefined ? null : Number(cost.minor),
    first_purchase: first ?? null,
    parcels,
  }
}

async function variantsOf(
  tx: Parameters<typeof articlesByCode>[0],
  lines: readonly { sku: string }[],
): Promise<Map<string, string>> {
  const articles = await articlesByCode(
    tx,
    lines.flatMap(({ sku }) => (sku === '' ? [] : [sku])),
  )
  return new Map([
    ...articles.flatMap(({ id, gtin }) => (gtin === null ? [] : [[gtin, id] as const])),
    ...articles.map(({ id, sku }) => [sku, id] as const),
  ])
}

/** What is sold no more counts in the sums of its channel, and in those of no article. */
const unknownArticle = (line: number, sku: string): Issue => ({
  line,
  severity: 'warning',
  key: sku,
  field: 'sku',
  code: 'import.past_article_unknown',
  values: { value: quoted(sku) },
})

/** A number that is somewhere else now was corrected, or belongs to two sales: whoever imports it is to know. */
function movedOf(moved: readonly MovedSale[], lines: readonly Line[]): Issue[] {
  return moved.map(({ source, number, position, day, channel_code: channel }) => ({
    line: lines.find((one) => one.source === source && one.number === number && one.position === position)?.line ?? 1,
    severity: 'warning',
    key: number,
    field: 'number',
    code: 'import.past_moved',
    values: { day, channel },
  }))
}
