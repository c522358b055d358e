import { carriageBack, type Carriage } from '@ecluse/contracts/carriage.ts'

/** What of an order counts for a refund. Amounts in minor units, VAT included. */
export type RefundableLine = {
  readonly id: string
  readonly quantity: number
  readonly returned_quantity: number
  readonly line_total_minor: bigint
  readonly vat_minor: bigint
  readonly fulfilled_quantity?: number
  /** What was cancelled alone was refunded then, and is not kept, beside what had left before. */
  readonly exception?: string | null
  readonly group_no?: number | null
}

/** The carriage of each part of an order, by number; under null when it goes one way. */
export type Carriages = ReadonlyMap<number | null, Carriage>

/** Units that come back; `byChoice` when for no reason but a change of mind. */
export type ReturnedUnits = { readonly lineId: string; readonly quantity: number; readonly byChoice?: boolean }

/** What is given back, in minor units: for goods and carriage together, and of which carriage, by part. */
export type Refund = {
  readonly totalMinor: bigint
  readonly feeMinor: bigint
  readonly lineVatMinor: bigint
  readonly carriage: ReadonlyMap<number | null, bigint>
}

/**
 * What is given back for returned articles: each unit its part of the line, so that returning all units one by one gives
 * back exactly the line. When nothing of a part of the order is kept, its delivery is refunded too (Code de la consommation, L221-24).
 */
export function refundOf(
  carriages: Carriages,
  lines: readonly RefundableLine[],
  returned: readonly ReturnedUnits[],
): Refund {
  let lineMinor = 0n
  let lineVatMinor = 0n
  const nowOf = (line: RefundableLine): number =>
    returned.filter((entry) => entry.lineId === line.id).reduce((sum, entry) => sum + entry.quantity, 0)
  for (const line of lines) {
    const now = nowOf(line)
    const before = line.returned_quantity
    const quantity = BigInt(line.quantity)
    const upTo = (amount: bigint, units: number): bigint => (amount * BigInt(units)) / quantity
    lineMinor += upTo(line.line_total_minor, before + now) - upTo(line.line_total_minor, before)
    lineVatMinor += upTo(line.vat_minor, before + now) - upTo(line.vat_minor, before)
  }
  const carriage = carriageOfReturn(carriages, lines, returned)
  const feeMinor = sumOf(carriage)
  return { totalMinor: lineMinor + feeMinor, feeMinor, lineVatMinor, carriage }
}

/** The carriage that goes back with units, by part, in minor units; units that never left come back like the others. */
export function carriageOfReturn(
  carriages: Carriages,
  lines: readonly RefundableLine[],
  returned: readonly ReturnedUnits[],
): Map<number | null, bigint> {
  const carried = lines.map((line) => {
    const mine = returned.filter(({ lineId }) => lineId === line.id)
    return {
      partNo: line.group_no ?? null,
      kept: keptOf(line),
      now: mine.reduce((sum, { quantity }) => sum + quantity, 0),
      byChoice: mine.every(({ byChoice }) => byChoice === true),
    }
  })
  const back = [...carriageBack(carriages, carried)].filter(([, minor]) => minor > 0)
  return new Map(back.map(([no, minor]) => [no, BigInt(minor)]))
}

/** All parts together, in minor units. */
export function sumOf(carriage: ReadonlyMap<number | null, bigint>): bigint {
  return [...carriage.values()].reduce((sum, minor) => sum + minor, 0n)
}

/** Whether nothing of a line is sold any more: it was cancelled before any of it had left. */
export function isGone(line: { readonly exception: string | null; readonly fulfilled_quantity: number }): boolean {
  return line.exception === 'cancelled' && line.fulfilled_quantity === 0
}

/** How many units of a line its buyer keeps, or still awaits. */
export function keptOf(line: RefundableLine): number {
  return (line.exception === 'cancelled' ? (line.fulfilled_quantity ?? 0) : line.quantity) - line.returned_quantity
}
