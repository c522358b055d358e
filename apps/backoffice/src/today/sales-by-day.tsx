import { useIntl } from 'react-intl'
import { channelColour, ChannelMark } from '@ecluse/ui/channel-mark.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useChannels } from '../network/use-channels.ts'
import { StackedBars } from './stacked-bars.tsx'
import { salesByMedium } from './sales-figures.ts'
import type { TodayFigures } from './today-figures.ts'

/** Sales day by day, by medium. */
export function SalesByDay({ today }: { today: TodayFigures }) {
  const t = useT()
  const intl = useIntl()
  const { locale } = useLocale()
  const channels = useChannels()
  const sales = salesByMedium(today.perDay, (code) => channels.find((one) => one.code === code)?.medium)
  const question = t('today.question.days', { days: sales.days.length })
  const first = sales.media[0]
  if (!first) {
    return (
      <Card title={question}>
        <EmptyState title={t('today.noSales')} compact />
      </Card>
    )
  }
  const euros = (amountMinor: number) =>
    formatMoney({ amountMinor: Math.round(amountMinor / 100) * 100, currency: 'EUR' }, locale, { whole: true })
  const nameOf = (medium: string) => intl.formatMessage({ id: `ui.channel.${medium}` })
  const answer = t('today.answer.days', {
    orders: sales.orders,
    revenue: euros(sales.total),
    medium: nameOf(first.medium),
    share: formatPercent(first.total / sales.total, locale, 0),
  })
  const table = [
    [t('today.day'), ...sales.media.map(({ medium }) => `${nameOf(medium)} (€)`), t('orders.total')],
    ...sales.days.map((day) => [
      day.date,
      ...sales.media.map(({ medium }) => (day.byMedium.get(medium) ?? 0) / 100),
      day.total / 100,
    ]),
  ]
  return (
    <StackedBars
      question={question}
      answer={answer}
      file={t('today.file')}
      table={table}
      legend={sales.media.map(({ medium }) => (
        <ChannelMark key={medium} medium={medium} variant="plain" />
      ))}
      bars={sales.days.map((day) => ({
        key: day.date,
        label: intl.formatDate(`${day.date}T12:00:00Z`, { day: 'numeric', month: 'short' }),
        title: `${formatDate(`${day.date}T12:00:00Z`, locale, 'weekday')} : ${euros(day.total)}`,
        parts: sales.media.map(({ medium }) => ({
          key: medium,
          value: day.byMedium.get(medium) ?? 0,
          colour: channelColour(medium),
        })),
      }))}
      formatTick={euros}
    />
  )
}
