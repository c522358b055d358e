import { Link } from '@tanstack/react-router'
import type { Money } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { TodayFigures } from './today-figures.ts'

type Figure = { id: string; label: string; value: string; to: string; search: Record<string, string>; urgent?: boolean }

/** The day in numbers; each leads to the list it counts. */
export function Figures({ today, siteId }: { today: TodayFigures; siteId: string | undefined }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const count = (value: number) => formatNumber(value, locale)
  const site: Record<string, string> = siteId ? { site: siteId } : {}
  const figures: Figure[] = [
    {
      id: 'late',
      label: t('today.late'),
      value: count(today.late),
      to: '/preparations',
      search: { ...site, state: 'to_prepare' },
      urgent: today.late > 0,
    },
    {
      id: 'prepare',
      label: t('today.toPrepare'),
      value: count(today.toPrepare),
      to: '/preparations',
      search: { ...site, state: 'to_prepare', method: 'pickup' },
    },
    {
      id: 'ready',
      label: t('today.ready'),
      value: count(today.ready),
      to: '/preparations',
      search: { ...site, state: 'ready', method: 'pickup' },
    },
    {
      id: 'ship',
      label: t('today.toShip'),
      value: count(today.toShip),
      to: '/preparations',
      search: { ...site, state: 'to_prepare', method: 'delivery' },
    },
    {
      id: 'unpaid',
      label: t('today.awaitingPayment'),
      value: count(today.awaitingPayment),
      to: '/orders',
      search: { ...site, document: 'awaiting_payment' },
    },
    ...(can('stock:read')
      ? [
          {
            id: 'out',
            label: t('today.outOfStock'),
            value: count(today.outOfStock),
            to: '/stock',
            search: { only: 'out' },
          },
        ]
      : []),
    { id: 'orders', label: t('today.orders'), value: count(today.ordersToday), to: '/orders', search: site },
    {
      id: 'revenue',
      label: t('today.revenue'),
      value: formatMoney(wholeEuros(today.revenueTodayMinor), locale, { whole: true }),
      to: '/orders',
      search: site,
    },
  ]
  return (
    <ul className="bo-figures" aria-label={t('today.figures')}>
      {figures.map((figure) => (
        <li key={figure.id}>
          <Link
            to={figure.to}
            search={figure.search as never}
            className="bo-figure"
            data-urgent={figure.urgent || undefined}
          >
            <span className="bo-figure-name">{figure.label}</span>
            <span className="bo-figure-value">{figure.value}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Cents say nothing at this size. */
function wholeEuros(amountMinor: number): Money {
  return { amountMinor: Math.round(amountMinor / 100) * 100, currency: 'EUR' }
}
