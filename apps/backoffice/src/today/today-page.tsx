import { Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useMySites, useSession } from '@ecluse/ui/staff/session.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { PreparationPanel } from '../preparations/preparation-panel.tsx'
import { Figures } from './figures.tsx'
import { SalesByDay } from './sales-by-day.tsx'
import { SalesToday } from './sales-today.tsx'
import { WorkLists } from './work-lists.tsx'
import { ObjectivesNotice } from '../strategy/objectives/objectives-notice.tsx'
import { SwitchedOffNotice } from '../webhooks/switched-off.tsx'

const route = getRouteApi('/')

/** The work of the day, of one shop or of all: what to do first, figures after. */
export function TodayPage() {
  const t = useT()
  const { locale } = useLocale()
  const { siteIds } = useSession()
  const sites = useMySites()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), resetScroll: false })
  // Someone of one shop needs no choice; someone of several starts with the first.
  const siteId = search.site ?? (siteIds === null ? undefined : (siteIds[0] ?? undefined))
  const query = useQuery({
    ...apiQuery(endpoints.getToday, { query: { siteId } }),
    refetchInterval: 60_000,
  })
  const today = formatDate(Date.now(), locale, 'weekday')
  return (
    <Page
      title={t('nav.today')}
      summary={today}
      acts={
        sites.length > 1 && (
          <Select
            aria-label={t('today.site')}
            data={[
              ...(siteIds === null ? [{ value: '', label: t('today.everywhere') }] : []),
              ...sites.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={siteId ?? ''}
            searchable
            onChange={(site) => setSearch({ site: site || undefined })}
          />
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <div className="bo-stack">
        <SwitchedOffNotice />
        <ObjectivesNotice />
        {query.isPending && <Skeleton height={96} />}
        {query.data && <Figures today={query.data} siteId={siteId} />}
        <WorkLists siteId={siteId} openId={search.open} onOpen={(open) => setSearch({ open })} />
        {query.isPending && <Skeleton height={320} />}
        {query.data && (
          <div className="bo-plots">
            <SalesByDay today={query.data} />
            <SalesToday today={query.data} />
          </div>
        )}
      </div>
      {search.open && <PreparationPanel preparationId={search.open} onClose={() => setSearch({ open: undefined })} />}
    </Page>
  )
}
