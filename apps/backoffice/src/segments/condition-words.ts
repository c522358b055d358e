import type { SegmentCondition, ValueMeasure } from '@ecluse/contracts/segments.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import type { Translate } from '../app/i18n.ts'

function measureWords(measure: ValueMeasure, value: number, locale: Locale): string {
  if (measure === 'active') return formatPercent(value, locale)
  if (measure === 'spent' || measure === 'expected_value')
    return formatMoney({ amountMinor: Math.round(value), currency: 'EUR' }, locale)
  return formatNumber(value, locale, value % 1 === 0 ? 0 : 1)
}

/** A condition as one would say it: “has ordered at least 3 times in the last 90 days”. */
export function conditionWords(
  t: Translate,
  condition: SegmentCondition,
  {
    locale,
    channelName,
    siteName,
  }: { locale: Locale; channelName: (code: string) => string; siteName: (id: string) => string },
): string {
  const not = String(condition.not)
  switch (condition.type) {
    case 'did': {
      const { what, atLeast, atMost, withinDays, channelCodes, productIds, categoryCodes, worthAtLeastMinor } =
        condition
      const parts = [
        t('segments.did', { not, what }),
        (atLeast > 1 || atMost !== undefined) &&
          t('segments.did.times', { atLeast, atMost: atMost ?? 0, bounded: String(atMost !== undefined) }),
        withinDays !== undefined && t('segments.did.within', { days: withinDays }),
        categoryCodes && t('segments.did.categories', { count: categoryCodes.length }),
        productIds && t('segments.did.products', { count: productIds.length }),
        channelCodes && t('segments.did.channels', { channels: channelCodes.map(channelName).join(', ') }),
        worthAtLeastMinor !== undefined &&
          t('segments.did.worth', { amount: formatMoney({ amountMinor: worthAtLeastMinor, currency: 'EUR' }, locale) }),
      ]
      return parts.filter(Boolean).join(' ')
    }
    case 'value': {
      const { measure, atLeast, atMost } = condition
      return t('segments.value', {
        not,
        measure,
        bounds: String(
          atLeast === undefined ? 'most' : atMost === undefined ? 'least' : atLeast === atMost ? 'equal' : 'both',
        ),
        atLeast: measureWords(measure, atLeast ?? 0, locale),
        atMost: measureWords(measure, atMost ?? 0, locale),
      })
    }
    case 'treatment':
      return t('segments.treatment', { not, treatment: condition.treatment })
    case 'interest':
      return t('segments.interest', { not, count: condition.categoryCodes.length })
    case 'size':
      return t('segments.size', { not, sizes: condition.sizes.join(', ') })
    case 'usual_shop':
      return t('segments.usual_shop', { not, shops: condition.siteIds.map(siteName).join(', ') })
    case 'distance': {
      const { to, atLeastKm, atMostKm } = condition
      const bounds = atLeastKm === undefined ? 'most' : atMostKm === undefined ? 'least' : 'both'
      return t('segments.distance', { not, to, bounds, atLeast: atLeastKm ?? 0, atMost: atMostKm ?? 0 })
    }
    case 'household':
      return t('segments.household', { not, atLeast: condition.atLeast })
    case 'known_for':
      return t('segments.known', { not, days: condition.withinDays })
    case 'reachable':
      return t('segments.reachable', { not, by: condition.by })
    case 'account':
      return t('segments.account', { not })
    case 'language':
      return t('segments.language', { not, locale: condition.locale })
    case 'postal_code':
      return t('segments.postal', { not, codes: condition.startsWith.join(', ') })
    case 'kind':
      return t('segments.kind', { not, kind: condition.kind })
  }
}
