import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DriveBoard } from '@ecluse/contracts/drive.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan, useMySites } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { useChannels } from '../network/use-channels.ts'
import { DriveSettings } from './drive-settings.tsx'

const route = getRouteApi('/drive')

/** The drive of a shop: its bays and slots, the customers of the day, and how long they waited. */
export function DrivePage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const sites = useMySites().filter(({ offersPickup }) => offersPickup)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  // A shop with times to offer first, so that the page opens on something.
  const channel = useChannels().find(({ medium, sells }) => medium === 'web' && sells)?.code ?? ''
  const offer = useQuery({
    ...apiQuery(endpoints.offerDriveSlots, { query: { channel, locale } }),
    enabled: channel !== '' && search.site === undefined,
    retry: false,
  })
  const open = new Set(offer.data?.sites.map((site) => site.siteId))
  const siteId = search.site ?? (offer.isFetching ? '' : (sites.find(({ id }) => open.has(id)) ?? sites[0])?.id) ?? ''
  const query = useQuery({
    ...apiQuery(endpoints.getDriveBoard, { params: { siteId }, query: { locale } }),
    enabled: siteId !== '',
    retry: false,
    refetchInterval: (state) => (state.state.error ? false : 10_000),
  })
  const none = query.error instanceof ApiError && query.error.problem.code === 'fulfillment.drive_not_found'
  const board = none ? undefined : query.data
  return (
    <Page
      title={t('nav.drive')}
      summary={t('drive.summary')}
      acts={
        <Select
          aria-label={t('orders.site')}
          value={siteId}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          allowDeselect={false}
          searchable
          onChange={(site) => void navigate({ search: { site: site ?? undefined }, replace: true })}
        />
      }
    >
      {query.isError && !none && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && siteId !== '' && <Skeleton height={320} />}
      {(board || none) && (
        <div className="bo-grid-2">
          <Card title={t('drive.today')}>{board ? <Visits board={board} /> : <NoDrive />}</Card>
          {can('windows:write') && (
            <Card title={t('drive.settings')}>
              <DriveSettings key={`${siteId}${board?.bays}`} siteId={siteId} board={board} />
            </Card>
          )}
        </div>
      )}
    </Page>
  )
}

function NoDrive() {
  const t = useT()
  return <EmptyState compact title={t('drive.none')} hint={t('drive.none.help')} />
}

function Visits({ board }: { board: DriveBoard }) {
  const t = useT()
  const { locale } = useLocale()
  const { served, medianWaitSeconds, withinFiveMinutes } = board.measured
  if (board.visits.length === 0) return <EmptyState compact title={t('drive.nobody')} hint={t('drive.nobody.help')} />
  return (
    <>
      {served > 0 && medianWaitSeconds !== null && (
        <p className="bo-line">
          {t('drive.measured', {
            count: served,
            minutes: Math.round(medianWaitSeconds / 6) / 10,
            share: Math.round((100 * withinFiveMinutes) / served),
          })}
        </p>
      )}
      <ul className="bo-plain-list">
        {board.visits.map((visit) => (
          <li key={visit.orderId} className="bo-row-between">
            <TwoLines
              first={
                <>
                  <strong>{formatDate(visit.startsAt, locale, 'dateTime')}</strong>{' '}
                  {visit.customerName ?? visit.orderNumber}
                </>
              }
              second={
                <>
                  <Link to="/orders/$orderId" params={{ orderId: visit.orderId }} className="bo-link">
                    {visit.orderNumber}
                  </Link>
                  {visit.vehicle && ` · ${visit.vehicle}`}
                </>
              }
            />
            <StateBadge tone={visit.servedAt ? 'done' : visit.arrivedAt ? 'urgent' : 'waiting'}>
              {visit.servedAt
                ? t('drive.served', { minutes: Math.round((visit.waitedSeconds ?? 0) / 60) })
                : visit.arrivedAt
                  ? t('drive.here', { bay: visit.bay ?? 0 })
                  : t('drive.awaited')}
            </StateBadge>
          </li>
        ))}
      </ul>
    </>
  )
}
