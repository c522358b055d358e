import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OrderChange } from '@ecluse/contracts/order-changes.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT, type Translate } from '../app/i18n.ts'

/** What was changed of an order, by whom, and what it gave back. */
export function OrderRevisions({ orderId }: { orderId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const found = useQuery(apiQuery(endpoints.getChangeable, { params: { orderId }, query: { locale } }))
  return (
    <ul className="bo-plain-list">
      {(found.data?.revisions ?? []).map((one) => (
        <li key={one.revision} className="bo-return">
          <p className="bo-line">
            <strong>{t('quotes.revisionNumber', { revision: one.revision })}</strong> ·{' '}
            <RelativeTime at={one.changedAt} /> ·{' '}
            {one.changedBy === 'customer' ? t('returnList.by.customer') : (one.actor ?? t('returnList.by.staff'))}
          </p>
          {one.changes.map((change, index) => (
            <p key={index} className="bo-line bo-quiet">
              {wordsOf(t, locale, change)}
            </p>
          ))}
          {one.charge.amountMinor > 0 && (
            <p className="bo-line">
              {t('changeOrder.charged')} <Money value={one.charge} />
            </p>
          )}
          {one.refund.amountMinor > 0 && (
            <p className="bo-line">
              {t('orders.refunded')} <Money value={one.refund} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function wordsOf(t: Translate, locale: Locale, change: OrderChange): string {
  if (change.kind === 'line') return `${change.name} : ${change.from} → ${change.to}`
  if (change.kind === 'substitute')
    return t(change.instead === null ? 'changeOrder.missing' : 'changeOrder.replaced', {
      count: change.quantity,
      name: change.name,
      instead: change.instead,
    })
  if (change.kind === 'address')
    return t('changeOrder.moved', {
      from: change.from ? `${change.from.street}, ${change.from.locality}` : '',
      to: `${change.to.street}, ${change.to.locality}`,
    })
  const way = ({ method, siteName, address, promisedAt, inWindow }: typeof change.to): string =>
    [
      t(`delivery.${method}`),
      siteName ?? (address && `${address.street}, ${address.locality}`),
      promisedAt && formatDate(promisedAt, locale, inWindow ? 'full' : 'dayLong'),
    ]
      .filter(Boolean)
      .join(', ')
  return t('changeOrder.way', { from: way(change.from), to: way(change.to) })
}
