import { useState } from 'react'
import { Alert, Skeleton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Quote, QuoteInput } from '@ecluse/contracts/quotes.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { Timeline } from '@ecluse/ui/timeline.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { PhoneLink } from '../common/phone-link.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { eventActor, eventDetail, eventTitle, eventTone } from '../orders/order-events.ts'
import { QuoteActs } from './quote-acts.tsx'
import { draftOf } from './quote-draft.ts'
import { QuoteEditor } from './quote-editor.tsx'
import { QuotePass } from './quote-pass.tsx'
import { QuoteRevisions } from './quote-revisions.tsx'
import { QuoteBadge } from './quote-state.tsx'

const route = getRouteApi('/quotes/$quoteId')

export function QuotePage() {
  const t = useT()
  const { quoteId } = route.useParams()
  const { locale } = useLocale()
  const [editing, setEditing] = useState(false)
  const query = useQuery(apiQuery(endpoints.getQuote, { params: { quoteId }, query: { locale } }))
  const quote = query.data
  return (
    <Page
      title={quote?.number ?? t('quotes.one')}
      badge={quote && <QuoteBadge state={quote.state} />}
      back={{ to: '/quotes', label: t('nav.quotes') }}
      acts={quote && !editing && <QuoteActs quote={quote} onEdit={() => setEditing(true)} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {quote && editing && <Revising quote={quote} onClose={() => setEditing(false)} />}
      {quote && !editing && <QuoteCards quote={quote} />}
    </Page>
  )
}

/** Changes a quote into its next revision. */
function Revising({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const t = useT()
  const current = quote.revisions[0]
  const revise = useAct({
    act: (input: QuoteInput) =>
      call(endpoints.reviseQuote, {
        params: { quoteId: quote.id },
        body: { ...input, locale: quote.locale, basedOn: quote.revision },
      }),
    touches: ['/quotes'],
    done: (after) => t('quotes.revised', { revision: after.revision }),
    onDone: onClose,
  })
  if (!current) return null
  return (
    <QuoteEditor
      start={draftOf(quote.channelCode, current)}
      busy={revise.isPending}
      saveLabel={t('quotes.revise', { revision: quote.revision + 1 })}
      onSave={(input) => revise.mutate(input)}
      onCancel={onClose}
    />
  )
}

function QuoteCards({ quote }: { quote: Quote }) {
  const t = useT()
  const { locale } = useLocale()
  const current = quote.revisions[0]
  if (!current) return null
  const { contact, company } = current
  return (
    <div className="bo-grid-2">
      <div className="bo-stack">
        {quote.order && (
          <Alert icon={<IconInfoCircle aria-hidden />}>
            <Link to="/orders/$orderId" params={{ orderId: quote.order.id }} className="bo-link">
              {t('quotes.becameOrder', { number: quote.order.number })}
            </Link>
          </Alert>
        )}
        {quote.reason && (
          <Alert icon={<IconInfoCircle aria-hidden />}>{t('orders.because', { reason: quote.reason })}</Alert>
        )}
        <QuoteRevisions quote={quote} />
      </div>
      <div className="bo-stack">
        <Card title={t('orders.customer')}>
          <p className="bo-wrap">
            {company ?? contact.name}
            {[company ? contact.name : null, contact.email].filter(Boolean).map((line) => (
              <span key={line} className="bo-quiet bo-block">
                {line}
              </span>
            ))}
          </p>
          {contact.phone && (
            <p className="bo-line">
              <PhoneLink phone={contact.phone} />
            </p>
          )}
          {quote.accepted && (
            <p className="bo-quiet">
              {t('quotes.acceptedBy', {
                revision: quote.accepted.revision,
                name: quote.accepted.by ?? '',
                date: formatDate(quote.accepted.at, locale, 'full'),
              })}
            </p>
          )}
        </Card>
        <QuotePass quote={quote} />
        <Card title={t('orders.timeline')}>
          <QuoteTimeline quote={quote} />
        </Card>
      </div>
    </div>
  )
}

function QuoteTimeline({ quote }: { quote: Quote }) {
  const t = useT()
  const { locale } = useLocale()
  const channelName = useChannelName()
  const entries = quote.timeline
    .map((entry, index) => ({ entry, index }))
    .toSorted((a, b) => b.index - a.index)
    .map(({ entry }) => ({
      id: entry.id,
      at: entry.at,
      title: eventTitle(entry.type, t),
      detail: eventDetail(entry, t, locale),
      actor: eventActor(entry.actor),
      medium: entry.medium,
      tone: eventTone(entry.type),
      ...(entry.channelCode ? { channelName: channelName(entry.channelCode) } : {}),
    }))
  return <Timeline entries={entries} label={t('orders.timeline')} />
}
