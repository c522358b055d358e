import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import type { Packing } from '@ecluse/contracts/parcels.ts'

/** A line at the packing table: how many are left to pack, and how many lie in the open parcel. */
export type PackLine = Fulfillment['lines'][number] & { readonly left: number; readonly inside: number }

/** The lines of which something is left to pack, with nothing in the open parcel yet. */
export function linesToPack({ fulfillment, left }: Packing): PackLine[] {
  const of = new Map(left.map(({ lineId, quantity }) => [lineId, quantity]))
  return fulfillment.lines.flatMap((line) => {
    const units = of.get(line.lineId) ?? 0
    return units > 0 ? [{ ...line, left: units, inside: 0 }] : []
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
