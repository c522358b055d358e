import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Cohorts } from '@ecluse/contracts/insights-paths.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatMoney, formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { dayOf } from '../common/company-day.ts'
import { FigureTable } from '../common/figure-table.tsx'
import { BarsFigure } from '../knowledge/bars-figure.tsx'
import { CsvLink } from './csv-link.tsx'
import { heat } from './heat.ts'

/** So many months of first orders, back from the end of the period: a cohort needs time before it tells anything. */
const monthsBack = 12

/** Customers by the month of their first order: how many of them ordered in each month since, and for how much. */
export function CohortsCard({ until, channel }: { until: string; channel?: string | undefined }) {
  const t = useT()
  const first = new Date(`${until.slice(0, 7)}-15T12:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() - (monthsBack - 1))
  const asked = { from: `${dayOf(first).slice(0, 7)}-01`, until, ...(channel ? { channel } : {}) }
  const query = useQuery({ ...apiQuery(endpoints.getCohorts, { query: asked }), refetchInterval: 60_000 })
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={320} />
  const { cohorts } = query.data
  return (
    <Card title={t('paths.cohorts')} acts={<CsvLink path="cohorts" asked={asked} />}>
      <p className="bo-line bo-quiet">{t('paths.cohorts.help')}</p>
      {cohorts.length === 0 ? (
        <EmptyState title={t('paths.none')} hint={t('paths.none.help')} />
      ) : (
        <Grid cohorts={cohorts} />
      )}
    </Card>
  )
}

function Grid({ cohorts }: { cohorts: Cohorts['cohorts'] }) {
  const t = useT()
  const { locale } = useLocale()
  const money = (value: number) =>
    formatMoney({ amountMinor: Math.round(value), currency: 'EUR' }, locale, { whole: true })
  const last = Math.max(...cohorts.flatMap(({ months }) => months.map(({ after }) => after)))
  const ages = Array.from({ length: last + 1 }, (_, after) => after)
  const monthName = (month: string) => formatDate(`${month}-01`, locale, 'month')
  const worth = (months: Cohorts['cohorts'][number]['months']) =>
    months.reduce((sum, { valueMinor }) => sum + valueMinor, 0)
  return (
    <>
      <FigureTable label={t('paths.cohorts')} heat>
        <thead>
          <tr>
            <th scope="col">{t('paths.cohort')}</th>
            <th scope="col">{t('paths.cohort.customers')}</th>
            <th scope="col">{t('paths.cohort.worth')}</th>
            {ages.map((after) => (
              <th scope="col" key={after}>
                {t('paths.cohort.after', { after })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map(({ month, customers, months }) => (
            <tr key={month}>
              <th scope="row">{monthName(month)}</th>
              <td>{formatNumber(customers, locale)}</td>
              <td>{money(worth(months) / customers)}</td>
              {ages.map((after) => {
                const one = months.find((each) => each.after === after)
                if (!one) return <td key={after}>–</td>
                const share = one.customers / customers
                return (
                  <td key={after} style={heat(after === 0 ? 0 : share)} title={money(one.valueMinor)}>
                    {formatPercent(share, locale, 0)}
                    <br />
                    <span className="bo-heat-note">{money(one.valueMinor)}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </FigureTable>
      <BarsFigure
        title={t('paths.cohorts.plot')}
        data={cohorts.map(({ month, months }) => ({
          month: monthName(month),
          first: months.find(({ after }) => after === 0)?.valueMinor ?? 0,
          later: worth(months.filter(({ after }) => after > 0)),
        }))}
        by={{ name: 'month', label: t('paths.cohort') }}
        series={[
          { name: 'first', label: t('paths.cohorts.first'), color: 'var(--color-primary)' },
          { name: 'later', label: t('paths.cohorts.later'), color: 'var(--color-ink)' },
        ]}
        stacked
        format={money}
      />
    </>
  )
}
