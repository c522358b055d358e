import { Link } from '@tanstack/react-router'
import type { Money } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney, formatNumber } from '@ecluse/ui/format.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT, type MessageId } from '../app/i18n.ts'
import { dayOf } from '../common/company-day.ts'
import type { TodayFigures } from './today-figures.ts'

type Figure = {
  label: MessageId
  /** A count, or an amount. */
  value: number | Money
  to: '/preparations' | '/orders' | '/stock'
  search: Record<string, string>
  urgent?: boolean
}

/** The day in numbers; each leads to the list it counts. */
export function Figures({ today, siteId }: { today: TodayFigures; siteId: string | undefined }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const site: Record<string, string> = siteId ? { site: siteId } : {}
  const figures = [
    ...workFigures(today, site),
    ...(can('stock:read') ? [outOfStockFigure(today, site)] : []),
    ...salesFigures(today, site),
  ]
  return (
    <ul className="bo-figures" aria-label={t('today.figures')}>
      {figures.map(({ label, value, to, search, urgent }) => (
        <li key={label}>
          <Link to={to} search={search as never} className="bo-figure" data-urgent={urgent || undefined}>
            <span className="bo-figure-name">{t(label)}</span>
            <span className="bo-figure-value">
              {typeof value === 'number'
                ? formatNumber(value, locale)
                : formatMoney(wholeEuros(value), locale, { whole: true })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What waits for a shop, or for a customer. */
function workFigures(today: TodayFigures, site: Record<string, string>): Figure[] {
  return [
    {
      label: 'today.late',
      value: today.late,
      to: '/preparations',
      search: { ...site, late: 'true', sort: 'due', order: 'asc' },
      urgent: today.late > 0,
    },
    {
      label: 'today.toPrepare',
      value: today.toPrepare,
      to: '/preparations',
      search: { ...site, state: 'to_prepare', method: 'pickup' },
    },
    {
      label: 'today.ready',
      value: today.ready,
      to: '/preparations',
      search: { ...site, state: 'ready', method: 'pickup' },
    },
    {
      label: 'today.toShip',
      value: today.toShip,
      to: '/preparations',
      search: { ...site, state: 'open', method: 'delivery' },
    },
    {
      label: 'today.awaitingPayment',
      value: today.awaitingPayment,
      to: '/orders',
      search: { ...site, document: 'awaiting_payment' },
    },
  ]
}

function outOfStockFigure(today: TodayFigures, site: Record<string, string>): Figure {
  return { label: 'today.outOfStock', value: today.outOfStock, to: '/stock', search: { ...site, only: 'out' } }
}

/** The day's orders, and what they are worth: those that were not cancelled since. */
function salesFigures(today: TodayFigures, site: Record<string, string>): Figure[] {
  const search = { ...site, document: 'confirmed', from: dayOf(new Date()) }
  return [
    { label: 'today.orders', value: today.ordersToday, to: '/orders', search },
    { label: 'today.revenue', value: { amountMinor: today.revenueTodayMinor, currency: 'EUR' }, to: '/orders', search },
  ]
}

/** Cents say nothing at this size. */
function wholeEuros({ amountMinor, currency }: Money): Money {
  return { amountMinor: Math.round(amountMinor / 100) * 100, currency }
}
