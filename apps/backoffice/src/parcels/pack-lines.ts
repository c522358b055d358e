import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { readGs1 } from '@ecluse/contracts/gs1.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Packing } from '@ecluse/contracts/parcels.ts'
import { addLabel, readLabel, unitsIn } from '@ecluse/ui/staff/lots/lot-draft.ts'

/** A line at the packing table: how many are left to pack, and how many lie in the open parcel. */
export type PackLine = Fulfillment['lines'][number] & {
  readonly left: number
  readonly inside: number
  /** Of a followed article, the lots that were named as they were put in; none is what was set aside for it. */
  readonly lots: readonly LotUnits[]
}

/** The lines of which something is left to pack, with nothing in the open parcel yet. */
export function linesToPack({ fulfillment, left }: Packing): PackLine[] {
  const of = new Map(left.map(({ lineId, quantity }) => [lineId, quantity]))
  return fulfillment.lines.flatMap((line) => {
    const units = of.get(line.lineId) ?? 0
    return units > 0 ? [{ ...line, left: units, inside: 0, lots: [] }] : []
  })
}

/** The line a scanned code means: of two lines of one article, the one that still wants a unit. */
export function lineOfCode(lines: readonly PackLine[], code: string): PackLine | undefined {
  const digits = code.replace(/^0+/, '')
  const named = lines.filter(
    ({ sku, gtin }) =>
      sku.toLowerCase() === code.toLowerCase() || (gtin !== null && gtin.replace(/^0+/, '') === digits),
  )
  return named.find(({ inside, left }) => inside < left) ?? named[0]
}

/** The lines with so many units of one in the open parcel; never more than are left. */
export function putIn(lines: readonly PackLine[], lineId: string, units: number): PackLine[] {
  return lines.map((line) =>
    line.lineId === lineId ? { ...line, inside: Math.max(0, Math.min(line.left, units)) } : line,
  )
}

/** The lines with the lots named of one: there are at least as many units of it in the open parcel. */
export function nameIn(lines: readonly PackLine[], lineId: string, lots: readonly LotUnits[]): PackLine[] {
  const named = unitsIn(lots)
  return lines.map((line) =>
    line.lineId === lineId ? { ...line, lots, inside: Math.min(line.left, Math.max(line.inside, named)) } : line,
  )
}

type Scanned =
  | { readonly lines: readonly PackLine[]; readonly name: string; readonly count: number; readonly total: number }
  | { readonly problem: 'unknown'; readonly code: string }
  | { readonly problem: 'enough'; readonly name: string }
  | { readonly problem: 'twice'; readonly number: string }

/**
 * One unit more of the article that was scanned. A GS1 symbol names the article, and its lot or serial number with it.
 * @param modeOf how the lots of a line are followed; undefined when they are not
 */
export function scanInto(
  lines: readonly PackLine[],
  code: string,
  now: Date,
  modeOf: (lineId: string) => 'lot' | 'serial' | undefined,
): Scanned {
  const symbol = readGs1(code, now)
  const line = lineOfCode(lines, symbol?.gtin ?? code)
  if (!line) return { problem: 'unknown', code }
  const { lineId, name, inside, left } = line
  if (inside >= left) return { problem: 'enough', name }
  const mode = modeOf(lineId)
  const label = mode && symbol ? readLabel(code, mode, now) : null
  const named = mode && label ? addLabel(line.lots, label, mode) : line.lots
  if (!named) return { problem: 'twice', number: label?.number ?? code }
  return { lines: nameIn(putIn(lines, lineId, inside + 1), lineId, named), name, count: inside + 1, total: left }
}
