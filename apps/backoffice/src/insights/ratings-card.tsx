import { Checkbox, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { Score } from '../orders/order-rating.tsx'

/** From here down somebody is not satisfied. */
const unhappyUntil = 3

/** What customers said of the orders of a period, in their words: the figure of satisfaction, down to each of them. */
export function RatingsCard({
  asked,
}: {
  asked: { from: string; until: string; channel?: string | undefined; siteId?: string | undefined }
}) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const [unhappy, setUnhappy] = useState(false)
  const { from, until, channel, siteId } = asked
  const query = useQuery(
    apiQuery(endpoints.listRatings, {
      query: {
        from,
        until,
        ...(channel ? { channel } : {}),
        ...(siteId ? { siteId } : {}),
        ...(unhappy ? { most: unhappyUntil } : {}),
      },
    }),
  )
  const items = query.data?.items ?? []
  return (
    <Card
      title={t('ratings.title')}
      acts={
        <Checkbox
          label={t('ratings.unhappy')}
          checked={unhappy}
          onChange={({ currentTarget }) => setUnhappy(currentTarget.checked)}
        />
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} />}
      {query.data && items.length === 0 && (
        <EmptyState title={t(unhappy ? 'ratings.noneUnhappy' : 'ratings.none')} hint={t('ratings.none.help')} compact />
      )}
      {items.length > 0 && (
        <ul className="bo-plain-list bo-ratings">
          {items.map((one) => (
            <li key={one.orderId}>
              <p>
                <Score score={one.score} />{' '}
                <Link to="/orders/$orderId" params={{ orderId: one.orderId }} className="bo-link">
                  {one.orderNumber}
                </Link>{' '}
                <span className="bo-quiet">
                  {channelName(one.channelCode)}
                  {one.siteName && ` · ${one.siteName}`} · {formatDate(one.changedAt, locale, 'day')}
                </span>
              </p>
              {one.comment && <p className="bo-wrap">{one.comment}</p>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
