import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { urlOf } from '@ecluse/contracts/client.ts'
import type { Company } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { OrderBadge, PaymentBadge } from '../orders/order-states.tsx'

/** What a company ordered, in whichever channel. */
export function CompanyOrders({ company }: { company: Company }) {
  const t = useT()
  const pages = useInfiniteQuery(
    apiPages(endpoints.listCompanyOrders, { params: { companyId: company.id }, query: { limit: 30 } }),
  )
  const orders = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={t('companies.tab.orders')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {!pages.isPending && orders.length === 0 && (
        <EmptyState title={t('companies.orders.none')} hint={t('companies.orders.none.help')} compact />
      )}
      <ul className="bo-plain-list">
        {orders.map((order) => (
          <li key={order.id} className="bo-row-between">
            <span className="bo-wrap">
              <Link to="/orders/$orderId" params={{ orderId: order.id }} className="bo-link">
                {order.number}
              </Link>
              <span className="bo-quiet bo-block">
                <RelativeTime at={order.placedAt} /> · {order.buyerName}
                {order.companySiteName && ` · ${order.companySiteName}`}
                {order.purchaseReference && ` · ${order.purchaseReference}`} · <Money value={order.total} />
              </span>
            </span>
            <span className="bo-company-acts">
              <a
                href={urlOf(endpoints.getOrderAsUbl.path, { companyId: company.id, orderId: order.id })}
                className="bo-link"
                aria-label={t('ubl.copy', { number: order.number })}
                download={`${order.number}.xml`}
              >
                UBL
              </a>
              <OrderBadge order={order} />
              {order.documentState === 'confirmed' && <PaymentBadge state={order.paymentState} />}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </Card>
  )
}
