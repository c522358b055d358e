import type { PriceEntry } from '@ecluse/contracts/price-lists.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatBasisPoints, formatDate, formatMoney } from '@ecluse/ui/format.ts'
import type { Translate } from '../app/i18n.ts'

/** What an entry is about. */
export const scopeOf = (t: Translate, { scope, name, code }: Pick<PriceEntry, 'scope' | 'name' | 'code'>): string =>
  scope === 'all' ? t('prices.scope.all') : name || (code ?? '')

/** A fixed price, or how much less. */
export function valueOf(
  t: Translate,
  locale: Locale,
  { amountMinor, percentBasisPoints }: Pick<PriceEntry, 'amountMinor' | 'percentBasisPoints'>,
): string {
  if (amountMinor !== null) return formatMoney({ amountMinor, currency: 'EUR' }, locale)
  return t('prices.less', { percent: formatBasisPoints(percentBasisPoints ?? 0, locale) })
}

/** When an entry counts. */
export function daysOf(
  t: Translate,
  locale: Locale,
  { validFrom, validUntil }: Pick<PriceEntry, 'validFrom' | 'validUntil'>,
): string {
  const day = (date: string) => formatDate(date, locale, 'day', 'UTC')
  if (validFrom && validUntil) return t('prices.between', { from: day(validFrom), until: day(validUntil) })
  if (validFrom) return t('prices.since', { from: day(validFrom) })
  return validUntil ? t('prices.until', { until: day(validUntil) }) : t('prices.always')
}
