import { useMemo } from 'react'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { useKeyboardList } from '@ecluse/ui/keyboard-list.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { openShortcuts } from '../app/shortcuts.tsx'
import { Card } from '../common/card.tsx'

type Lists = { late: Fulfillment[]; toPrepare: Fulfillment[]; toShip: Fulfillment[]; ready: Fulfillment[] }

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
  const shown = {
    late: cut(lists.late),
    toPrepare: cut(lists.toPrepare),
    toShip: cut(lists.toShip),
    ready: cut(lists.ready),
  }
  const all = [...shown.late, ...shown.toPrepare, ...shown.toShip, ...shown.ready]
  const list = useKeyboardList({
    count: all.length,
    onOpen: (index) => all[index] && onOpen(all[index].id),
    onHelp: openShortcuts,
  })
  const error = toPrepare.error ?? ready.error
  if (error) return <ErrorNote error={error} onRetry={() => void Promise.all([toPrepare.refetch(), ready.refetch()])} />
  if (toPrepare.isPending || ready.isPending) return <Skeleton height={240} />
  const column = (name: keyof Lists, first: number, nothing: string) => (
    <Card title={`${t(`today.${name}`)} (${lists[name].length})`}>
      {lists[name].length === 0 && <EmptyState title={nothing} compact />}
      <ul className="bo-work">
        {shown[name].map((item, index) => {
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
                  <span>{item.customerName ?? item.orderNumber}</span>
                  <span>
                    {item.lines.map(({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name)).join(', ')}
                  </span>
                </span>
                <span className="bo-work-meta" data-late={item.late || undefined}>
                  {item.dueAt && <RelativeTime at={item.dueAt} />}
                </span>
              </div>
            </li>
          )
        })}
      </ul>
      {lists[name].length > mostShown && (
        <Link to="/preparations" search={{ ...behind[name], site: siteId }} className="bo-link bo-more">
          {t('today.more', { count: lists[name].length - mostShown })}
        </Link>
      )}
    </Card>
  )
  const { late, toPrepare: pickups, toShip } = shown
  return (
    <div className="bo-work-columns">
      {late.length > 0 && column('late', 0, '')}
      {column('toPrepare', late.length, t('today.nothingToPrepare'))}
      {toShip.length > 0 && column('toShip', late.length + pickups.length, '')}
      {column('ready', late.length + pickups.length + toShip.length, t('today.nothingReady'))}
    </div>
  )
}

/** What fits at a glance; the rest is in the list of preparations. */
const mostShown = 10
const cut = (items: readonly Fulfillment[]) => items.slice(0, mostShown)

/** The filters that show a whole list on the page of preparations. */
const behind = {
  late: { state: 'to_prepare' },
  toPrepare: { state: 'to_prepare', method: 'pickup' },
  toShip: { state: 'to_prepare', method: 'delivery' },
  ready: { state: 'ready', method: 'pickup' },
} as const

/** Late ones apart, then by the time they are due. */
function sorted(toPrepare: readonly Fulfillment[], ready: readonly Fulfillment[]): Lists {
  const byDue = (a: Fulfillment, b: Fulfillment) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')
  const inTime = toPrepare.filter(({ late }) => !late)
  return {
    late: toPrepare.filter(({ late }) => late).toSorted(byDue),
    toPrepare: inTime.filter(({ method }) => method !== 'delivery').toSorted(byDue),
    toShip: [...inTime, ...ready].filter(({ method }) => method === 'delivery').toSorted(byDue),
    ready: ready.filter(({ method }) => method !== 'delivery').toSorted(byDue),
  }
}
