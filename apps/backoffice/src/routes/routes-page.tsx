import { Button, Group, Select, Skeleton, TextInput } from '@mantine/core'
import { IconPrinter, IconRoute } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { DayRoutes } from '@ecluse/contracts/windows.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { dateOr } from '../windows/week.ts'
import { DayFigures } from './day-figures.tsx'
import { KeptPromises } from './kept-promises.tsx'
import { RouteGantt } from './route-gantt.tsx'
import { RouteSketch } from './route-sketch.tsx'
import { StopList } from './stop-list.tsx'
import { StopPanel } from './stop-panel.tsx'
import '../windows/windows.css'
import './routes.css'

const route = getRouteApi('/routes')
const pollMs = 1_000

/** The day of a depot: who drives where, when, and whether promises are kept. */
export function RoutesPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: { depot?: string; date?: string; open?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), resetScroll: false })
  const depots = useQuery(apiQuery(endpoints.listDepots, {}))
  const date = dateOr(search.date)
  const depot = depots.data?.items.find(({ placeId }) => placeId === search.depot) ?? depots.data?.items[0]
  return (
    <Page title={t('nav.routes')} summary={t('routes.summary')}>
      {depots.isError && <ErrorNote error={depots.error} onRetry={() => void depots.refetch()} />}
      {depots.isPending && <Skeleton height={320} />}
      {depots.isSuccess && !depot && <EmptyState title={t('routes.empty')} hint={t('routes.empty.help')} />}
      {depot && (
        <>
          <div className="bo-routes-bar">
            <Select
              label={t('routes.depot')}
              value={depot.placeId}
              allowDeselect={false}
              data={(depots.data?.items ?? []).map(({ placeId, name }) => ({ value: placeId, label: name }))}
              onChange={(next) => set({ ...(next ? { depot: next } : {}), open: undefined })}
            />
            <TextInput
              type="date"
              label={t('routes.date')}
              value={date}
              onChange={(event) => set({ date: dateOr(event.currentTarget.value), open: undefined })}
            />
          </div>
          <Day placeId={depot.placeId} date={date} open={search.open} onOpen={(open) => set({ open })} />
          <KeptPromises placeId={depot.placeId} date={date} />
        </>
      )}
    </Page>
  )
}

type DayProps = {
  placeId: string
  date: string
  open: string | undefined
  onOpen: (stopId: string | undefined) => void
}

function Day({ placeId, date, open, onOpen }: DayProps) {
  const t = useT()
  const query = useQuery({
    ...apiQuery(endpoints.getRoutes, { params: { placeId, date } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.progress == null ? false : pollMs),
  })
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={320} />
  const day = query.data
  const stops = [...day.routes.flatMap((one) => one.stops), ...day.unserved]
  const opened = stops.find(({ id }) => id === open)
  return (
    <div className="bo-stack bo-routes">
      <DayHead day={day} />
      {stops.length === 0 ? (
        <EmptyState title={t('routes.none')} hint={t('routes.none.help')} />
      ) : (
        <>
          <DayFigures day={day} />
          <Card title={t('routes.hours')}>
            <RouteGantt day={day} onOpen={onOpen} />
          </Card>
          <div className="bo-routes-two">
            <Card title={t('routes.sketch')}>
              <RouteSketch day={day} onOpen={onOpen} />
            </Card>
            <StopList day={day} onOpen={onOpen} />
          </div>
        </>
      )}
      {opened && <StopPanel key={opened.id} day={day} stop={opened} onClose={() => onOpen(undefined)} />}
    </div>
  )
}

function DayHead({ day }: { day: DayRoutes }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const plan = useAct({
    act: () => call(endpoints.planDay, { params: { placeId: day.placeId, date: day.date } }),
    touches: ['/depots'],
  })
  return (
    <div className="bo-routes-head">
      <h2>
        {day.placeName}, {formatDate(`${day.date}T12:00:00Z`, locale, 'weekday')}
      </h2>
      {day.plannedAt && (
        <span className="bo-quiet">
          {t('routes.drawn')} <RelativeTime at={day.plannedAt} />
        </span>
      )}
      <Group gap="xs" className="bo-no-print">
        {can('fulfillment:write') && (
          <Button
            variant="default"
            leftSection={<IconRoute size={16} aria-hidden />}
            loading={plan.isPending}
            disabled={day.progress !== null}
            onClick={() => plan.mutate()}
          >
            {t('routes.draw')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => globalThis.print()}
        >
          {t('routes.print')}
        </Button>
      </Group>
      {day.progress !== null && (
        <ProgressLine label={t('routes.drawing')} done={day.progress} total={100} state="running" />
      )}
    </div>
  )
}
