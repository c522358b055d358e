import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { eventActor } from '../orders/order-events.ts'
import { reasonInWords } from './reason-in-words.ts'
import { Signed } from './signed.tsx'

/** The last movements of one article at one place, each with what was left after it. */
export function MovementLines({ variantId, placeId }: { variantId: string; placeId: string }) {
  const t = useT()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listMovements, { query: { variantId, placeId, locale, limit: 8 } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  const movements = query.data?.items ?? []
  if (!query.isPending && movements.length === 0) return <EmptyState title={t('movements.none')} compact />
  return (
    <ul className="bo-plain-list">
      {movements.map((movement) => (
        <li key={movement.id} className="bo-row-between">
          <span className="bo-wrap">
            {t(`movement.${movement.kind}`)}
            <span className="bo-quiet bo-block">
              <RelativeTime at={movement.at} />
              {reasonInWords(t, movement) && ` · ${reasonInWords(t, movement)}`}
              {eventActor(movement.actor) && ` · ${eventActor(movement.actor)}`}
            </span>
          </span>
          <span className="bo-balance">
            <Signed value={movement.quantity} />
            {movement.onHandAfter !== null && (
              <span className="bo-quiet bo-block">{t('movements.after', { count: movement.onHandAfter })}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
