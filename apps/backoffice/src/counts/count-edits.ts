import type { CountLine, StockCount } from '@ecluse/contracts/stock-counts.ts'
import type { StockArticle } from '@ecluse/contracts/stock-articles.ts'
import type { TallyLine } from '../documents/tally.ts'

/** What was counted here and is not saved yet: how many, and when that many lay there. */
export type Edits = ReadonlyMap<string, { readonly article: StockArticle; readonly units: number; readonly at: string }>

/** The lines as they are seen here: what the server knows, with what was counted meanwhile. */
export function seenLines(count: StockCount, edits: Edits): readonly TallyLine[] {
  const listed = new Set(count.lines.map(({ variantId }) => variantId))
  const added = [...edits.values()].filter(({ article }) => !listed.has(article.variantId))
  return [
    ...added.map(({ article, units }) => ({ article, expected: null, units, reasonCode: null })),
    ...count.lines.map((line) => ({
      article: line,
      expected: line.expectedUnits,
      units: edits.get(line.variantId)?.units ?? line.countedUnits,
      reasonCode: null,
    })),
  ]
}

/** What changed between two looks at the lines becomes what is to be saved, at its own moment. */
export function editsAfter(edits: Edits, before: readonly TallyLine[], after: readonly TallyLine[], now: Date): Edits {
  const known = new Map(before.map((line) => [line.article.variantId, line.units]))
  const changed = after.filter(({ article, units }) => units !== null && known.get(article.variantId) !== units)
  return new Map([
    ...edits,
    ...changed.map(
      ({ article, units }) => [article.variantId, { article, units: units ?? 0, at: now.toISOString() }] as const,
    ),
  ])
}

/** The body of what is saved: each line says what it was before, so that nobody is overwritten. */
export function bodyOf(count: StockCount, edits: Edits) {
  const before = new Map(count.lines.map((line) => [line.variantId, line.countedUnits]))
  return {
    lines: [...edits.values()].map(({ article, units, at }) => ({
      variantId: article.variantId,
      units,
      countedBefore: before.get(article.variantId) ?? null,
      countedAt: at,
    })),
  }
}

/** Lines that differ, the largest difference first. */
export function differing(lines: readonly CountLine[]): readonly CountLine[] {
  return lines
    .filter(({ differenceUnits }) => differenceUnits !== null && differenceUnits !== 0)
    .toSorted((a, b) => Math.abs(b.differenceUnits ?? 0) - Math.abs(a.differenceUnits ?? 0))
}
