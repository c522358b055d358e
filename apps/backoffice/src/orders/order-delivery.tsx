import { Code } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'

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

/** The day and the two hours a delivery was promised in. */
function windowWords({ promisedAt, latestAt }: Order['delivery'], locale: Locale): string {
  if (!promisedAt || !latestAt) return ''
  const hours = `${formatDate(promisedAt, locale, 'time')} – ${formatDate(latestAt, locale, 'time')}`
  return `${formatDate(promisedAt, locale, 'weekday')}, ${hours}`
}
