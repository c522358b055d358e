import { usualCriteria, type GridCriterion, type GridFigure } from '@ecluse/contracts/channel-grid.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMinutes, formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'

/** A figure in its unit. */
function formatFigure(figure: GridFigure, value: number, locale: Locale): string {
  switch (figure) {
    case 'contribution':
      return formatMoney({ amountMinor: Math.round(value), currency: 'EUR' }, locale, { whole: true })
    case 'hoursToHand':
      return formatMinutes(Math.max(1, Math.round(value * 60)), locale)
    case 'answerSeconds':
      return formatMinutes(Math.max(1, Math.round(value / 60)), locale)
    default:
      return formatPercent(value, locale)
  }
}

/** Names of criteria and figures, and figures as they are read. */
export function useGridWords() {
  const t = useT()
  const { locale } = useLocale()
  return {
    criterion: ({ code, name }: Pick<GridCriterion, 'code' | 'name'>): string => {
      const usual = usualCriteria.find((one) => one === code)
      return name || (usual ? t(`grid.criterion.${usual}`) : code)
    },
    said: (figure: GridFigure | null, value: number | null): string =>
      figure === null || value === null ? t('grid.noFigure') : formatFigure(figure, value, locale),
    score: (value: number): string => formatNumber(value, locale, 1),
    share: (value: number, digits = 0): string => formatPercent(value, locale, digits),
    euros: (minor: number): string =>
      formatMoney({ amountMinor: Math.round(minor), currency: 'EUR' }, locale, { whole: true }),
  }
}
