import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { OrderSourcing as Explained } from '@ecluse/contracts/sourcing.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT } from '../app/i18n.ts'
import { SourcingView } from '../sourcing/sourcing-view.tsx'

/** Why an order is served from where it is: the last choice of places first, with what lost and by how much. */
export function OrderSourcing({ order }: { order: Order }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getOrderSourcing, { params: { orderId: order.id } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton height={120} />
  const decisions = query.data.decisions.toReversed()
  if (decisions.length === 0)
    return (
      <p className="bo-quiet">
        {order.delivery.inWindow
          ? t('sourcing.inWindow')
          : order.delivery.siteName
            ? t('sourcing.buyerChose', { site: order.delivery.siteName })
            : t('sourcing.notKept')}
      </p>
    )
  return (
    <div className="bo-stack">
      {decisions.map((decision) => (
        <Decision key={decision.at} decision={decision} />
      ))}
    </div>
  )
}

function Decision({ decision }: { decision: Explained['decisions'][number] }) {
  const t = useT()
  const { refusal } = decision
  return (
    <div>
      <p className="bo-quiet">
        {refusal
          ? t('sourcing.afterRefusal', { place: refusal.placeName, reason: t(`refusal.${refusal.reason}`) })
          : t('sourcing.whenPlaced')}
        {' · '}
        <RelativeTime at={decision.at} />
        {' · '}
        {t('sourcing.rulesVersion', { version: decision.rulesVersion })}
      </p>
      <SourcingView sourcing={decision.sourcing} />
    </div>
  )
}
