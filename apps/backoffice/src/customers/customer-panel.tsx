import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Customer } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { Section } from '../common/section.tsx'
import { PanelLoading } from '../orders/order-panel.tsx'
import { OrderBadge } from '../orders/order-states.tsx'

export function CustomerPanel({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const can = useCan()
  const query = useQuery(apiQuery(endpoints.getCustomer, { params: { customerId } }))
  const customer = query.data
  return (
    <SidePanel itemKey={customerId} title={customer?.name ?? t('customers.one')} onClose={onClose}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PanelLoading />}
      {customer && (
        <>
          <Section title={t('customers.about')}>
            <CustomerFacts customer={customer} />
            <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="bo-link">
              {t('customers.file.open')}
            </Link>
          </Section>
          {can('orders:read') && (
            <Section title={t('nav.orders')}>
              <CustomerOrders customer={customer} />
            </Section>
          )}
        </>
      )}
    </SidePanel>
  )
}

/** How to reach a customer. */
export function CustomerFacts({ customer }: { customer: Customer }) {
  const t = useT()
  const { address } = customer
  return (
    <Facts
      facts={[
        [t('customers.kind'), t(`customers.kind.${customer.kind}`)],
        [
          t('door.email'),
          customer.email && (
            <a className="bo-link" href={`mailto:${customer.email}`}>
              {customer.email}
            </a>
          ),
        ],
        [t('customers.phone'), customer.phone && <PhoneLink phone={customer.phone} />],
        [
          t('orders.address'),
          address &&
            [address.name, address.street, address.street2, `${address.postalCode} ${address.locality}`]
              .filter(Boolean)
              .join(', '),
        ],
        [t('account.language'), customer.locale === 'fr' ? 'Français' : 'English'],
        [t('customers.since'), <RelativeTime key="since" at={customer.createdAt} />],
      ]}
    />
  )
}

/** The customer's orders, in whichever channel they were placed. */
export function CustomerOrders({ customer }: { customer: Customer }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listOrders, { query: { customerId: customer.id, limit: 20 } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  const orders = query.data?.items ?? []
  if (!query.isPending && orders.length === 0) return <EmptyState title={t('customers.noOrders')} compact />
  return (
    <ul className="bo-plain-list">
      {orders.map((order) => (
        <li key={order.id} className="bo-row-between">
          <span className="bo-wrap">
            <Link to="/orders/$orderId" params={{ orderId: order.id }} className="bo-link">
              {order.number}
            </Link>
            <span className="bo-quiet bo-block">
              <RelativeTime at={order.placedAt} /> · <Money value={order.total} />
            </span>
          </span>
          <OrderBadge order={order} />
        </li>
      ))}
    </ul>
  )
}
