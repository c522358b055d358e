import { normalCdf } from '@ecluse/strategy-engine/numeric/distributions.ts'
import type { AuditReport } from '@ecluse/contracts/audits.ts'

type Series = { channel: string; values: readonly number[] }

/** Fewer months say nothing. */
const fewest = 12
/** So rarely would chance alone tell of a pair. */
const level = 0.05

/**
 * Pairs of channels of which one rises in the months the other falls: the correlation of their changes from month to month, with the
 * chance of one as low among channels that have nothing to do with each other (R. A. Fisher 1921; as many independent months as M. S.
 * Bartlett 1935 leaves where changes follow each other), times the pairs that were tried (Bonferroni). What moves all channels alike
 * hides a taking and feigns none. A suspicion, and no proof: only an experiment gives one.
 */
export function suspectPairs(series: readonly Series[]): AuditReport['suspects'] {
  const changes = series.map(({ values }) => values.slice(1).map((value, at) => value - (values[at] ?? 0)))
  const pairs = series.flatMap((_, a) => series.slice(a + 1).map((__, step) => [a, a + 1 + step] as const))
  return pairs
    .flatMap(([a, b]) => {
      const [x, y] = [changes[a] ?? [], changes[b] ?? []]
      const correlation = x.length < fewest ? null : correlationOf(x, y)
      if (correlation === null) return []
      const follows = (correlationOf(x.slice(1), x) ?? 0) * (correlationOf(y.slice(1), y) ?? 0)
      const independent = Math.min(x.length, (x.length * (1 - follows)) / (1 + follows))
      const z =
        Math.atanh(Math.max(-0.999999, Math.min(0.999999, correlation))) * Math.sqrt(Math.max(0, independent - 3))
      const p = Math.min(1, normalCdf(z) * pairs.length)
      return [{ channel: series[a]?.channel ?? '', other: series[b]?.channel ?? '', correlation, p, months: x.length }]
    })
    .filter(({ p }) => p < level)
    .sort((one, other) => one.p - other.p)
}

/** Null where one of them never moves. */
function correlationOf(x: readonly number[], y: readonly number[]): number | null {
  const count = Math.min(x.length, y.length)
  const mean = (of: readonly number[]) => of.slice(0, count).reduce((sum, value) => sum + value, 0) / count
  const [mx, my] = [mean(x), mean(y)]
  let [xy, xx, yy] = [0, 0, 0]
  for (let at = 0; at < count; at++) {
    const [dx, dy] = [(x[at] ?? 0) - mx, (y[at] ?? 0) - my]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
}
