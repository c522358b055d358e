import { Group } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT } from '../app/i18n.ts'
import { PhoneLink } from '../common/phone-link.tsx'
import { ChannelOf } from '../network/channel-of.tsx'
import { GiftNote } from './gift-note.tsx'
import { DocumentBadge, PaymentBadge } from './order-states.tsx'

/** Who, when, by which channel, and how the paper and the money stand. */
export function OrderHead({ order }: { order: Order }) {
  const t = useT()
  return (
    <div className="bo-section">
      <Group gap="sm" mb={8}>
        <ChannelOf code={order.channelCode} />
        <DocumentBadge state={order.documentState} />
        <PaymentBadge state={order.paymentState} />
      </Group>
      <p className="bo-line">
        <strong>{order.contact?.name ?? t('orders.anonymous')}</strong>
        {' · '}
        <RelativeTime at={order.placedAt} />
      </p>
      {order.contact?.email && (
        <p className="bo-line">
          <a className="bo-link" href={`mailto:${order.contact.email}`}>
            {order.contact.email}
          </a>
        </p>
      )}
      {order.contact?.phone && (
        <p className="bo-line">
          <PhoneLink phone={order.contact.phone} />
        </p>
      )}
      {order.gift && (
        <>
          <GiftNote />
          {order.gift.message && <p className="bo-line bo-gift-words">{order.gift.message}</p>}
        </>
      )}
    </div>
  )
}
