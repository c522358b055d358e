import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'

/** An article being counted by hand or scanner, against what is expected; null where that is not shown or not known. */
export type TallyLine = {
  readonly article: StockArticle
  readonly expected: number | null
  /** Null while nobody has looked at it. */
  readonly units: number | null
  readonly reasonCode: ReasonCode | null
}

/** One more unit of a scanned article; undefined when it is not on the list. */
export function scanned(lines: readonly TallyLine[], variantId: string): readonly TallyLine[] | undefined {
  if (!lines.some(({ article }) => article.variantId === variantId)) return undefined
  return lines.map((line) => (line.article.variantId === variantId ? { ...line, units: (line.units ?? 0) + 1 } : line))
}

/** Everything is there: each line that nobody has touched has what is expected. */
export function allThere(lines: readonly TallyLine[]): readonly TallyLine[] {
  return lines.map((line) => (line.units === null ? { ...line, units: line.expected } : line))
}

/**
 * Whether a line needs a reason.
 * @param complete nothing more will come: what nobody has touched is missing
 */
export function needsReason({ expected, units }: TallyLine, complete: boolean): boolean {
  if (expected === null) return false
  return (units ?? 0) > expected || (complete && (units ?? 0) < expected)
}

/** What is expected and what is there, over all lines. */
export function tallied(lines: readonly TallyLine[]): { expected: number; units: number } {
  return {
    expected: lines.reduce((sum, { expected }) => sum + (expected ?? 0), 0),
    units: lines.reduce((sum, { units }) => sum + (units ?? 0), 0),
  }
}
