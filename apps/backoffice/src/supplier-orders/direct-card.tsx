import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { PreparationActs } from '../preparations/preparation-acts.tsx'
import { PreparationBadge } from '../preparations/preparation-badge.tsx'

/** What the supplier answers about a parcel they send to our customer: ready, gone with its tracking number, or refused. */
export function DirectCard({ fulfillmentId }: { fulfillmentId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const allowed = useCan()('orders:read')
  const query = useQuery({
    ...apiQuery(endpoints.getFulfillment, { params: { fulfillmentId }, query: { locale } }),
    enabled: allowed,
  })
  const preparation = query.data
  if (!preparation) return null
  return (
    <Card title={t('supplierOrders.parcel')}>
      <p className="bo-line bo-quiet">{t('supplierOrders.parcel.help')}</p>
      <Group gap="xs" mt="sm">
        <PreparationBadge preparation={preparation} />
        <PreparationActs preparation={preparation} />
      </Group>
      {preparation.trackingNumber && (
        <p className="bo-line">{t('supplierOrders.tracking', { number: preparation.trackingNumber })}</p>
      )}
    </Card>
  )
}
