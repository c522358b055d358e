import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { returnStates, type ReturnRequest } from '@ecluse/contracts/returns.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { ReturnsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { ReturnPanel } from './return-panel.tsx'
import { ReturnBadge } from './return-state.tsx'

const route = getRouteApi('/returns')
const filterNames = ['q', 'state'] as const

/** Returns that were asked for: what is awaited, what has arrived and is to be looked at, what was decided. */
export function ReturnsPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<ReturnsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listReturns, { query: { q: search.q, state: search.state } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('nav.returns')} summary={t('returnList.summary')}>
      <ListScreen
        name={t('returnList.file')}
        label={t('nav.returns')}
        columns={useColumns()}
        pages={pages}
        rowId={(one) => one.id}
        rowName={(one) => one.number}
        search={search}
        onSearch={setSearch}
        searchLabel={t('returnList.search')}
        filters={
          <FilterSelect
            label={t('orders.state')}
            value={search.state}
            options={(['open', ...returnStates] as const).map((value) => ({
              value,
              label: t(`returnState.${value}`),
            }))}
            onChange={(state) => setSearch({ state })}
          />
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'received', label: t('returnState.received'), filters: { state: 'received' } },
          { id: 'asked', label: t('returnState.asked'), filters: { state: 'asked' } },
          { id: 'closed', label: t('returnState.closed'), filters: { state: 'closed' } },
        ]}
        onOpen={({ id }) => setSearch({ open: id })}
        empty={<EmptyState title={t('returnList.empty')} hint={t('returnList.empty.help')} />}
      />
      {search.open && <ReturnPanel returnId={search.open} onClose={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

const isOpen = ({ state }: ReturnRequest): boolean => state === 'asked' || state === 'received'

function useColumns(): readonly Column<ReturnRequest>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('returnList.number'),
        cell: (row) => (
          <TwoLines
            first={row.number}
            second={row.customerName ?? row.orderNumber}
            narrow={<ReturnBadge state={row.state} />}
          />
        ),
        csv: (row) => row.number,
        width: 170,
      },
      {
        id: 'articles',
        header: t('withdrawals.articles'),
        cell: (row) => row.lines.map((line) => `${line.quantity} × ${line.name}`).join(', '),
        csv: (row) => row.lines.map((line) => `${line.quantity} × ${line.sku}`).join(', '),
        from: 'md',
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (row) => <ReturnBadge state={row.state} />,
        csv: (row) => t(`returnState.${row.state}`),
        from: 'sm',
        width: 170,
      },
      {
        id: 'asked',
        header: t('returnList.asked'),
        cell: (row) => <RelativeTime at={row.askedAt} />,
        sort: (row) => row.askedAt,
        csv: (row) => row.askedAt,
        from: 'lg',
        width: 130,
      },
      {
        id: 'due',
        header: t('withdrawals.due'),
        cell: (row) => (isOpen(row) && row.refundDueAt ? <RelativeTime at={row.refundDueAt} /> : null),
        sort: (row) => (isOpen(row) ? (row.refundDueAt ?? '') : ''),
        csv: (row) => row.refundDueAt ?? '',
        from: 'sm',
        width: 130,
      },
      {
        id: 'refund',
        header: t('withdrawals.refund'),
        cell: (row) => row.refund && <Money value={row.refund} />,
        sort: (row) => row.refund?.amountMinor ?? 0,
        csv: (row) => (row.refund ? (row.refund.amountMinor / 100).toFixed(2) : ''),
        from: 'sm',
        end: true,
        width: 120,
      },
    ],
    [t],
  )
}
