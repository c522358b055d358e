import { IconPackageExport } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OrderSummary } from '@ecluse/contracts/orders.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { OrdersSearch } from '../app/search.ts'
import { endOfDay, startOfDay } from '../common/company-day.ts'
import { Page } from '../common/page.tsx'
import type { BulkAct } from '../list/bulk-bar.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { usePrepareOrders } from '../preparations/use-prepare-orders.ts'
import { useOrderColumns } from './order-columns.tsx'
import { OrderFilters } from './order-filters.tsx'
import { OrderPanel } from './order-panel.tsx'

const route = getRouteApi('/orders')
const filterNames = [
  'q',
  'channel',
  'site',
  'document',
  'payment',
  'fulfillment',
  'delivery',
  'from',
  'until',
] as const satisfies readonly (keyof OrdersSearch)[]

export function OrdersPage() {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<OrdersSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listOrders, { query: queryOf(search) }),
    placeholderData: keepPreviousData,
  })
  const prepare = usePrepareOrders()
  const bulkActs: BulkAct<OrderSummary>[] = can('fulfillment:write')
    ? [
        {
          id: 'prepare',
          label: t('orders.bulk.prepare'),
          icon: IconPackageExport,
          applies: (order) => order.fulfillmentState === 'to_prepare',
          run: (rows) => prepare.mutate(rows),
          busy: prepare.isPending,
        },
      ]
    : []
  return (
    <Page title={t('nav.orders')} summary={t('orders.summary')}>
      <ListScreen
        name={t('orders.file')}
        label={t('nav.orders')}
        columns={useOrderColumns()}
        pages={pages}
        rowId={(order) => order.id}
        rowName={(order) => order.number}
        search={search}
        onSearch={setSearch}
        searchLabel={t('orders.search')}
        filters={<OrderFilters search={search} onSearch={setSearch} />}
        foldFilters
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'prepare', label: t('fulfillment.to_prepare'), filters: { fulfillment: 'to_prepare' } },
          { id: 'ready', label: t('fulfillment.ready'), filters: { fulfillment: 'ready' } },
          { id: 'unpaid', label: t('document.awaiting_payment'), filters: { document: 'awaiting_payment' } },
          { id: 'pickup', label: t('orders.view.pickup'), filters: { delivery: 'pickup' } },
        ]}
        bulkActs={bulkActs}
        onOpen={(order) => setSearch({ open: order.id })}
        empty={<EmptyState title={t('orders.empty')} hint={t('orders.empty.help')} />}
      />
      {search.open && <OrderPanel orderId={search.open} onClose={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

function queryOf(search: OrdersSearch) {
  return {
    q: search.q,
    channel: search.channel,
    siteId: search.site,
    documentState: search.document,
    paymentState: search.payment,
    fulfillmentState: search.fulfillment,
    deliveryMethod: search.delivery,
    from: search.from ? startOfDay(search.from).toISOString() : undefined,
    until: search.until ? endOfDay(search.until).toISOString() : undefined,
  }
}
