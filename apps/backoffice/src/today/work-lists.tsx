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
import { useT, type MessageId } from '../app/i18n.ts'
import type { PreparationsSearch } from '../app/search.ts'
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
  const more = Boolean(toPrepare.data?.nextCursor ?? ready.data?.nextCursor)
  const column = (name: keyof Lists, first: number) => (
    <WorkList
      title={t(lists.late.length > 0 && name in inTime ? inTime[name as keyof typeof inTime] : `today.${name}`)}
      items={lists[name]}
      more={more}
      nothing={nothing[name] && t(nothing[name])}
      behind={{ ...behind[name], site: siteId }}
      openId={openId}
      rowProps={(index) => list.rowProps(first + index)}
    />
  )
  const { late, toPrepare: pickups, toShip } = shown
  return (
    <div className="bo-work-columns">
      {late.length > 0 && column('late', 0)}
      {column('toPrepare', late.length)}
      {toShip.length > 0 && column('toShip', late.length + pickups.length)}
      {column('ready', late.length + pickups.length + toShip.length)}
    </div>
  )
}

/** One list of work: the first of it, and where the rest is. */
function WorkList({
  title,
  items,
  more,
  nothing,
  behind,
  openId,
  rowProps,
}: {
  title: string
  items: readonly Fulfillment[]
  /** There are more than were read: the count is then a least one. */
  more: boolean
  nothing: string | undefined
  behind: PreparationsSearch
  openId: string | undefined
  rowProps: ReturnType<typeof useKeyboardList>['rowProps']
}) {
  const t = useT()
  return (
    <Card title={`${title} (${items.length}${more ? '+' : ''})`}>
      {items.length === 0 && nothing && <EmptyState title={nothing} compact />}
      <ul className="bo-work">
        {cut(items).map((item, index) => (
          <li key={item.id}>
            <WorkRow item={item} open={openId === item.id} rowProps={rowProps(index)} />
          </li>
        ))}
      </ul>
      {items.length > mostShown && (
        <Link to="/preparations" search={behind} className="bo-link bo-more">
          {t('today.more', { count: items.length - mostShown })}
        </Link>
      )}
    </Card>
  )
}

/** For whom, what, and by when. */
function WorkRow({
  item,
  open,
  rowProps: { ref, ...rowProps },
}: {
  item: Fulfillment
  open: boolean
  rowProps: ReturnType<ReturnType<typeof useKeyboardList>['rowProps']>
}) {
  return (
    <div role="button" ref={ref} {...rowProps} className="bo-work-row" data-open={open || undefined}>
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
  )
}

/** While some are late, and listed apart, the others say that they are not. */
const inTime = { toPrepare: 'today.toPrepare.inTime', toShip: 'today.toShip.inTime' } as const

const nothing: Partial<Record<keyof Lists, MessageId>> = {
  toPrepare: 'today.nothingToPrepare',
  ready: 'today.nothingReady',
}

/** What fits at a glance; the rest is in the list of preparations. */
const mostShown = 10
const cut = (items: readonly Fulfillment[]) => items.slice(0, mostShown)

/** The filters that show a whole list on the page of preparations. */
const behind = {
  late: { state: 'to_prepare', sort: 'due', order: 'asc' },
  toPrepare: { state: 'to_prepare', method: 'pickup' },
  toShip: { state: 'to_prepare', method: 'delivery' },
  ready: { state: 'ready', method: 'pickup' },
} as const

/** Late ones apart, then by the time they are due. */
function sorted(toPrepare: readonly Fulfillment[], ready: readonly Fulfillment[]): Lists {
  const byDue = (a: Fulfillment, b: Fulfillment) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')
  const others = toPrepare.filter(({ late }) => !late)
  return {
    late: toPrepare.filter(({ late }) => late).toSorted(byDue),
    toPrepare: others.filter(({ method }) => method !== 'delivery').toSorted(byDue),
    toShip: [...others, ...ready].filter(({ method }) => method === 'delivery').toSorted(byDue),
    ready: ready.filter(({ method }) => method !== 'delivery').toSorted(byDue),
  }
}
