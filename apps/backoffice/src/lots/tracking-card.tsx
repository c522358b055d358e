import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { TrackedVariant } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { TrackingForm } from './tracking-form.tsx'

/** How lots and serial numbers of a product's variants are followed: changed at once, apart from the product itself. */
export function TrackingCard({ productId }: { productId: string }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const [changing, setChanging] = useState<TrackedVariant | null>(null)
  const query = useQuery(apiQuery(endpoints.listTracking, { params: { productId }, query: { locale } }))
  const variants = query.data?.items ?? []
  return (
    <Card title={t('lots.tracking')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={60} />}
      <ul className="bo-plain-list">
        {variants.map((variant) => (
          <li key={variant.variantId} className="bo-row-between">
            <span className="bo-wrap">
              {variants.length > 1 && <strong>{variant.variantLabel || variant.sku}</strong>}{' '}
              {trackingInWords(t, variant.tracking)}
              {variant.tracking && (
                <>
                  {variant.withoutLot > 0 && (
                    <span className="bo-quiet bo-block">
                      {t('lots.tracking.without', { count: variant.withoutLot })}
                    </span>
                  )}
                  <span className="bo-block">
                    <Link to="/stock/lots" search={{ q: variant.sku }} className="bo-link">
                      {t('lots.tracking.see')}
                    </Link>
                  </span>
                </>
              )}
            </span>
            {can('stock:write') && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('lots.tracking.changeOf', { name: variant.variantLabel || variant.sku })}
                onClick={() => setChanging(variant)}
              >
                {t('lots.tracking.change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {changing && <TrackingForm variant={changing} all={variants} onClose={() => setChanging(null)} />}
    </Card>
  )
}

function trackingInWords(t: Translate, tracking: StockTracking | null): string {
  if (!tracking) return t('lots.tracking.none')
  return [
    t(`lots.tracking.${tracking.mode}`),
    tracking.withExpiry && t('lots.tracking.expiry'),
    tracking.minDaysLeft > 0 && t('lots.tracking.days', { count: tracking.minDaysLeft }),
  ]
    .filter(Boolean)
    .join(', ')
}
