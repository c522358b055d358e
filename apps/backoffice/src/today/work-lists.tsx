import { useMemo } from 'react'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useKeyboardList } from '@ecluse/ui/keyboard-list.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '../app/api.ts'
import { useT } from '../app/i18n.tsx'
import { openShortcuts } from '../app/shortcuts.tsx'
import { Card } from '../common/card.tsx'
import { ErrorNote } from '../common/error-note.tsx'
import { PreparationBadge } from '../preparations/preparation-badge.tsx'

type Lists = { late: Fulfillment[]; toPrepare: Fulfillment[]; ready: Fulfillment[] }

/** What is late, to prepare and ready; each is finished from the panel beside, and the keys go through all three lists. */
export function WorkLists({
  siteId,
  openId,
  onOpen,
}: {
  siteId: string | undefined
  openId: string | undefined
  onOpen: (id: string) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const ask = (state: 'to_prepare' | 'ready') =>
    apiQuery(endpoints.listFulfillments, { query: { siteId, state, locale, limit: 60 } })
  const toPrepare = useQuery({ ...ask('to_prepare'), refetchInterval: 60_000 })
  const ready = useQuery({ ...ask('ready'), refetchInterval: 60_000 })
  const lists = useMemo(
    () => sorted(toPrepare.data?.items ?? [], ready.data?.items ?? []),
    [toPrepare.data, ready.data],
  )
  const all = [...lists.late, ...lists.toPrepare, ...lists.ready]
  const list = useKeyboardList({
    count: all.length,
    onOpen: (index) => all[index] && onOpen(all[index].id),
    onHelp: openShortcuts,
  })
  const error = toPrepare.error ?? ready.error
  if (error) return <ErrorNote error={error} onRetry={() => void Promise.all([toPrepare.refetch(), ready.refetch()])} />
  if (toPrepare.isPending || ready.isPending) return <Skeleton height={240} />
  const column = (title: string, items: readonly Fulfillment[], first: number, nothing: string) => (
    <Card title={`${title} (${items.length})`}>
      {items.length === 0 && <EmptyState title={nothing} compact />}
      <ul className="bo-work">
        {items.map((item, index) => {
          const { ref, ...rowProps } = list.rowProps(first + index)
          return (
            <li key={item.id}>
              <div
                role="button"
                ref={ref}
                {...rowProps}
                className="bo-work-row"
                data-open={openId === item.id || undefined}
              >
                <span className="bo-two">
                  <span>
                    {item.orderNumber} · {item.customerName ?? t('orders.anonymous')}
                  </span>
                  <span>
                    {item.lines.map(({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name)).join(', ')}
                  </span>
                </span>
                <span className="bo-work-meta">
                  {item.dueAt && <RelativeTime at={item.dueAt} />}
                  <PreparationBadge preparation={item} />
                </span>
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
  const { late, toPrepare: next } = lists
  return (
    <div className="bo-work-columns">
      {late.length > 0 && column(t('today.late'), late, 0, '')}
      {column(t('today.toPrepare'), next, late.length, t('today.nothingToPrepare'))}
      {column(t('today.ready'), lists.ready, late.length + next.length, t('today.nothingReady'))}
    </div>
  )
}

/** Late ones first, then by the time they are due. */
function sorted(toPrepare: readonly Fulfillment[], ready: readonly Fulfillment[]): Lists {
  const byDue = (a: Fulfillment, b: Fulfillment) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')
  return {
    late: toPrepare.filter(({ late }) => late).toSorted(byDue),
    toPrepare: toPrepare.filter(({ late }) => !late).toSorted(byDue),
    ready: [...ready].toSorted(byDue),
  }
}
