import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { MessageBadge } from '../messages/message-badge.tsx'

/** The messages this order caused. */
export function OrderMessages({ orderId }: { orderId: string }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listMessages, { query: { orderId, limit: 50 } }))
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  const messages = query.data?.items ?? []
  if (!query.isPending && messages.length === 0) return <EmptyState title={t('orders.messages.none')} compact />
  return (
    <ul className="bo-plain-list">
      {messages.map((message) => (
        <li key={message.id} className="bo-row-between">
          <span className="bo-wrap">
            <Link to="/messages" search={{ open: message.id }} className="bo-link">
              {message.subject || t('orders.messages.unwritten')}
            </Link>
            <span className="bo-quiet bo-block">
              {message.to} · <RelativeTime at={message.createdAt} />
            </span>
          </span>
          <MessageBadge state={message.state} />
        </li>
      ))}
    </ul>
  )
}
