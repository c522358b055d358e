import { Code } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'

/** How and where the goods go, by when, and the code the customer shows. */
export function OrderDelivery({ order }: { order: Order }) {
  const t = useT()
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
        [t('orders.promised'), delivery.promisedAt && <RelativeTime at={delivery.promisedAt} />],
        [t('orders.latest'), delivery.latestAt && <RelativeTime at={delivery.latestAt} />],
        [t('orders.pickupCode'), delivery.pickupCode && <Code>{delivery.pickupCode}</Code>],
      ]}
    />
  )
}
