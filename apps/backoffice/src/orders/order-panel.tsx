import { Anchor, Skeleton, Stack } from '@mantine/core'
import { IconArrowUpRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Section } from '../common/section.tsx'
import { OrderActs } from './order-acts.tsx'
import { OrderDelivery } from './order-delivery.tsx'
import { OrderHead } from './order-head.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderMoney } from './order-money.tsx'
import { OrderBadge } from './order-states.tsx'
import { OrderTimeline } from './order-timeline.tsx'

/** One order beside its list: enough to finish it without losing the list. */
export function OrderPanel({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getOrder, { params: { orderId }, query: { locale } }))
  const order = query.data
  return (
    <SidePanel
      itemKey={orderId}
      title={order?.number ?? t('orders.one')}
      badge={order && <OrderBadge order={order} />}
      onClose={onClose}
      footer={order && <OrderActs order={order} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PanelLoading />}
      {order && (
        <>
          <OrderHead order={order} />
          <Section title={t('orders.lines')}>
            <OrderLines order={order} />
          </Section>
          <Section title={t('orders.delivery')}>
            <OrderDelivery order={order} />
          </Section>
          <Section title={t('orders.money')}>
            <OrderMoney order={order} />
          </Section>
          <Section title={t('orders.timeline')}>
            <OrderTimeline order={order} />
          </Section>
          <Anchor component={Link} to={`/orders/${order.id}`} size="sm" className="bo-more">
            {t('orders.openPage')} <IconArrowUpRight size={14} aria-hidden />
          </Anchor>
        </>
      )}
    </SidePanel>
  )
}

/** The shape of a panel's content to come. */
export function PanelLoading() {
  const t = useT()
  return (
    <Stack gap="md" aria-busy="true" role="status" aria-label={t('app.loading')}>
      <Skeleton height={14} width="60%" />
      <Skeleton height={96} />
      <Skeleton height={14} width="40%" />
      <Skeleton height={72} />
    </Stack>
  )
}
