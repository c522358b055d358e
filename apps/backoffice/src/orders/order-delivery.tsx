import { Code } from '@mantine/core'
import type { OrderGroup } from '@ecluse/contracts/groups.ts'
import { orderOfGroup } from '@ecluse/contracts/order-of-group.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Section } from '../common/section.tsx'
import { CancelPart } from './cancel-part.tsx'

/** How and where the goods go, by when, and the code the customer shows. */
export function OrderDelivery({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const { delivery } = order
  return (
    <Facts
      facts={[
        [t('orders.way'), t(`delivery.${delivery.method}`)],
        [t('orders.site'), delivery.siteName],
        [
          t('orders.address'),
          delivery.address && (
            <address className="bo-address">
              {[
                delivery.address.name,
                delivery.address.street,
                delivery.address.street2,
                `${delivery.address.postalCode} ${delivery.address.locality}`,
                delivery.address.country === 'FR' ? null : delivery.address.country,
              ]
                .filter(Boolean)
                .map((line) => (
                  <span key={line} className="bo-block">
                    {line}
                  </span>
                ))}
            </address>
          ),
        ],
        [t('orders.window'), delivery.inWindow && windowWords(delivery, locale)],
        [t('orders.promised'), !delivery.inWindow && delivery.promisedAt && <RelativeTime at={delivery.promisedAt} />],
        [t('orders.latest'), !delivery.inWindow && delivery.latestAt && <RelativeTime at={delivery.latestAt} />],
        [t('orders.pickupCode'), delivery.pickupCode && <Code>{delivery.pickupCode}</Code>],
      ]}
    />
  )
}

const tones: Record<OrderGroup['state'], StateTone> = {
  to_prepare: 'waiting',
  ready: 'primary',
  partially_fulfilled: 'primary',
  fulfilled: 'done',
  cancelled: 'urgent',
}

/** One part of an order that goes several ways: its articles, its way, its date and its code. */
export function OrderPart({ order, group }: { order: Order; group: OrderGroup }) {
  const t = useT()
  const { locale } = useLocale()
  const part = orderOfGroup(order, group.no)
  return (
    <Section title={t('orders.part', { no: group.no + 1 })}>
      <p className="bo-line">
        <StateBadge tone={tones[group.state]}>
          {t(group.state === 'cancelled' ? 'document.cancelled' : `fulfillment.${group.state}`)}
        </StateBadge>
      </p>
      <p className="bo-line bo-quiet">
        {part.lines.map(({ quantity, name }) => t('preparation.line', { count: quantity, name })).join(', ')}
      </p>
      {group.cancelReason && <p className="bo-line bo-quiet">{reasonWords(group.cancelReason, t)}</p>}
      {group.timed === 'drive' && part.delivery.promisedAt && (
        <p className="bo-line">{t('orders.drive', { when: windowWords(part.delivery, locale) })}</p>
      )}
      <OrderDelivery order={part} />
      <CancelPart order={order} group={group} />
    </Section>
  )
}

/** Why a part was cancelled: by its buyer, or in the words of staff. */
const reasonWords = (reason: string, t: Translate): string =>
  reason === 'customer' ? t('cancelPart.byCustomer') : reason

/** The day and the two hours a delivery was promised in. */
function windowWords({ promisedAt, latestAt }: Order['delivery'], locale: Locale): string {
  if (!promisedAt || !latestAt) return ''
  const hours = `${formatDate(promisedAt, locale, 'time')} – ${formatDate(latestAt, locale, 'time')}`
  return `${formatDate(promisedAt, locale, 'weekday')}, ${hours}`
}
