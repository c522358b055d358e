import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import type { AheadReason, OrderSourcing as Explained } from '@ecluse/contracts/sourcing.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT } from '../app/i18n.ts'
import { DocumentLink } from '../availability/document-link.tsx'
import { SourcingView } from '../sourcing/sourcing-view.tsx'

/** Why an order is served from where it is: the last choice of places first, with what lost and by how much. */
export function OrderSourcing({ order }: { order: Order }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.getOrderSourcing, { params: { orderId: order.id } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton height={120} />
  const { ahead } = query.data
  const decisions = query.data.decisions.toReversed()
  if (decisions.length === 0 && ahead.length === 0)
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
      {ahead.map((line) => (
        <Ahead key={line.lineId} line={line} />
      ))}
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
      {refusal?.note && <p>{t('supplierOrders.theirWords', { words: refusal.note })}</p>}
      <SourcingView sourcing={decision.sourcing} />
    </div>
  )
}

/** From where the goods of a line sold ahead come, and when. */
function Ahead({ line }: { line: AheadReason }) {
  const t = useT()
  const { locale } = useLocale()
  const { arrival, shipsOn } = line
  const day = (date: string) => formatDate(date, locale, 'weekday', 'UTC')
  const why = line.allocatedAt
    ? t('sourcing.ahead.come', { place: line.placeName, date: formatDate(line.allocatedAt, locale, 'full') })
    : arrival
      ? t(`sourcing.ahead.${arrival.kind}`, {
          place: line.placeName,
          date: day(arrival.expectedOn),
          units: arrival.units,
        })
      : t(shipsOn === null ? 'sourcing.ahead.unknown' : 'sourcing.ahead.stated', { place: line.placeName })
  return (
    <div>
      <p>
        <strong>{line.name}</strong> <span className="bo-quiet">{`${line.quantity} × ${line.sku}`}</span>
      </p>
      <p>
        {why} {arrival && !line.allocatedAt && <DocumentLink arrival={arrival} />}
      </p>
      {line.unitsBefore > 0 && <p className="bo-quiet">{t('sourcing.ahead.before', { count: line.unitsBefore })}</p>}
      {shipsOn !== null && <p className="bo-quiet">{t('sourcing.ahead.told', { date: day(shipsOn) })}</p>}
    </div>
  )
}
