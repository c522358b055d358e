import { Group } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { GiftNote } from '@ecluse/ui/staff/gift-note.tsx'
import { useT } from '../app/i18n.ts'
import { PhoneLink } from '../common/phone-link.tsx'
import { ChannelOf } from '../network/channel-of.tsx'
import { DocumentBadge, PaymentBadge } from './order-states.tsx'

/** Who, when, by which channel, and how the paper and the money stand. */
export function OrderHead({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
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
      {order.appointment && (
        <p className="bo-line">
          {t('orders.appointment', {
            name: order.appointment.name,
            when: formatDate(order.appointment.startsAt, locale, 'full', order.appointment.timeZone),
            shop: order.appointment.siteName,
          })}
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
