import type { TreatmentAudit } from '@ecluse/contracts/treatments.ts'

type Group = TreatmentAudit['audits'][number]['groups'][number]

/** Fewer say nothing. */
const fewest = 30
/** Four fifths (US EEOC 1978, Uniform guidelines on employee selection procedures), and its inverse. */
const least = 0.8
/** Of the normal distribution, both sides, one case in twenty. */
const critical = 1.96

/**
 * Holds the share of each group against that of all: stands out what is beyond four fifths or five quarters of it and beyond what chance would
 * do in one case of twenty, where there are thirty customers or more.
 */
export function auditGroups(
  groups: readonly { value: string | null; customers: number; relational: number }[],
): Group[] {
  const all = groups.reduce((sum, { customers }) => sum + customers, 0)
  const mean = all === 0 ? 0 : groups.reduce((sum, { relational }) => sum + relational, 0) / all
  return groups
    .filter(({ customers }) => customers > 0)
    .map(({ value, customers, relational }) => {
      const share = relational / customers
      const ratio = mean > 0 ? share / mean : null
      const spread = Math.sqrt((mean * (1 - mean)) / customers)
      const beyondChance = customers >= fewest && Math.abs(share - mean) > critical * spread
      const warning =
        ratio === null || !beyondChance
          ? null
          : ratio < least
            ? ('less' as const)
            : ratio > 1 / least
              ? ('more' as const)
              : null
      return { value, customers, relational, share, ratio, warning }
    })
    .toSorted((a, b) => b.customers - a.customers || String(a.value).localeCompare(String(b.value)))
}
