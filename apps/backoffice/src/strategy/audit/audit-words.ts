import type { Weakness } from '@ecluse/contracts/audits.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../../app/i18n.ts'
import { useChannelName } from '../../network/use-channels.ts'

const inEuros: readonly Weakness['kind'][] = [
  'sales_falling',
  'losing_money',
  'prices_differ',
  'dearer_than_competitor',
]

/** What is weak, in words; figures as they are read. */
export function useAuditWords() {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const euros = (minor: number | null): string =>
    minor === null
      ? '–'
      : formatMoney({ amountMinor: Math.round(minor), currency: 'EUR' }, locale, { whole: Math.abs(minor) >= 100_000 })
  const share = (of: number | null): string => (of === null ? '–' : formatPercent(of, locale))
  const number = (of: number | null): string => (of === null ? '–' : formatNumber(of, locale, 2))
  const figure = (kind: Weakness['kind'], of: number): string =>
    kind === 'suspected_cannibal' ? number(of) : inEuros.includes(kind) ? euros(of) : share(of)
  return {
    euros,
    share,
    number,
    figure,
    weakness: ({ kind, channel, other, value, against }: Weakness): string =>
      t(`audits.weak.${kind}`, {
        channel: channel === null ? '' : channelName(channel),
        other: kind === 'suspected_cannibal' && other !== null ? channelName(other) : (other ?? ''),
        value: figure(kind, value),
        against: figure(kind, against),
      }),
  }
}
