import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { WithdrawalSummary } from '@ecluse/contracts/withdrawals.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT, type MessageId } from '../app/i18n.ts'
import type { WithdrawalsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'

const route = getRouteApi('/withdrawals')
const filterNames = ['q', 'open'] as const

/** Contracts buyers have withdrawn from: what is awaited, and by when money is to be given back. */
export function WithdrawalsPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<WithdrawalsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listWithdrawals, { query: { q: search.q, open: search.open } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('nav.withdrawals')} summary={t('withdrawals.summary')}>
      <ListScreen
        name={t('withdrawals.file')}
        label={t('nav.withdrawals')}
        columns={useColumns()}
        pages={pages}
        rowId={(withdrawal) => withdrawal.id}
        rowName={(withdrawal) => withdrawal.number}
        search={search}
        onSearch={setSearch}
        searchLabel={t('withdrawals.search')}
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'open', label: t('withdrawals.open'), filters: { open: 'true' } },
          { id: 'closed', label: t('withdrawals.closed'), filters: { open: 'false' } },
        ]}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        empty={<EmptyState title={t('withdrawals.empty')} hint={t('withdrawals.empty.help')} />}
      />
    </Page>
  )
}

/** What is to be done next, the most urgent first. */
function awaitedOf({ open, lines }: WithdrawalSummary): { tone: StateTone; label: MessageId } {
  if (!open) return { tone: 'done', label: 'withdrawals.closed' }
  if (lines.some((line) => line.outcome === 'to_stop' && line.open > 0))
    return { tone: 'urgent', label: 'withdrawals.toStop' }
  return { tone: 'waiting', label: 'withdrawals.toReturn' }
}

function useColumns(): readonly Column<WithdrawalSummary>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('orders.number'),
        cell: (row) => (
          <TwoLines
            first={
              <Link to="/orders/$orderId" params={{ orderId: row.orderId }} className="bo-link" tabIndex={-1}>
                {row.orderNumber}
              </Link>
            }
            second={row.name}
            narrow={<Awaited row={row} />}
          />
        ),
        csv: (row) => row.orderNumber,
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
        header: t('withdrawals.awaited'),
        cell: (row) => <Awaited row={row} />,
        csv: (row) => t(awaitedOf(row).label),
        from: 'sm',
        width: 190,
      },
      {
        id: 'declared',
        header: t('withdrawals.declared'),
        cell: (row) => <RelativeTime at={row.declaredAt} />,
        sort: (row) => row.declaredAt,
        csv: (row) => row.declaredAt,
        from: 'lg',
        width: 130,
      },
      {
        id: 'due',
        header: t('withdrawals.due'),
        cell: (row) => (row.open ? <RelativeTime at={row.refundDueAt} /> : null),
        sort: (row) => row.refundDueAt,
        csv: (row) => row.refundDueAt,
        width: 130,
      },
      {
        id: 'refund',
        header: t('withdrawals.refund'),
        cell: (row) => <Money value={row.refund} />,
        sort: (row) => row.refund.amountMinor,
        csv: (row) => (row.refund.amountMinor / 100).toFixed(2),
        from: 'sm',
        end: true,
        width: 120,
      },
    ],
    [t],
  )
}

function Awaited({ row }: { row: WithdrawalSummary }) {
  const t = useT()
  const { tone, label } = awaitedOf(row)
  return <StateBadge tone={tone}>{t(label)}</StateBadge>
}
