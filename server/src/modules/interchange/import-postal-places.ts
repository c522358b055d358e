import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { upsertPostalPlaces, type PostalPlaceRow } from '../inventory/public.ts'
import { issueLog, quoted, type Issue } from './domain/issue.ts'
import type { PlainColumns } from './domain/plain-columns.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import { noOutcomes, type Batch, type BatchResult, type ImportTask } from './importer.ts'
import { readBatches } from './read-batches.ts'

const columnNames = {
  postal_code: ['code_postal', 'postcode', 'zip'],
  country: ['pays'],
  latitude: ['lat'],
  longitude: ['lon', 'lng', 'long'],
} as const
type Field = keyof typeof columnNames

/** Where postal codes lie, one a line; those known already are moved. A code on several lines lies where the last says. */
export async function* importPostalPlaces(task: ImportTask): AsyncGenerator<Batch> {
  const required: Field[] = ['postal_code', 'latitude', 'longitude']
  for await (const { rows, blankLines, columns } of readBatches<Field>(task, columnNames, required)) {
    const issues: Issue[] = []
    const places = rows.flatMap((row) => readLine(row, columns, issues))
    yield { write: (_ctx: Ctx, tx: Tx) => writePlaces(tx, places, { issues, records: rows.length, blankLines }) }
  }
}

function readLine(row: CsvRow, columns: PlainColumns<Field>, issues: Issue[]): PostalPlaceRow[] {
  const cell = (field: Field): string => columns.cell(row.values, field)
  const code = cell('postal_code').replace(/^'+/, '').toUpperCase()
  const log = issueLog(code || null)
  const country = (cell('country') || 'FR').toUpperCase()
  const latitude = readDegrees(cell('latitude'), 90)
  const longitude = readDegrees(cell('longitude'), 180)
  if (!/^[0-9A-Z][0-9A-Z -]{1,9}$/.test(code))
    log.refuse(row.line, 'import.value_invalid', 'postal_code', { value: quoted(code) })
  if (!/^[A-Z]{2}$/.test(country))
    log.refuse(row.line, 'import.value_invalid', 'country', { value: quoted(cell('country')) })
  if (latitude === null) log.refuse(row.line, 'import.value_invalid', 'latitude', { value: quoted(cell('latitude')) })
  if (longitude === null)
    log.refuse(row.line, 'import.value_invalid', 'longitude', { value: quoted(cell('longitude')) })
  issues.push(...log.issues)
  if (log.issues.length > 0 || latitude === null || longitude === null) return []
  return [{ country, postal_code: code, latitude, longitude }]
}

/** Degrees with a point or a comma; null when they are none. */
function readDegrees(text: string, most: number): number | null {
  if (!/^[+-]?\d{1,3}([.,]\d{1,12})?$/.test(text)) return null
  const degrees = Number(text.replace(',', '.'))
  return Math.abs(degrees) <= most ? degrees : null
}

async function writePlaces(
  tx: Tx,
  places: readonly PostalPlaceRow[],
  { issues, records, blankLines }: { issues: readonly Issue[]; records: number; blankLines: number },
): Promise<BatchResult> {
  const { created, updated } = await upsertPostalPlaces(tx, places)
  const refused = records - places.length
  return {
    outcomes: { ...noOutcomes, created, updated, unchanged: places.length - created - updated, refused },
    issues,
    counts: { lines: records + blankLines, blankLines },
  }
}
