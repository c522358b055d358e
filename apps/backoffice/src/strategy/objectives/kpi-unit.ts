import { kpis, type Kpi } from '@ecluse/contracts/insights.ts'
import { formatPercent } from '@ecluse/ui/format.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatKpi } from '../../insights/kpi.tsx'

/** How many of what people type make one of what is kept: euros, per cent, minutes, or the number itself. */
const typedPer: Record<(typeof kpis)[Kpi], number> = { money: 100, share: 0.01, seconds: 60, count: 1 }

export const typedFrom = (kpi: Kpi, value: number): number => Number((value / typedPer[kpis[kpi]]).toPrecision(12))
export const keptFrom = (kpi: Kpi, typed: number): number => Number((typed * typedPer[kpis[kpi]]).toPrecision(12))

export function unitSuffix(kpi: Kpi): string {
  return { money: '\u202f€', share: '\u202f%', seconds: '\u202fmin', count: '' }[kpis[kpi]]
}

/** A value of a figure as an axis or a sentence has it: shares of ten per cent and more need no decimal. */
export function formatValue(kpi: Kpi, value: number | null, locale: Locale): string {
  if (value !== null && kpis[kpi] === 'share') return formatPercent(value, locale, Math.abs(value) < 0.1 ? 1 : 0)
  return formatKpi(kpi, value !== null && kpis[kpi] === 'count' ? Math.round(value) : value, locale)
}
