import { approvalFrom } from '@ecluse/contracts/stock-counts.ts'

/** A line as it was counted. */
export type Counted = {
  readonly counted_units: number | null
  /** What the journal says of the moment it was counted. */
  readonly expected_units: number
  readonly difference_units: number | null
  readonly unit_cost_minor: bigint | null
}

/** By how many units a line differs; null while nobody has counted it. */
export function differenceOf(line: Counted): number | null {
  if (line.difference_units !== null) return line.difference_units
  return line.counted_units === null ? null : line.counted_units - line.expected_units
}

/** What all differences are worth, where the cost is known, and for how many it is not. */
export function valueOf(lines: readonly Counted[]): { minor: bigint; absoluteMinor: bigint; withoutCost: number } {
  let minor = 0n
  let absoluteMinor = 0n
  let withoutCost = 0
  for (const line of lines) {
    const difference = differenceOf(line) ?? 0
    if (difference === 0) continue
    if (line.unit_cost_minor === null) {
      withoutCost += 1
      continue
    }
    minor += BigInt(difference) * line.unit_cost_minor
    absoluteMinor += BigInt(Math.abs(difference)) * line.unit_cost_minor
  }
  return { minor, absoluteMinor, withoutCost }
}

/** Whether somebody who may approve has to post it: what is lost here is not made up for by what is found there. */
export function needsApproval(lines: readonly Counted[]): boolean {
  return (
    lines.some((line) => Math.abs(differenceOf(line) ?? 0) >= approvalFrom.units) ||
    valueOf(lines).absoluteMinor >= BigInt(approvalFrom.valueMinor)
  )
}
