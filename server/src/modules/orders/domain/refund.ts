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
}

/**
 * What is given back for returned articles: each unit its part of the line, so that returning all units one by one gives
 * back exactly the line. When nothing of the order is kept, the delivery is refunded too (Code de la consommation, L221-24).
 */
export function refundOf(
  order: { readonly delivery_fee_minor: bigint },
  lines: readonly RefundableLine[],
  returned: readonly { lineId: string; quantity: number }[],
): { totalMinor: bigint; feeMinor: bigint; lineVatMinor: bigint } {
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
  const kept = lines.reduce((sum, line) => sum + keptOf(line) - nowOf(line), 0)
  const feeMinor = kept === 0 ? order.delivery_fee_minor : 0n
  return { totalMinor: lineMinor + feeMinor, feeMinor, lineVatMinor }
}

/** Whether nothing of a line is sold any more: it was cancelled before any of it had left. */
export function isGone(line: { readonly exception: string | null; readonly fulfilled_quantity: number }): boolean {
  return line.exception === 'cancelled' && line.fulfilled_quantity === 0
}

/** How many units of a line its buyer keeps, or still awaits. */
export function keptOf(line: RefundableLine): number {
  return (line.exception === 'cancelled' ? (line.fulfilled_quantity ?? 0) : line.quantity) - line.returned_quantity
}
