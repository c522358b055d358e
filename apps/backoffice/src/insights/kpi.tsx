import { kpis, type Kpi } from '@ecluse/contracts/insights.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatMinutes, formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { WithFormula } from './formula.tsx'

/** A figure as it is read; a dash where it has no meaning. */
export function formatKpi(id: Kpi, value: number | null | undefined, locale: Locale): string {
  if (value === null || value === undefined) return '–'
  switch (kpis[id]) {
    case 'money':
      return formatMoney({ amountMinor: Math.round(value), currency: 'EUR' }, locale, {
        whole: Math.abs(value) >= 100_000 || value === 0,
      })
    case 'share':
      return formatPercent(value, locale)
    case 'seconds':
      return formatMinutes(Math.max(1, Math.round(value / 60)), locale)
    case 'count':
      return formatNumber(value, locale)
  }
}

/** How a figure moved since the period before: in points where it is a share, as a share of what it was otherwise. */
function changeOf(id: Kpi, now: number | null | undefined, before: number | null | undefined): number | undefined {
  if (now == null || before == null) return undefined
  if (kpis[id] === 'share') return now - before
  return before > 0 ? (now - before) / before : undefined
}

/** The name of a figure, with its formula. */
export function KpiName({ id }: { id: Kpi }) {
  const t = useT()
  return <WithFormula name={t(`kpi.${id}`)} formula={t(`kpi.${id}.formula`)} />
}

/** How a figure moved: signed, in points or per cent. */
export function Change({
  id,
  now,
  before,
  locale,
}: {
  id: Kpi
  now?: number | null | undefined
  before?: number | null | undefined
  locale: Locale
}) {
  const t = useT()
  const change = changeOf(id, now, before)
  if (change === undefined) return <span className="bo-quiet">–</span>
  const sign = change > 0 ? '+' : ''
  return (
    <span className="bo-quiet">
      {sign}
      {kpis[id] === 'share'
        ? t('insights.points', { points: formatNumber(change * 100, locale, 1) })
        : formatPercent(change, locale, 0)}
    </span>
  )
}
