import { channelColour } from '@ecluse/ui/channel-mark.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { ChannelOf } from '../network/channel-of.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'
import { Plot } from './plot.tsx'
import type { TodayFigures } from './today-figures.ts'

/** Which channel sells today: bars with their figures beside them. */
export function SalesToday({ today }: { today: TodayFigures }) {
  const t = useT()
  const { locale } = useLocale()
  const channels = useChannels()
  const channelName = useChannelName()
  const rows = today.byChannel.filter(({ orders }) => orders > 0).toSorted((a, b) => b.revenueMinor - a.revenueMinor)
  const first = rows[0]
  const question = t('today.question.sales')
  if (!first) {
    return (
      <Card title={question}>
        <EmptyState title={t('today.noSalesYet')} hint={t('today.noSalesYet.help')} compact />
      </Card>
    )
  }
  const euros = (amountMinor: number) =>
    formatMoney({ amountMinor: Math.round(amountMinor / 100) * 100, currency: 'EUR' }, locale, { whole: true })
  const most = Math.max(1, first.revenueMinor)
  return (
    <Plot
      question={question}
      answer={t('today.answer.sales', {
        channel: channelName(first.channelCode),
        revenue: euros(first.revenueMinor),
        total: euros(today.revenueTodayMinor),
      })}
      file={t('today.file.today')}
      table={[
        [t('orders.channel'), t('nav.orders'), `${t('today.revenue')} (€)`],
        ...rows.map((row) => [channelName(row.channelCode), row.orders, row.revenueMinor / 100]),
      ]}
    >
      <ul className="bo-bars">
        {rows.map((row) => {
          const medium = channels.find(({ code }) => code === row.channelCode)?.medium
          return (
            <li key={row.channelCode}>
              <span className="bo-bar-name">
                <ChannelOf code={row.channelCode} variant="plain" />
              </span>
              <span className="bo-bar-track" aria-hidden>
                <span
                  className="bo-bar"
                  style={{
                    width: `${(100 * row.revenueMinor) / most}%`,
                    background: medium ? channelColour(medium) : 'var(--color-muted)',
                  }}
                />
              </span>
              <span className="bo-bar-value">
                {euros(row.revenueMinor)}{' '}
                <span className="bo-quiet">{t('today.ordersCount', { count: row.orders })}</span>
              </span>
            </li>
          )
        })}
      </ul>
    </Plot>
  )
}
