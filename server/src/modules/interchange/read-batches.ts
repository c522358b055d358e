import { guardlessRow } from './domain/guard-cell.ts'
import { plainColumns, type PlainColumns } from './domain/plain-columns.ts'
import type { CsvRow } from './domain/shopify-rows.ts'
import type { ImportTask } from './importer.ts'
import { readCsv, UnreadableFile } from './read-csv.ts'

const rowsPerBatch = 1_000

/**
 * Records of one of our own files, a thousand at a time, with their columns found. Blank records are left out and counted.
 * @throws UnreadableFile import.columns_missing, import.broken
 */
export async function* readBatches<Field extends string>(
  { file, format, onBytes }: ImportTask,
  names: Readonly<Record<Field, readonly string[]>>,
  required: readonly Field[],
): AsyncGenerator<{ rows: CsvRow[]; blankLines: number; columns: PlainColumns<Field> }> {
  // Read through once before anything is written: a file that breaks off in the middle is refused whole.
  for await (const row of readCsv(file, format)) void row
  let columns: PlainColumns<Field> | undefined
  let rows: CsvRow[] = []
  let blankLines = 0
  for await (const row of readCsv(file, format, onBytes)) {
    if (!columns) {
      columns = plainColumns(row.values, names, required)
      if (columns.missing.length > 0)
        throw new UnreadableFile('import.columns_missing', { columns: columns.missing.join(', ') })
      continue
    }
    if (row.values.every((value) => value.trim() === '')) {
      blankLines++
      continue
    }
    rows.push({ line: row.line, values: guardlessRow(row.values) })
    if (rows.length < rowsPerBatch) continue
    yield { rows, blankLines, columns }
    rows = []
    blankLines = 0
  }
  if (!columns) throw new UnreadableFile('import.empty')
  yield { rows, blankLines, columns }
}
