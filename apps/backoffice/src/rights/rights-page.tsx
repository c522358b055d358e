import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { RightsSummary } from '@ecluse/contracts/rights.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { RightsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { RightsState } from './rights-state.tsx'
import { RightsTabs } from './rights-tabs.tsx'

const route = getRouteApi('/rights')
const filterNames = ['state'] as const

/** What people asked about their data: those that wait by their term, or those that are closed. */
export function RightsPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<RightsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listRightsRequests, { query: { state: search.state ?? 'open' } }),
    placeholderData: keepPreviousData,
  })
  const first = useQuery(apiQuery(endpoints.listRightsRequests, { query: { limit: 1 } })).data
  return (
    <Page
      title={t('nav.rights')}
      summary={first ? t('rights.summary', { open: first.open, late: first.late }) : t('rights.lead')}
    >
      <RightsTabs here="requests" />
      <ListScreen
        name={t('rights.file')}
        label={t('nav.rights')}
        columns={useColumns()}
        pages={pages}
        rowId={(request) => request.id}
        rowName={(request) => request.number}
        search={search}
        onSearch={setSearch}
        filterNames={filterNames}
        views={[
          { id: 'open', label: t('rights.open'), filters: {} },
          { id: 'closed', label: t('rights.closed'), filters: { state: 'closed' } },
        ]}
        onOpen={({ id }) => void navigate({ to: '/rights/$requestId', params: { requestId: id } })}
        empty={<EmptyState title={t('rights.empty')} hint={t('rights.empty.help')} />}
      />
    </Page>
  )
}

function useColumns(): readonly Column<RightsSummary>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('rights.number'),
        cell: (row) => (
          <TwoLines
            first={
              <Link to="/rights/$requestId" params={{ requestId: row.id }} className="bo-link" tabIndex={-1}>
                {row.number}
              </Link>
            }
            second={t(`rights.kind.${row.kind}`)}
            narrow={<RightsState request={row} />}
          />
        ),
        csv: (row) => row.number,
      },
      {
        id: 'origin',
        header: t('rights.origin'),
        cell: (row) => t(`rights.origin.${row.origin}`),
        csv: (row) => t(`rights.origin.${row.origin}`),
        from: 'md',
      },
      {
        id: 'state',
        header: t('rights.state'),
        cell: (row) => <RightsState request={row} />,
        csv: (row) => t(`rights.state.${row.state}`),
        from: 'sm',
        width: 190,
      },
      {
        id: 'received',
        header: t('rights.received'),
        cell: (row) => <RelativeTime at={row.receivedAt} />,
        csv: (row) => row.receivedAt,
        from: 'lg',
        width: 150,
      },
      {
        id: 'due',
        header: t('rights.due'),
        cell: (row) => (row.closedAt ? null : <RelativeTime at={row.dueAt} />),
        csv: (row) => row.dueAt,
        width: 150,
      },
    ],
    [t],
  )
}
