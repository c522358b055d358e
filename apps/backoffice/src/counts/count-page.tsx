import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockCount } from '@ecluse/contracts/stock-counts.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { PrintButton } from '../documents/print-button.tsx'
import { CountBadge } from './count-badge.tsx'
import { CountReport } from './count-report.tsx'
import { CountingForm } from './counting-form.tsx'
import { scopeInWords } from './scope-in-words.ts'
import { touchedByCounts } from './touched.ts'

const route = getRouteApi('/stock/counts/$countId')

/** A count: to be counted, to be looked at, or what it found. */
export function CountPage() {
  const t = useT()
  const { countId } = route.useParams()
  const { locale } = useLocale()
  const [recounting, setRecounting] = useState(false)
  const query = useQuery(apiQuery(endpoints.getStockCount, { params: { countId }, query: { locale } }))
  const count = query.data
  const counting = count?.state === 'open' || (count?.state === 'review' && recounting)
  return (
    <Page
      narrow
      title={count?.number ?? t('counts.one')}
      badge={count && <CountBadge state={count.state} />}
      summary={count && `${count.placeName} · ${scopeInWords(t, count)}`}
      back={{ to: '/stock/counts', label: t('nav.counts') }}
      acts={count && <CountActs count={count} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {count && counting && (
        <CountingForm count={count} {...(count.state === 'review' ? { onDone: () => setRecounting(false) } : {})} />
      )}
      {count && !counting && count.state === 'cancelled' && <EmptyState title={t('counts.wasCancelled')} />}
      {count && !counting && count.state !== 'cancelled' && (
        <CountReport count={count} onRecount={() => setRecounting(true)} />
      )}
    </Page>
  )
}

function CountActs({ count }: { count: StockCount }) {
  const t = useT()
  const can = useCan()
  const cancel = useAct({
    act: (_: void, key) =>
      call(endpoints.cancelStockCount, { params: { countId: count.id }, body: {} }, { idempotencyKey: key }),
    touches: touchedByCounts,
    done: () => t('counts.wasCancelled'),
  })
  return (
    <>
      <PrintButton />
      {can('stock:receive') && (count.state === 'open' || count.state === 'review') && (
        <Button
          variant="default"
          leftSection={<IconX size={16} aria-hidden />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('counts.cancel')}
        </Button>
      )}
    </>
  )
}
