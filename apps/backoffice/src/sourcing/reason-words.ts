import type { SourcingReason } from '@ecluse/contracts/sourcing.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { formatBasisPoints, formatDate, formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import type { Translate } from '../app/i18n.ts'

const zones = ['corse', 'outre-mer'] as const
const refusals = ['not_found', 'damaged', 'display_only', 'too_busy', 'closed'] as const

/** Why a plan costs what it does, or a place may not serve: one reason in words. */
export function reasonWords({ reason, effect }: SourcingReason, t: Translate, locale: Locale): string {
  const { code, details } = reason
  const number = (name: string): number => Number(details[name] ?? 0)
  const km = formatNumber(number('km'), locale)
  switch (code) {
    case 'carriage':
    case 'out_of_reach': {
      const zone = zones.find((known) => known === details['zone'])
      const where = zone ? t(`sourcing.zone.${zone}`) : details['km'] === null ? t('sourcing.zone.unknown') : `${km} km`
      return t(`sourcing.reason.${code}`, { where, days: number('transitDays') })
    }
    case 'handling':
      return t('sourcing.reason.handling', { count: number('units'), each: euros(number('minorPerUnit'), locale) })
    case 'refused': {
      const why = refusals.find((known) => known === details['reason']) ?? 'not_found'
      return t('sourcing.reason.refused', { reason: t(`refusal.${why}`) })
    }
    case 'same_shop':
    case 'other_shop':
      return t(`sourcing.reason.${code}`, { of: String(details['of'] ?? '') })
    case 'distance':
      return t('sourcing.reason.distance', { km })
    case 'too_far':
      return t('sourcing.reason.too_far', { km, max: formatNumber(number('maxKm'), locale) })
    case 'extra_legs':
      return t('sourcing.reason.extra_legs', { count: number('legs') })
    case 'margin_left':
      return t('sourcing.reason.margin_left', { kept: formatBasisPoints(number('keptBasisPoints'), locale) })
    case 'capacity_left':
      return details['left'] === null
        ? t('sourcing.reason.capacity_left.none')
        : t('sourcing.reason.capacity_left', {
            count: number('left'),
            load: formatBasisPoints(number('loadBasisPoints'), locale),
          })
    case 'supplier_needed':
    case 'supplier_not_needed':
      return t(`sourcing.reason.${code}`, { wanted: number('wanted'), own: number('ownUnits') })
    case 'arrives':
    case 'arrives_too_late':
      return t(`sourcing.reason.${code}`, { date: formatDate(new Date(number('arrivesAtMs')), locale, 'weekday') })
    case 'shop_ships':
      return t(effect === 'cost' ? 'sourcing.reason.shop_ships.cost' : 'sourcing.reason.shop_ships')
    default:
      return t(`sourcing.reason.${code}`)
  }
}

/** What it adds to the cost, with its sign; nothing for what only allows or forbids. */
export function costWords(costMinor: number, locale: Locale): string {
  return formatMoney({ amountMinor: costMinor, currency: 'EUR' }, locale, { signed: true })
}

function euros(amountMinor: number, locale: Locale): string {
  return formatMoney({ amountMinor, currency: 'EUR' }, locale)
}
