import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'

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
              {change.kind === 'substitute'
                ? t(change.instead === null ? 'changeOrder.missing' : 'changeOrder.replaced', {
                    count: change.quantity,
                    name: change.name,
                    instead: change.instead,
                  })
                : change.kind === 'line'
                  ? `${change.name} : ${change.from} → ${change.to}`
                  : t('changeOrder.moved', {
                      from: change.from ? `${change.from.street}, ${change.from.locality}` : '',
                      to: `${change.to.street}, ${change.to.locality}`,
                    })}
            </p>
          ))}
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
