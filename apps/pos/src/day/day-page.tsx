import { Skeleton } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconReceipt } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OrderSummary } from '@ecluse/contracts/orders.ts'
import type { Takings } from '@ecluse/contracts/takings.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { dayFigures } from './day-figures.ts'

/** What this shop sold, took and gave back over the counter today, each sale one touch from its receipt. */
export function DayPage() {
  const t = useT()
  const { locale } = useLocale()
  const { site, channelCode } = useShop()
  const today = new Date(new Date().setHours(0, 0, 0, 0)).toISOString()
  const day = { documentState: 'confirmed', from: today, limit: 200 } as const
  const carried = useQuery({
    ...apiQuery(endpoints.listOrders, { query: { siteId: site.id, deliveryMethod: 'carry_out', ...day } }),
    refetchInterval: 60_000,
  })
  const home = useQuery({
    ...apiQuery(endpoints.listOrders, { query: { channel: channelCode, deliveryMethod: 'delivery', ...day } }),
    refetchInterval: 60_000,
  })
  const sales = [...(carried.data?.items ?? []), ...(home.data?.items ?? [])].toSorted((a, b) =>
    a.placedAt < b.placedAt ? 1 : -1,
  )
  const takings = useQuery({
    ...apiQuery(endpoints.getTakings, { params: { siteId: site.id }, query: { from: today } }),
    staleTime: 0,
    refetchInterval: 60_000,
  })
  useDocumentTitle(`${t('nav.day')} · Écluse`)
  return (
    <div className="pos-page">
      <div className="pos-page-list">
        <h1>{t('day.title', { date: formatDate(new Date(), locale, 'weekday') })}</h1>
        {takings.isError && <ErrorNote error={takings.error} onRetry={() => void takings.refetch()} />}
        {carried.isError && <ErrorNote error={carried.error} onRetry={() => void carried.refetch()} />}
        {carried.isPending && <Skeleton height={96} radius="md" aria-label={t('app.loading')} />}
        {takings.data && <Figures saleCount={takings.data.saleCount} means={takings.data.means} />}
        {carried.data?.nextCursor && <p className="pos-dim">{t('day.more', { count: sales.length })}</p>}
        {carried.data && sales.length === 0 && <EmptyState title={t('day.none')} hint={t('day.none.help')} />}
        <ul className="pos-list">
          {sales.map((sale) => (
            <li key={sale.id}>
              <Sale sale={sale} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function Figures({ saleCount, means }: { saleCount: number; means: readonly Takings[] }) {
  const t = useT()
  const { keptMinor, byMeans } = dayFigures(means)
  const euros = (amountMinor: number) => <Money value={{ amountMinor, currency: 'EUR' }} />
  return (
    <dl className="pos-figures">
      <div>
        <dt>{t('day.count')}</dt>
        <dd className="tabular">{saleCount}</dd>
      </div>
      <div>
        <dt>{t('day.total')}</dt>
        <dd>{euros(keptMinor)}</dd>
      </div>
      {byMeans.map((figure) => (
        <div key={figure.method}>
          <dt>{t(`means.${figure.method}`)}</dt>
          <dd>{euros(figure.keptMinor)}</dd>
          {figure.givenBackMinor > 0 && (
            <dd className="pos-figure-note">
              {t('day.given_back')} {euros(figure.givenBackMinor)}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

function Sale({ sale }: { sale: OrderSummary }) {
  const t = useT()
  const { locale } = useLocale()
  const isRefunded = sale.paymentState === 'refunded' || sale.paymentState === 'partially_refunded'
  return (
    <Link to="/receipts/$orderId" params={{ orderId: sale.id }} className="pos-item">
      <IconReceipt size={24} stroke={1.5} aria-hidden />
      <span className="pos-grow">
        <span className="pos-strong">
          {formatDate(sale.placedAt, locale, 'time')} · {sale.customerName ?? t('day.anonymous')}
        </span>
        <span className="pos-dim">
          {sale.number} · {t('pickups.units', { count: sale.itemCount })}
        </span>
      </span>
      <span className="pos-item-end">
        <span className="pos-strong">
          <Money value={sale.total} />
        </span>
        {isRefunded && <StateBadge tone="neutral">{t(`day.${sale.paymentState}` as 'day.refunded')}</StateBadge>}
      </span>
    </Link>
  )
}
