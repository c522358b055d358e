import type { Paths } from '@ecluse/contracts/insights-paths.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FigureTable } from '../common/figure-table.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { CsvLink } from './csv-link.tsx'
import { WithFormula } from './formula.tsx'
import { heat } from './heat.ts'

const ways = ['carriedOut', 'fetched', 'broughtHome', 'downloaded'] as const
type Handovers = Paths['handovers'][number]

const ordersOf = (row: Handovers): number => ways.reduce((sum, way) => sum + row[way], 0)

/** Where what was ordered in each channel went to its customer: from the web into a shop, from a shop to a home. */
export function HandoversCard({
  handovers,
  asked,
}: {
  handovers: readonly Handovers[]
  asked: { from: string; until: string }
}) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  return (
    <Card title={t('paths.handovers')} acts={<CsvLink path="handovers" asked={asked} />}>
      <p className="bo-line bo-quiet">{t('paths.handovers.help')}</p>
      {handovers.length === 0 ? (
        <EmptyState title={t('paths.none')} hint={t('insights.none.help')} />
      ) : (
        <FigureTable label={t('paths.handovers')} heat>
          <thead>
            <tr>
              <th scope="col">{t('orders.channel')}</th>
              {ways.map((way) => (
                <th scope="col" key={way}>
                  <WithFormula name={t(`paths.handover.${way}`)} formula={t(`paths.handover.${way}.formula`)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {handovers.map((row) => (
              <tr key={row.channelCode}>
                <th scope="row">{channelName(row.channelCode)}</th>
                {ways.map((way) => {
                  const share = row[way] / Math.max(1, ordersOf(row))
                  return (
                    <td key={way} style={heat(share)}>
                      {formatNumber(row[way], locale)}
                      <br />
                      <span className="bo-heat-note">{formatPercent(share, locale, 0)}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </FigureTable>
      )}
    </Card>
  )
}
