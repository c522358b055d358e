import { Alert, Group } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierOrder } from '@ecluse/contracts/supplier-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { PreparationActs } from '../preparations/preparation-acts.tsx'
import { PreparationBadge } from '../preparations/preparation-badge.tsx'
import { awaitsAnswer } from './touched.ts'

/** What the supplier answers about a parcel they send to our customer: ready, gone with its tracking number, or refused. */
export function DirectCard({ order, fulfillmentId }: { order: SupplierOrder; fulfillmentId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const allowed = useCan()('orders:read')
  const query = useQuery({
    ...apiQuery(endpoints.getFulfillment, { params: { fulfillmentId }, query: { locale } }),
    enabled: allowed,
    refetchInterval: awaitsAnswer(order),
  })
  const preparation = query.data
  if (!preparation) return null
  const open = preparation.state === 'to_prepare' || preparation.state === 'ready'
  const left = open ? order.documents.findLast(({ leftToStaff }) => leftToStaff !== null) : undefined
  return (
    <Card title={t('supplierOrders.parcel')}>
      <p className="bo-line bo-quiet">{t('supplierOrders.parcel.help')}</p>
      {left?.leftToStaff && (
        <Alert
          color="orange"
          mt="sm"
          icon={<IconHandStop aria-hidden />}
          title={t(`supplierOrders.left.${left.leftToStaff}`)}
        >
          {t(`supplierOrders.left.${left.leftToStaff}.do`, { number: left.documentId })}
          {left.trackingId && (
            <span className="bo-block">
              {[t('supplierOrders.tracking', { number: left.trackingId }), left.carrier].filter(Boolean).join(' · ')}
            </span>
          )}
        </Alert>
      )}
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
