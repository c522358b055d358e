import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { listPlaces, poolIdOf, recordCounts, setLocations, type Count, type Location } from '../inventory/public.ts'
import { issueLog, quoted, type Issue } from './domain/issue.ts'
import type { PlainColumns } from './domain/plain-columns.ts'
import { readInteger } from './domain/read-amount.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import { noOutcomes, type Batch, type BatchResult, type ImportTask } from './importer.ts'
import { articlesByCode, movedOnHand } from './queries/lookups.ts'
import { readBatches } from './read-batches.ts'
import { stockPlace } from './stock-place.ts'

const columnNames = {
  sku: ['reference', 'variant_sku'],
  gtin: ['ean', 'barcode', 'code_barres'],
  place: ['lieu', 'location', 'place_code'],
  quantity: ['quantite', 'qty', 'counted'],
  safety: ['securite', 'stock_de_securite', 'safety_stock'],
  shelf: ['emplacement', 'allee', 'bin', 'aisle'],
} as const
type Field = keyof typeof columnNames

/** A line that can be counted. */
type StockLine = {
  line: number
  key: string
  code: string
  placeId: string
  quantity: number
  safety: number | undefined
  /** Where it lies at the place; undefined: as it was. */
  shelf: string | undefined
}

/** Counts by article and place: a movement for each that differs from what is recorded, none for the others. */
export async function* importStock(task: ImportTask): AsyncGenerator<Batch> {
  const placeIds = new Map((await listPlaces(task.ctx.db)).map((place) => [place.code, place.id]))
  const fallback = await stockPlace(task.ctx.db, task.settings.place)
  const seen = new Map<string, number>()
  for await (const { rows, blankLines, columns } of readBatches<Field>(task, columnNames, ['quantity'])) {
    const issues: Issue[] = []
    const lines = rows.flatMap((row) => readLine(row, columns, { placeIds, fallback, seen, issues }))
    yield { write: (ctx, tx) => writeLines(ctx, tx, lines, { issues, records: rows.length, blankLines }) }
  }
}

type Known = {
  placeIds: ReadonlyMap<string, string>
  fallback: string | null
  seen: Map<string, number>
  issues: Issue[]
}

function readLine(row: CsvRow, columns: PlainColumns<Field>, { placeIds, fallback, seen, issues }: Known): StockLine[] {
  const cell = (field: Field): string => columns.cell(row.values, field)
  const code = cell('sku') || cell('gtin').replace(/^'+/, '')
  const log = issueLog(code || null)
  const quantity = readInteger(cell('quantity'))
  const safety = cell('safety') === '' ? undefined : readInteger(cell('safety'))
  const place = cell('place')
  const shelf = cell('shelf').trim() || undefined
  if (shelf && shelf.length > 40) log.refuse(row.line, 'import.value_invalid', 'shelf', { value: quoted(shelf) })
  const placeId = place === '' ? fallback : placeIds.get(place)
  if (code === '') log.refuse(row.line, 'import.value_missing', 'sku')
  if (!placeId) log.refuse(row.line, 'import.place_unknown', 'place', { value: quoted(place) })
  for (const [field, value] of [
    ['quantity', quantity],
    ['safety', safety],
  ] as const)
    if (value === null || (value !== undefined && (value < 0 || value > 1_000_000)))
      log.refuse(row.line, 'import.value_invalid', field, { value: quoted(cell(field)) })
  const first = seen.get(`${code} ${placeId}`)
  if (first !== undefined) log.refuse(row.line, 'import.repeated', null, { first })
  issues.push(...log.issues)
  if (log.issues.length > 0 || !placeId || quantity === null || safety === null) return []
  seen.set(`${code} ${placeId}`, row.line)
  return [{ line: row.line, key: code, code, placeId, quantity, safety, shelf }]
}

async function writeLines(
  ctx: Ctx,
  tx: Tx,
  lines: readonly StockLine[],
  read: { issues: readonly Issue[]; records: number; blankLines: number },
): Promise<BatchResult> {
  const articles = await articlesByCode(
    tx,
    lines.map((line) => line.code),
  )
  const byCode = new Map([
    ...articles.flatMap(({ id, gtin }) => (gtin === null ? [] : [[gtin, id] as const])),
    ...articles.map(({ id, sku }) => [sku, id] as const),
  ])
  const issues = [...read.issues]
  const counts: Count[] = []
  const taken = new Set<string>()
  const locations: Location[] = []
  for (const { code, line, placeId, quantity, safety, shelf } of lines) {
    const variantId = byCode.get(code)
    const refusal = (problem: string, values: Issue['values']): Issue => ({
      line,
      severity: 'refused',
      key: code,
      field: 'sku',
      code: problem,
      values,
    })
    if (variantId === undefined) issues.push(refusal('import.article_unknown', { value: quoted(code) }))
    // The same article under its SKU and its GTIN.
    else if (taken.has(`${variantId} ${placeId}`)) issues.push(refusal('import.repeated', { first: line }))
    else {
      taken.add(`${variantId} ${placeId}`)
      if (shelf !== undefined) locations.push({ variantId, placeId, location: shelf })
      counts.push({
        variantId,
        placeId,
        counted: quantity,
        reason: 'import',
        ...(safety === undefined ? {} : { safety }),
      })
    }
  }
  const before = new Set(
    (
      await movedOnHand(
        tx,
        counts.map(({ variantId, placeId }) => poolIdOf(variantId, placeId)),
      )
    ).map((row) => row.poolId),
  )
  const differences = await recordCounts(ctx, tx, counts)
  await setLocations(tx, locations)
  const outcomes = { ...noOutcomes, refused: read.records - counts.length }
  counts.forEach(({ variantId, placeId }, index) => {
    if (differences[index] === 0) outcomes.unchanged++
    else if (before.has(poolIdOf(variantId, placeId))) outcomes.updated++
    else outcomes.created++
  })
  return {
    outcomes,
    issues,
    counts: {
      lines: read.records + read.blankLines,
      blankLines: read.blankLines,
      movements: differences.filter((difference) => difference !== 0).length,
    },
  }
}
