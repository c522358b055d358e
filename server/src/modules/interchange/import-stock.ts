import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { listPlaces, poolIdOf, recordCounts, setLocations, type Count, type Location } from '../inventory/public.ts'
import { issueLog, quoted, type Issue } from './domain/issue.ts'
import type { PlainColumns } from './domain/plain-columns.ts'
import { readInteger } from './domain/read-amount.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import { followLots, readTracking } from './follow-lots.ts'
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
  tracking: ['suivi', 'lots', 'lot_tracking'],
  minDays: ['min_days', 'jours_min', 'min_days_left'],
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
  /** How its lots are followed; undefined: as they were. */
  tracking: StockTracking | null | undefined
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
  const tracking = readTracking(cell('tracking'), cell('minDays'))
  if ('invalid' in tracking)
    log.refuse(row.line, 'import.value_invalid', tracking.invalid, { value: quoted(cell(tracking.invalid)) })
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
  if (log.issues.length > 0 || 'invalid' in tracking || !placeId || quantity === null || safety === null) return []
  seen.set(`${code} ${placeId}`, row.line)
  return [{ line: row.line, key: code, code, placeId, quantity, safety, shelf, ...tracking }]
}

async function writeLines(
  ctx: Ctx,
  tx: Tx,
  lines: readonly StockLine[],
  read: { issues: readonly Issue[]; records: number; blankLines: number },
): Promise<BatchResult> {
  const { counted, issues } = await articlesOf(ctx, tx, lines)
  const before = new Set((await onHandOf(tx, counted)).keys())
  const differences = await recordCounts(
    ctx,
    tx,
    counted.map(({ variantId, placeId, quantity, safety }): Count => ({
      variantId,
      placeId,
      counted: quantity,
      reason: 'import',
      ...(safety === undefined ? {} : { safety }),
    })),
  )
  await setLocations(
    tx,
    counted.flatMap(({ variantId, placeId, shelf }): Location[] =>
      shelf === undefined ? [] : [{ variantId, placeId, location: shelf }],
    ),
  )
  const outcomes = { ...noOutcomes, refused: read.records - counted.length }
  counted.forEach(({ variantId, placeId, followedAnew }, index) => {
    if (differences[index] === 0 && !followedAnew) outcomes.unchanged++
    else if (before.has(poolIdOf(variantId, placeId))) outcomes.updated++
    else outcomes.created++
  })
  return {
    outcomes,
    issues: [...read.issues, ...issues],
    counts: {
      lines: read.records + read.blankLines,
      blankLines: read.blankLines,
      movements: differences.filter((difference) => difference !== 0).length,
    },
  }
}

type CountedLine = StockLine & { readonly variantId: string; readonly followedAnew: boolean }

/** Finds the articles of lines, and follows their lots as these say. A line that cannot be counted is an issue. */
async function articlesOf(
  ctx: Ctx,
  tx: Tx,
  lines: readonly StockLine[],
): Promise<{ counted: CountedLine[]; issues: Issue[] }> {
  const articles = await articlesByCode(
    tx,
    lines.map((line) => line.code),
  )
  const byCode = new Map([
    ...articles.flatMap(({ id, gtin }) => (gtin === null ? [] : [[gtin, id] as const])),
    ...articles.map(({ id, sku }) => [sku, id] as const),
  ])
  const issues: Issue[] = []
  const taken = new Set<string>()
  const known = lines.flatMap((line) => {
    const { code, placeId } = line
    const variantId = byCode.get(code)
    const again = variantId !== undefined && taken.has(`${variantId} ${placeId}`)
    if (variantId === undefined) issues.push(refusalOf(line, 'import.article_unknown', { value: quoted(code) }))
    // The same article under its SKU and its GTIN.
    else if (again) issues.push(refusalOf(line, 'import.repeated', { first: line.line }))
    if (variantId === undefined || again) return []
    taken.add(`${variantId} ${placeId}`)
    return [{ ...line, variantId }]
  })
  const wanted = new Map(
    known.flatMap(({ variantId, tracking }) => (tracking === undefined ? [] : [[variantId, tracking] as const])),
  )
  const variantIds = [...new Set(known.map(({ variantId }) => variantId))]
  const { keptBack, changed, now } = await followLots(ctx, tx, variantIds, wanted)
  const onHand = await onHandOf(tx, known)
  const counted = known.flatMap((line) => {
    const { variantId, placeId, quantity } = line
    const fewer = BigInt(quantity) < (onHand.get(poolIdOf(variantId, placeId)) ?? 0n)
    // Which of its units are missing, a quantity does not tell.
    const problem = keptBack.has(variantId)
      ? 'import.lots_kept_back'
      : fewer && now.get(variantId)?.mode === 'serial'
        ? 'import.serials_missing'
        : null
    if (problem) issues.push(refusalOf(line, problem, {}))
    return problem ? [] : [{ ...line, followedAnew: changed.has(variantId) }]
  })
  return { counted, issues }
}

const refusalOf = ({ line, key }: StockLine, code: string, values: Issue['values']): Issue => ({
  line,
  severity: 'refused',
  key,
  field: 'sku',
  code,
  values,
})

async function onHandOf(
  tx: Tx,
  lines: readonly { readonly variantId: string; readonly placeId: string }[],
): Promise<Map<string, bigint>> {
  const poolIds = lines.map(({ variantId, placeId }) => poolIdOf(variantId, placeId))
  return new Map((await movedOnHand(tx, poolIds)).map((row) => [row.poolId, row.onHand]))
}
