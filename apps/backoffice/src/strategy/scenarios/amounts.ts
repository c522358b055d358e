import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'
import { useChannelName } from '../../network/use-channels.ts'

const euros = (value: number, locale: Locale): string =>
  formatMoney({ amountMinor: Math.round(value) * 100, currency: 'EUR' }, locale, { whole: true })

/** A figure of a channel: its code, then what is counted of it. */
const ofChannel = /^channel\.(.+)\.(\w+)$/

/** The channel a figure is of; null where it is of the whole firm. */
export const channelOf = (figure: string): string | null => ofChannel.exec(figure)?.[1] ?? null

/** How figures of scenarios are written: euros, shares, months, and channels by their names. */
export function useAmounts() {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  return {
    money: (value: number): string => euros(value, locale),
    share: (value: number | null): string => (value === null ? '–' : formatPercent(value, locale)),
    number: (value: number, digits = 0): string => formatNumber(value, locale, digits),
    month: (month: string): string => formatDate(`${month}-15T12:00:00Z`, locale, 'month'),
    day: (at: string): string => formatDate(at, locale, 'day'),
    channel: channelName,
    payback: (months: number | null): string =>
      months === null ? t('scenario.payback.never') : t('scenario.months', { count: Math.ceil(months) }),
    /** `channel.web.orders` as “Site: orders a month”. */
    figure: (figure: string): string => {
      const [, code, name] = ofChannel.exec(figure) ?? []
      if (code && name)
        return `${channelName(code)} · ${t(`scenario.figure.channel.${name}` as 'scenario.figure.channel.orders')}`
      const [, month] = /^demand\.season\.(\d+)$/.exec(figure) ?? []
      if (month)
        return t('scenario.figure.season', {
          month: formatDate(`2026-${month.padStart(2, '0')}-15T12:00:00Z`, locale, 'month').replace(/\s*2026/, ''),
        })
      return t(`scenario.figure.${figure}` as 'scenario.figure.market.share')
    },
  }
}
