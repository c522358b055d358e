import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { OrderCosts } from '../insights/order-costs.tsx'
import { OrderParcels } from '../parcels/order-parcels.tsx'
import { OrderActs } from './order-acts.tsx'
import { OrderDelivery, OrderPart } from './order-delivery.tsx'
import { OrderCompany } from './order-company.tsx'
import { OrderDownloads } from './order-downloads.tsx'
import { OrderHead } from './order-head.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderMessages } from './order-messages.tsx'
import { OrderMoney } from './order-money.tsx'
import { OrderMovements } from './order-movements.tsx'
import { OrderRating } from './order-rating.tsx'
import { OrderReturns } from './order-returns.tsx'
import { OrderRevisions } from './order-revisions.tsx'
import { OrderSourcing } from './order-sourcing.tsx'
import { OrderBadge } from './order-states.tsx'
import { OrderTimeline } from './order-timeline.tsx'
import { WaitingChange } from './waiting-change.tsx'

const route = getRouteApi('/orders/$orderId')

export function OrderPage() {
  const t = useT()
  const { orderId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getOrder, { params: { orderId }, query: { locale } }))
  const order = query.data
  return (
    <Page
      title={order?.number ?? t('orders.one')}
      badge={order && <OrderBadge order={order} />}
      back={{ to: '/orders', label: t('nav.orders') }}
      acts={order && <OrderActs order={order} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {order && <OrderCards order={order} />}
    </Page>
  )
}

/** “Why Nantes?”, or the question without a name when several places serve the order. */
function whyTitle({ lines }: Order, t: Translate): string {
  const goods = lines.filter((line) => line.exception === null && line.downloadFrom === null)
  const places = new Set(goods.map(({ placeName }) => placeName))
  const [only] = places
  return places.size === 1 && only ? t('sourcing.why.place', { place: only }) : t('sourcing.why')
}

/** Whether something of it is taken from a place and travels. */
const hasGoods = ({ lines }: Order): boolean => lines.some((line) => line.downloadFrom === null)

function OrderCards({ order }: { order: Order }) {
  const t = useT()
  const can = useCan()
  return (
    <div className="bo-grid-2">
      <div className="bo-stack">
        <WaitingChange order={order} />
        <Card title={t('orders.lines')}>
          <OrderLines order={order} detailed />
        </Card>
        {(order.delivery.method === 'delivery' || order.groups.length > 0) && <OrderParcels order={order} />}
        {order.lines.some((line) => line.downloadFrom !== null) && (
          <Card title={t('downloads.title')}>
            <OrderDownloads order={order} />
          </Card>
        )}
        <Card title={t('orders.money')}>
          <OrderMoney order={order} />
        </Card>
        <OrderCosts order={order} />
        {order.returns.length + order.openReturns.length > 0 && (
          <Card title={t('orders.returns')}>
            <OrderReturns order={order} />
          </Card>
        )}
        {order.timeline.some(({ type }) => type === 'orders.order_changed') && can('orders:write') && (
          <Card title={t('changeOrder.history')}>
            <OrderRevisions orderId={order.id} />
          </Card>
        )}
        {hasGoods(order) && order.delivery.method !== 'carry_out' && (
          <Card title={whyTitle(order, t)}>
            <OrderSourcing order={order} />
          </Card>
        )}
        {hasGoods(order) && can('stock:read') && (
          <Card title={t('orders.movements')}>
            <OrderMovements orderId={order.id} />
          </Card>
        )}
        {can('messages:read') && (
          <Card title={t('orders.messages')}>
            <OrderMessages orderId={order.id} />
          </Card>
        )}
      </div>
      <div className="bo-stack">
        <Card title={t('orders.customer')}>
          <OrderHead order={order} />
        </Card>
        {order.company && (
          <Card title={t('companies.one')}>
            <OrderCompany company={order.company} />
          </Card>
        )}
        <Card title={t('orders.delivery')}>
          {order.groups.length === 0 && <OrderDelivery order={order} />}
          {order.groups.map((group) => (
            <OrderPart key={group.no} order={order} group={group} />
          ))}
        </Card>
        <OrderRating order={order} />
        <Card title={t('orders.timeline')}>
          <OrderTimeline order={order} />
        </Card>
      </div>
    </div>
  )
}
