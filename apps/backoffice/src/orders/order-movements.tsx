import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Signed } from '../stock/signed.tsx'

/** The stock movements this order wrote. */
export function OrderMovements({ orderId }: { orderId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listMovements, { query: { orderId, locale, limit: 100 } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  const movements = query.data?.items ?? []
  if (!query.isPending && movements.length === 0) return <EmptyState title={t('orders.movements.none')} compact />
  return (
    <ul className="bo-plain-list">
      {movements.map((movement) => (
        <li key={movement.id} className="bo-row-between">
          <span className="bo-wrap">
            {t(`movement.${movement.kind}`)} · {movement.productName}
            <span className="bo-quiet bo-block">
              {movement.sku} · {movement.placeName} · <RelativeTime at={movement.at} />
            </span>
          </span>
          <Signed value={movement.quantity} />
        </li>
      ))}
    </ul>
  )
}
