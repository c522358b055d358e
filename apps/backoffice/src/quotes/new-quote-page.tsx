import { useState } from 'react'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { QuoteInput } from '@ecluse/contracts/quotes.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { useChannels } from '../network/use-channels.ts'
import { emptyDraft, linesOfCart } from './quote-draft.ts'
import { QuoteEditor } from './quote-editor.tsx'

const route = getRouteApi('/quotes/new')
const dayMs = 86_400_000

/** A quote from nothing, or from the basket a customer opened elsewhere and reads the code of. */
export function NewQuotePage() {
  const t = useT()
  const { pass } = route.useSearch()
  const navigate = route.useNavigate()
  const channels = useChannels()
  const rules = useQuery(apiQuery(endpoints.getQuoteRules, {}))
  const channel = (channels.find(({ medium, sells }) => medium === 'phone' && sells) ?? channels[0])?.code ?? ''
  const picked = useQuery({
    queryKey: ['pick-up', pass, channel],
    queryFn: () =>
      call(endpoints.pickUpPass, { params: { code: pass ?? '' }, body: { channel, locale: currentLocale() } }),
    enabled: pass !== undefined && channel !== '',
    retry: false,
    staleTime: Infinity,
  })
  const [now] = useState(() => Date.now())
  const cart = picked.data?.cart
  const ofQuote = cart?.quote ? cart.id : null
  const create = useAct({
    act: (input: QuoteInput, key) =>
      call(
        endpoints.createQuote,
        { body: { ...input, ...(cart ? { cartId: cart.id } : {}) } },
        { idempotencyKey: key },
      ),
    touches: ['/quotes'],
    done: (quote) => t('quotes.created', { number: quote.number }),
    onDone: (quote) => void navigate({ to: '/quotes/$quoteId', params: { quoteId: quote.id }, replace: true }),
  })
  const ready = channel !== '' && rules.data && (pass === undefined || picked.data)
  if (ofQuote) void navigate({ to: '/quotes/$quoteId', params: { quoteId: ofQuote }, replace: true })
  return (
    <Page
      title={t('quotes.new')}
      summary={cart ? t('quotes.fromPass', { code: picked.data?.pass.code ?? '' }) : undefined}
      back={{ to: '/quotes', label: t('nav.quotes') }}
    >
      {picked.isError && <ErrorNote error={picked.error} onRetry={() => void picked.refetch()} />}
      {!ready && !picked.isError && <Skeleton height={480} />}
      {ready && !ofQuote && (
        <QuoteEditor
          start={{
            ...emptyDraft(channel, new Date(now + rules.data.validityDays * dayMs).toISOString().slice(0, 10)),
            lines: cart ? linesOfCart(cart) : [],
          }}
          busy={create.isPending}
          saveLabel={t('quotes.create')}
          onSave={(input) => create.mutate(input)}
        />
      )}
    </Page>
  )
}
