import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ArticlePromise } from '@ecluse/contracts/availability.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ChannelMark } from '@ecluse/ui/channel-mark.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { AheadBadge } from '../orders/ahead-badge.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'

/** To whom it is promised: orders, carts and quotes, the oldest first. */
export function PromisesPart({ variantId }: { variantId: string }) {
  const t = useT()
  const pages = useInfiniteQuery(
    apiPages(endpoints.listArticlePromises, { params: { variantId }, query: { limit: 50 } }),
  )
  const promises = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={t('availability.promises')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={120} />}
      {pages.data && promises.length === 0 && (
        <EmptyState title={t('availability.promises.none')} hint={t('availability.promises.help')} compact />
      )}
      {promises.length > 0 && (
        <ul className="av-promises">
          {promises.map((promise) => (
            <PromiseLine key={`${promise.documentId} ${promise.placeId} ${promise.madeAt}`} promise={promise} />
          ))}
        </ul>
      )}
      <MoreButton pages={pages} />
    </Card>
  )
}

function PromiseLine({ promise }: { promise: ArticlePromise }) {
  const t = useT()
  const nameOf = useChannelName()
  const medium = useChannels().find(({ code }) => code === promise.channelCode)?.medium
  return (
    <li>
      <span className="av-units tabular">{promise.units}</span>
      <span className="bo-wrap">
        <Document promise={promise} />
        {promise.customer && ` · ${promise.customer}`}
        {promise.ahead && (
          <span className="bo-block">
            <AheadBadge ahead={promise.ahead} />
          </span>
        )}
        <span className="bo-quiet bo-block">
          {promise.placeName ?? t('availability.promises.noPlace')} · <RelativeTime at={promise.madeAt} />
          {promise.until && (
            <>
              {' · '}
              {t('availability.promises.until')} <RelativeTime at={promise.until} />
            </>
          )}
        </span>
      </span>
      {medium && <ChannelMark medium={medium} label={nameOf(promise.channelCode)} />}
    </li>
  )
}

/** The document that holds the promise, as a link where it has a page. */
function Document({ promise }: { promise: ArticlePromise }) {
  const t = useT()
  const name = t(`availability.promises.${promise.kind}`, { number: promise.number ?? '' })
  if (promise.kind === 'cart') return <span>{name}</span>
  const className = 'bo-link'
  return promise.kind === 'quote' ? (
    <Link to="/quotes/$quoteId" params={{ quoteId: promise.documentId }} className={className}>
      {name}
    </Link>
  ) : (
    <Link to="/orders/$orderId" params={{ orderId: promise.documentId }} className={className}>
      {name}
    </Link>
  )
}
