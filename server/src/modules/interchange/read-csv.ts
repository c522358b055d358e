import { pipeline, Transform, type Readable } from 'node:stream'
import { CsvError, parse, type Info } from 'csv-parse'
import type { CsvRow } from './domain/shopify-rows.ts'
import { decodeText, detectEncoding, type TextEncoding } from './text-encoding.ts'

/** A file that can be read more than once, from the start each time. */
export type SourceFile = { open(): Readable; readonly size: number }

export type CsvFormat = { readonly encoding: TextEncoding; readonly delimiter: string }

/** The file as a whole cannot be read: nothing of it was imported. */
export class UnreadableFile extends Error {
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
  constructor(code: string, values: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'UnreadableFile'
    this.code = code
    this.values = values
  }
}

/** Longest record taken: a quotation mark left open would otherwise gather the rest of the file in memory. */
const longestRecord = 2_000_000

/**
 * Finds the encoding of a file and what stands between its cells.
 * @throws UnreadableFile import.empty
 */
export async function detectFormat(file: SourceFile): Promise<CsvFormat> {
  const encoding = await detectEncoding(file.open())
  let start = ''
  const text = pipeline(file.open(), decodeText(encoding), () => undefined)
  for await (const chunk of text as AsyncIterable<string>) {
    start += String(chunk)
    if (start.length > 65_536) break
  }
  text.destroy()
  if (start.trim() === '') throw new UnreadableFile('import.empty')
  return { encoding, delimiter: delimiterOf(start) }
}

/** The one of `,`, `;` and tabulation that the first record has most of, outside quotation marks. */
function delimiterOf(start: string): string {
  const counts = new Map([',', ';', '\t'].map((mark) => [mark, 0]))
  let inside = false
  for (const char of start.trimStart()) {
    if (char === '"') inside = !inside
    else if (!inside && (char === '\n' || char === '\r')) break
    else if (!inside && counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

/**
 * Reads a file record by record, the header first. Memory stays the same however long the file is.
 * @param onBytes told how many bytes of the file were taken in, in all
 * @throws UnreadableFile import.broken, with the line where the file stops making sense
 */
export async function* readCsv(
  file: SourceFile,
  format: CsvFormat,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<CsvRow> {
  let bytes = 0
  let parsedLines = 0
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      onBytes(bytes)
      done(null, chunk)
    },
  })
  const parser = parse({
    delimiter: format.delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    info: true,
    max_record_size: longestRecord,
    // Records are lost when the parser fails before they were read: this knows how far it came all the same.
    on_record: (record: string[], { lines }) => {
      parsedLines = lines
      return record
    },
  })
  // The parser reads UTF-8 itself; other encodings are brought to it first.
  if (format.encoding === 'utf-8') pipeline(file.open(), counter, parser, () => undefined)
  else pipeline(file.open(), counter, decodeText(format.encoding), parser, () => undefined)
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      yield { line, values: record }
      line = info.lines + 1
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile('import.broken', { line: parsedLines + 1 })
    throw error
  } finally {
    parser.destroy()
  }
}
