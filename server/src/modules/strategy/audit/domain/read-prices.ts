import { parse } from 'csv-parse/sync'
import { z } from 'zod'

const rowSchema = z.strictObject({
  competitor: z.string().trim().min(1).max(120),
  sku: z.string().trim().min(1).max(80),
  // Euros with VAT, with a comma or a point.
  price: z
    .string()
    .trim()
    .regex(/^\d{1,7}(?:[.,]\d{1,2})?$/),
  seen_on: z.iso.date().refine((day) => day >= '1990'),
  offer: z.string().trim().max(300).default(''),
})

export type CompetitorPrice = { competitor: string; sku: string; seen_on: string; price_minor: bigint; offer: string }

/** Prices of competitors from CSV, with a comma or a semicolon; the line of the first fault (from 1, the head's) where there is one. */
export function readPrices(csv: string): { rows: CompetitorPrice[] } | { line: number } {
  const [head = ''] = csv.split('\n', 1)
  let records: Record<string, string>[]
  try {
    records = parse(csv, {
      columns: true,
      delimiter: head.includes(';') ? ';' : ',',
      bom: true,
      trim: true,
      skip_empty_lines: true,
    })
  } catch {
    return { line: 1 }
  }
  if (records.length === 0) return { line: 1 }
  const rows = new Map<string, CompetitorPrice>()
  for (const [at, record] of records.entries()) {
    const checked = rowSchema.safeParse(record)
    if (!checked.success) return { line: at + 2 }
    const { price, ...rest } = checked.data
    const [euros = '0', cents = ''] = price.split(/[.,]/)
    // The last line of a competitor, article and day stays.
    rows.set(`${rest.competitor}\n${rest.sku}\n${rest.seen_on}`, {
      ...rest,
      price_minor: BigInt(euros) * 100n + BigInt(cents.padEnd(2, '0')),
    })
  }
  return { rows: [...rows.values()] }
}
