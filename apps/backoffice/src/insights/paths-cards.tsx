import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Paths } from '@ecluse/contracts/insights-paths.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { FigureTable } from '../common/figure-table.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { CsvLink } from './csv-link.tsx'
import { WithFormula } from './formula.tsx'
import { HandoversCard } from './handovers-card.tsx'
import { heat } from './heat.ts'

/** How customers go from channel to channel, and where they are lost, in the months a period touches. */
export function PathsCards({ from, until }: { from: string; until: string }) {
  const t = useT()
  const asked = { from, until }
  const query = useQuery({ ...apiQuery(endpoints.getPaths, { query: asked }), refetchInterval: 60_000 })
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={320} />
  const { passages, handovers, funnel } = query.data
  return (
    <>
      <Card title={t('paths.passages')} acts={<CsvLink path="passages" asked={asked} />}>
        <p className="bo-line bo-quiet">{t('paths.passages.help')}</p>
        {passages.length === 0 ? (
          <EmptyState title={t('paths.none')} hint={t('paths.none.help')} />
        ) : (
          <Passages passages={passages} />
        )}
      </Card>
      <HandoversCard handovers={handovers} asked={asked} />
      <Card title={t('paths.funnel')} acts={<CsvLink path="funnel" asked={asked} />}>
        <p className="bo-line bo-quiet">{t('paths.funnel.help')}</p>
        {funnel.length === 0 ? (
          <EmptyState title={t('paths.none')} hint={t('paths.none.help')} />
        ) : (
          <Funnel funnel={funnel} asked={asked} />
        )}
      </Card>
    </>
  )
}

/** Rows are where they came from, columns where they came to: the darker, the more. */
function Passages({ passages }: { passages: Paths['passages'] }) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const codes = [...new Set(passages.flatMap(({ from, to }) => [from, to]))].sort()
  const between = passages.filter(({ from, to }) => from !== to)
  const most = Math.max(1, ...passages.map((one) => one.passages))
  const strongest = between.toSorted((a, b) => b.passages - a.passages)[0]
  return (
    <div className="bo-stack">
      <p>
        {strongest && strongest.passages > 0
          ? t('paths.passages.answer', {
              from: channelName(strongest.from),
              to: channelName(strongest.to),
              passages: strongest.passages,
              orders: strongest.orders,
            })
          : t('paths.passages.stay')}
      </p>
      <FigureTable label={t('paths.passages')} heat>
        <thead>
          <tr>
            <th scope="col">{t('paths.corner')}</th>
            {codes.map((code) => (
              <th scope="col" key={code}>
                {channelName(code)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codes.map((from) => (
            <tr key={from}>
              <th scope="row">{channelName(from)}</th>
              {codes.map((to) => {
                const cell = passages.find((one) => one.from === from && one.to === to)
                if (!cell) return <td key={to}>–</td>
                const { orders, carried } = cell
                return (
                  <td key={to} style={heat(cell.passages / most)}>
                    <strong>{formatNumber(cell.passages, locale)}</strong>
                    <br />
                    <span className="bo-heat-note">
                      {t('paths.orders', { orders })}
                      {carried > 0 && ` · ${t('paths.carried', { carried })}`}
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </FigureTable>
    </div>
  )
}

/** Steps, each beside the one it is a part of; where there is none, the step begins a way of its own. */
const steps = [
  ['visitors', null],
  ['viewers', 'visitors'],
  ['buyers', 'viewers'],
  ['carts', null],
  ['cartOrders', 'carts'],
  ['placed', null],
  ['paid', 'placed'],
  ['delivered', 'paid'],
] as const

function Funnel({ funnel, asked }: { funnel: Paths['funnel']; asked: { from: string; until: string } }) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  return (
    <FigureTable label={t('paths.funnel')} heat>
      <thead>
        <tr>
          <th scope="col">{t('orders.channel')}</th>
          {steps.map(([step]) => (
            <th scope="col" key={step}>
              <WithFormula name={t(`paths.step.${step}`)} formula={t(`paths.step.${step}.formula`)} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {funnel.map((row) => (
          <tr key={row.channelCode}>
            <th scope="row">
              <Link to="/orders" search={{ ...asked, channel: row.channelCode }} className="bo-link">
                {channelName(row.channelCode)}
              </Link>
            </th>
            {steps.map(([step, of]) => {
              const kept = of === null || row[of] === 0 ? null : row[step] / row[of]
              return (
                <td key={step} style={kept === null ? undefined : heat(1 - kept)}>
                  {formatNumber(row[step], locale)}
                  {kept !== null && (
                    <>
                      <br />
                      <span className="bo-heat-note">{formatPercent(kept, locale)}</span>
                    </>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </FigureTable>
  )
}
