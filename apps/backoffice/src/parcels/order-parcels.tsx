import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import type { OrderParcels as Parcels } from '@ecluse/contracts/parcels.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { ParcelCard } from './parcel-card.tsx'

const tones: Record<Parcels['state'], StateTone> = {
  not_shipped: 'waiting',
  partially_shipped: 'waiting',
  shipped: 'primary',
  partially_delivered: 'primary',
  delivered: 'done',
}

/** The parcels of an order, when it has some: where each is, and what is still to be packed. */
export function OrderParcels({ order }: { order: Order }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getParcels, { params: { orderId: order.id }, query: { locale } }))
  const parcels = query.data
  if (!parcels || parcels.items.length === 0) return null
  const open = parcels.lines.reduce((sum, line) => sum + line.open, 0)
  return (
    <Card
      title={t('parcels.title')}
      acts={<StateBadge tone={tones[parcels.state]}>{t(`shipping.${parcels.state}`)}</StateBadge>}
    >
      {parcels.items.map((parcel) => (
        <ParcelCard key={parcel.id} parcel={parcel} orderNumber={order.number} />
      ))}
      {open > 0 && <p className="bo-line bo-quiet">{t('parcels.open', { count: open })}</p>}
    </Card>
  )
}
