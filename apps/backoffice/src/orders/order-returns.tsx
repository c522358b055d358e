import type { Order } from '@ecluse/contracts/orders.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { useT, type MessageId } from '../app/i18n.ts'

const refundTones = { pending: 'waiting', refunded: 'done', failed: 'urgent' } as const

/** What came back, where, why, what became of it, and the money given back. */
export function OrderReturns({ order }: { order: Order }) {
  const t = useT()
  const nameOf = (lineId: string) => order.lines.find(({ id }) => id === lineId)?.name ?? lineId
  return (
    <ul className="bo-plain-list">
      {order.returns.map((one) => (
        <li key={one.id} className="bo-return">
          <p className="bo-line">
            <strong>{one.number}</strong> · {one.siteName} · <RelativeTime at={one.createdAt} />
          </p>
          {one.lines.map((line) => (
            <p key={line.lineId} className="bo-line bo-quiet">
              {t('returns.line', {
                count: line.quantity,
                name: nameOf(line.lineId),
                reason: t(`reason.${line.reason}` as MessageId),
                disposition: t(`disposition.${line.disposition}` as MessageId),
              })}
            </p>
          ))}
          <p className="bo-line">
            <Money value={one.refund} />{' '}
            <StateBadge tone={refundTones[one.refundState]}>{t(`refund.${one.refundState}`)}</StateBadge>
          </p>
        </li>
      ))}
    </ul>
  )
}
