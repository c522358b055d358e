import type { Estimate } from '@ecluse/contracts/analysis-results.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'
import { useChannelName } from '../../network/use-channels.ts'

type Interval = Pick<Estimate, 'effect' | 'low' | 'high'>

/** How figures of analyses are written. */
export function useAnalysisWords() {
  const t = useT()
  const { locale } = useLocale()
  const channel = useChannelName()
  const money = (minor: number): string =>
    formatMoney({ amountMinor: Math.round(minor), currency: 'EUR' }, locale, { whole: Math.abs(minor) >= 100_000 })
  /** Without cents, however little. */
  const euros = (minor: number): string =>
    formatMoney({ amountMinor: Math.round(minor / 100) * 100, currency: 'EUR' }, locale, { whole: true })
  const number = (value: number, digits = 1): string => formatNumber(value, locale, digits)
  const signed = (value: number, write: (value: number) => string): string =>
    value > 0 ? `+${write(value)}` : write(value)
  return {
    money,
    euros,
    number,
    channel,
    share: (value: number, digits?: number): string => formatPercent(value, locale, digits),
    day: (day: string): string => formatDate(`${day}T12:00:00Z`, locale, 'day'),
    /** `+5,2 (de 3,1 à 7,3)`. */
    interval: ({ effect, low, high }: Interval, write: (value: number) => string): string =>
      low === null || high === null
        ? t('analysis.noInterval', { effect: signed(effect, write) })
        : t('analysis.interval', { effect: signed(effect, write), low: write(low), high: write(high) }),
    /** Whether nought is outside of the interval. */
    isSure: ({ low, high }: Interval): boolean => low !== null && high !== null && (low > 0 || high < 0),
    chance: (p: number | null): string =>
      p === null ? '–' : p < 0.001 ? t('analysis.tiny') : formatNumber(p, locale, 3),
  }
}
