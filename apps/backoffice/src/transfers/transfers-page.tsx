import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { transferStates, type TransferSummary } from '@ecluse/contracts/transfers.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import type { TransfersSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { PlaceAndState } from '../documents/place-and-state.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { TransferBadge } from './transfer-badge.tsx'

const route = getRouteApi('/stock/transfers')
const filterNames = ['q', 'state', 'place'] as const

export function TransfersPage() {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<TransfersSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listTransfers, { query: { q: search.q, state: search.state, placeId: search.place } }),
    placeholderData: keepPreviousData,
  })
  const write = can('stock:write') && (
    <Button component={Link} to="/stock/transfers/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('transfers.new')}
    </Button>
  )
  return (
    <Page title={t('nav.transfers')} summary={t('transfers.summary')} acts={write}>
      <ListScreen
        name={t('transfers.file')}
        label={t('nav.transfers')}
        columns={useColumns()}
        pages={pages}
        rowId={(transfer) => transfer.id}
        rowName={(transfer) => transfer.number}
        search={search}
        onSearch={setSearch}
        searchLabel={t('transfers.search')}
        filters={
          <PlaceAndState
            search={search}
            states={transferStates.map((value) => ({ value, label: t(`transfer.state.${value}`) }))}
            onSearch={setSearch}
          />
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'requested', label: t('transfers.toSend'), filters: { state: 'requested' } },
          { id: 'sent', label: t('transfers.inTransit'), filters: { state: 'sent' } },
        ]}
        onOpen={(transfer) =>
          void navigate({ to: '/stock/transfers/$transferId', params: { transferId: transfer.id } })
        }
        empty={
          <EmptyState title={t('transfers.empty')} hint={t('transfers.empty.help')}>
            {write}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(): readonly Column<TransferSummary>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'way',
        header: t('transfers.way'),
        cell: (transfer) => (
          <TwoLines
            first={
              <Link
                to="/stock/transfers/$transferId"
                params={{ transferId: transfer.id }}
                className="bo-link"
                tabIndex={-1}
              >
                {`${transfer.fromPlaceName} → ${transfer.toPlaceName}`}
              </Link>
            }
            second={transfer.number}
            narrow={<TransferBadge state={transfer.state} />}
          />
        ),
        sort: (transfer) => `${transfer.fromPlaceName} ${transfer.toPlaceName}`,
        csv: (transfer) => `${transfer.fromPlaceName} → ${transfer.toPlaceName}`,
      },
      { id: 'number', header: t('documents.number'), cell: (o) => o.number, csv: (o) => o.number, from: 'csv' },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (transfer) => <TransferBadge state={transfer.state} />,
        sort: (transfer) => transfer.state,
        csv: (transfer) => t(`transfer.state.${transfer.state}`),
        from: 'sm',
        width: 150,
      },
      {
        id: 'at',
        header: t('movements.at'),
        cell: (transfer) => <RelativeTime at={transfer.requestedAt} />,
        sort: (transfer) => transfer.requestedAt,
        csv: (transfer) => transfer.requestedAt,
        from: 'md',
        width: 140,
      },
      ...unitColumns(t),
    ],
    [t],
  )
}

/** How many were asked for, and how many are on their way. */
function unitColumns(t: Translate): Column<TransferSummary>[] {
  return [
    {
      id: 'requested',
      header: t('transfers.requested'),
      cell: (transfer) => <span className="tabular">{transfer.requestedUnits}</span>,
      sort: (transfer) => transfer.requestedUnits,
      csv: (transfer) => transfer.requestedUnits,
      end: true,
      width: 104,
    },
    {
      id: 'transit',
      header: t('transfers.inTransit'),
      cell: (transfer) => (
        <span className={transfer.inTransitUnits === 0 ? 'tabular bo-zero' : 'tabular'}>{transfer.inTransitUnits}</span>
      ),
      sort: (transfer) => transfer.inTransitUnits,
      csv: (transfer) => transfer.inTransitUnits,
      end: true,
      from: 'sm',
      width: 104,
    },
  ]
}
