import { useMemo } from 'react'
import { Link } from '@tanstack/react-router'
import type { OrderSummary } from '@ecluse/contracts/orders.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ChannelOf } from '../network/channel-of.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { OrderBadge, PaymentBadge } from './order-states.tsx'

/** The columns of a list of orders. */
export function useOrderColumns(): readonly Column<OrderSummary>[] {
  const t = useT()
  const channelName = useChannelName()
  return useMemo(
    () => [
      ...whoseColumns(t),
      {
        id: 'channel',
        header: t('orders.channel'),
        cell: (order) => <ChannelOf code={order.channelCode} variant="plain" />,
        sort: (order) => channelName(order.channelCode),
        csv: (order) => channelName(order.channelCode),
        from: 'md',
        width: 196,
      },
      ...progressColumns(t),
      {
        id: 'total',
        header: t('orders.total'),
        cell: (order) => <Money value={order.total} />,
        sort: (order) => order.total.amountMinor,
        csv: (order) => (order.total.amountMinor / 100).toFixed(2),
        end: true,
        width: 112,
      },
    ],
    [t, channelName],
  )
}

/** Which order, of whom, since when. */
function whoseColumns(t: Translate): Column<OrderSummary>[] {
  return [
    {
      id: 'number',
      header: t('orders.number'),
      cell: (order) => (
        <TwoLines
          first={
            <Link to="/orders/$orderId" params={{ orderId: order.id }} className="bo-link" tabIndex={-1}>
              {order.number}
            </Link>
          }
          second={order.customerName ?? t('orders.anonymous')}
          narrow={<OrderBadge order={order} />}
        />
      ),
      sort: (order) => order.number,
      csv: (order) => order.number,
    },
    {
      id: 'customer',
      header: t('orders.customer'),
      cell: (order) => order.customerName,
      csv: (order) => order.customerName,
      from: 'csv',
    },
    {
      id: 'placed',
      header: t('orders.placed'),
      cell: (order) => <RelativeTime at={order.placedAt} />,
      sort: (order) => order.placedAt,
      csv: (order) => order.placedAt,
      from: 'md',
      width: 140,
    },
  ]
}

/** How far the order, its money and its articles are. */
function progressColumns(t: Translate): Column<OrderSummary>[] {
  return [
    {
      id: 'state',
      header: t('orders.state'),
      cell: (order) => <OrderBadge order={order} />,
      sort: (order) => order.fulfillmentState,
      csv: (order) => t(`fulfillment.${order.fulfillmentState}`),
      from: 'sm',
      width: 164,
    },
    {
      id: 'payment',
      header: t('orders.payment'),
      cell: (order) => <PaymentBadge state={order.paymentState} />,
      sort: (order) => order.paymentState,
      csv: (order) => t(`payment.${order.paymentState}`),
      from: 'lg',
      width: 148,
    },
    {
      id: 'delivery',
      header: t('orders.delivery'),
      cell: (order) => <TwoLines first={t(`delivery.${order.deliveryMethod}`)} second={order.siteName} />,
      sort: (order) => order.deliveryMethod,
      csv: (order) => [t(`delivery.${order.deliveryMethod}`), order.siteName].filter(Boolean).join(' · '),
      from: 'xl',
      width: 150,
    },
  ]
}
