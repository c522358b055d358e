import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { countStates, type CountSummary } from '@ecluse/contracts/stock-counts.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { CountsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { PlaceAndState } from '../documents/place-and-state.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { CountBadge } from './count-badge.tsx'
import { scopeInWords } from './scope-in-words.ts'
import { NewCountPanel } from './new-count-panel.tsx'

const route = getRouteApi('/stock/counts')
const filterNames = ['state', 'place'] as const

export function CountsPage() {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<CountsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listStockCounts, { query: { state: search.state, placeId: search.place } }),
    placeholderData: keepPreviousData,
  })
  const begin = can('stock:receive') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setSearch({ open: 'new' })}>
      {t('counts.new')}
    </Button>
  )
  return (
    <Page title={t('nav.counts')} summary={t('counts.summary')} acts={begin}>
      <ListScreen
        name={t('counts.file')}
        label={t('nav.counts')}
        columns={useColumns()}
        pages={pages}
        rowId={(count) => count.id}
        rowName={(count) => count.number}
        search={search}
        onSearch={setSearch}
        filters={
          <PlaceAndState
            search={search}
            states={countStates.map((value) => ({ value, label: t(`count.state.${value}`) }))}
            onSearch={setSearch}
          />
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'open', label: t('count.state.open'), filters: { state: 'open' } },
          { id: 'review', label: t('count.state.review'), filters: { state: 'review' } },
        ]}
        onOpen={(count) => void navigate({ to: '/stock/counts/$countId', params: { countId: count.id } })}
        empty={
          <EmptyState title={t('counts.empty')} hint={t('counts.empty.help')}>
            {begin}
          </EmptyState>
        }
      />
      {search.open === 'new' && <NewCountPanel onClose={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

function useColumns(): readonly Column<CountSummary>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'place',
        header: t('stock.place'),
        cell: (count) => (
          <TwoLines
            first={
              <Link to="/stock/counts/$countId" params={{ countId: count.id }} className="bo-link" tabIndex={-1}>
                {`${count.placeName} · ${scopeInWords(t, count)}`}
              </Link>
            }
            second={count.number}
            narrow={<CountBadge state={count.state} />}
          />
        ),
        sort: (count) => count.placeName,
        csv: (count) => `${count.placeName} · ${scopeInWords(t, count)}`,
      },
      { id: 'number', header: t('documents.number'), cell: (o) => o.number, csv: (o) => o.number, from: 'csv' },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (count) => <CountBadge state={count.state} />,
        sort: (count) => count.state,
        csv: (count) => t(`count.state.${count.state}`),
        from: 'sm',
        width: 160,
      },
      {
        id: 'at',
        header: t('movements.at'),
        cell: (count) => <RelativeTime at={count.openedAt} />,
        sort: (count) => count.openedAt,
        csv: (count) => count.openedAt,
        from: 'md',
        width: 150,
      },
      {
        id: 'counted',
        header: t('counts.counted'),
        cell: (count) => (
          <span className="tabular">
            {t('documents.ofUnits', { count: count.countedCount, total: count.lineCount })}
          </span>
        ),
        sort: (count) => count.countedCount,
        csv: (count) => `${count.countedCount}/${count.lineCount}`,
        end: true,
        width: 116,
      },
    ],
    [t],
  )
}
