import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { ReasonCode } from '@ecluse/contracts/reason-codes.ts'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import { addLabel, unitsIn, type LotLabel } from '@ecluse/ui/staff/lots/lot-draft.ts'

/** An article being counted by hand or scanner, against what is expected; null where that is not shown or not known. */
export type TallyLine = {
  readonly article: StockArticle
  readonly expected: number | null
  /** Null while nobody has looked at it. */
  readonly units: number | null
  readonly reasonCode: ReasonCode | null
  /** Of an article whose lots are followed: those that were named. */
  readonly lots?: readonly LotUnits[]
}

/**
 * One more unit of a scanned article; undefined when it is not on the list.
 * @param label what its symbol says of its lot or serial number: a number that is there already is no unit more
 */
export function scanned(
  lines: readonly TallyLine[],
  variantId: string,
  label: LotLabel | null = null,
): readonly TallyLine[] | undefined {
  if (!lines.some(({ article }) => article.variantId === variantId)) return undefined
  return lines.map((line) => {
    if (line.article.variantId !== variantId) return line
    if (!label || !line.article.tracking) return { ...line, units: (line.units ?? 0) + 1 }
    const lots = addLabel(line.lots ?? [], label, line.article.tracking.mode) ?? line.lots ?? []
    return { ...line, lots, units: unitsIn(lots) }
  })
}

/** How a tally names lots: of all that comes in or goes out, or only of what is missing or too much. */
export type TallyLots = 'incoming' | 'outgoing' | 'difference'

/** How many units of a line are to be named; 0 when none, null when as many as there are. */
export function unitsToName({ article, expected, units }: TallyLine, lots: TallyLots | undefined): number | null {
  if (!article.tracking || !lots) return 0
  if (lots === 'incoming') return null
  return lots === 'outgoing' ? (units ?? 0) : units === null || expected === null ? 0 : Math.abs(expected - units)
}

/** Everything is there: each line that nobody has touched has what is expected, unless its lots are still to be named. */
export function allThere(lines: readonly TallyLine[], lots?: TallyLots): readonly TallyLine[] {
  return lines.map((line) =>
    line.units === null && unitsToName(line, lots) !== null ? { ...line, units: line.expected } : line,
  )
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

/** The lots of a line, as the API takes them; nothing when none were named. */
export function lotsOf({ lots = [] }: TallyLine): { lots?: LotUnits[] } {
  return lots.length > 0 ? { lots: [...lots] } : {}
}
