import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { PreparationLots } from '@ecluse/ui/staff/lots/preparation-lots.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { GiftNote } from '@ecluse/ui/staff/gift-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { PreparationBadge } from '../preparations/preparation-badge.tsx'
import { PackForm } from './pack-form.tsx'
import { ParcelCard } from './parcel-card.tsx'

const route = getRouteApi('/preparations/$fulfillmentId/packing')

/** The packing table: articles are scanned into a parcel, which is closed, labelled and given to the carrier. */
export function PackPage() {
  const t = useT()
  const { fulfillmentId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getPacking, { params: { fulfillmentId }, query: { locale } }))
  const packing = query.data
  return (
    <Page
      title={packing ? t('packing.title', { number: packing.fulfillment.orderNumber }) : t('packing.open')}
      badge={packing && <PreparationBadge preparation={packing.fulfillment} />}
      summary={packing && [packing.fulfillment.siteName, packing.fulfillment.customerName].filter(Boolean).join(' · ')}
      back={{ to: '/preparations', label: t('nav.preparations') }}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {packing && (
        <div className="bo-grid-2">
          <div className="bo-stack">
            {packing.left.length > 0 ? (
              // What somebody else has packed meanwhile is counted anew.
              <PackForm key={packing.left.map((line) => `${line.lineId}${line.quantity}`).join()} packing={packing} />
            ) : (
              <Card title={t('packing.left')}>
                <EmptyState compact title={t('packing.nothing')} hint={t('packing.nothing.help')} />
              </Card>
            )}
            <PreparationLots fulfillmentId={fulfillmentId} title={(id) => <h2 id={id}>{t('nav.lots')}</h2>} />
          </div>
          <Card title={t('parcels.title')}>
            {packing.fulfillment.gift && <GiftNote />}
            {packing.parcels.length === 0 && (
              <EmptyState compact title={t('packing.none')} hint={t('packing.none.help')} />
            )}
            {packing.parcels.map((parcel) => (
              <ParcelCard key={parcel.id} parcel={parcel} orderNumber={packing.fulfillment.orderNumber} />
            ))}
          </Card>
        </div>
      )}
    </Page>
  )
}
