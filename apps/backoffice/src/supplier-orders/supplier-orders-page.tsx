import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlus, IconTruckDelivery } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { supplierOrderStates, type SupplierOrderSummary } from '@ecluse/contracts/supplier-orders.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import type { SupplierOrdersSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { PlaceAndState } from '../documents/place-and-state.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { SupplierOrderBadge } from './supplier-order-badge.tsx'

const route = getRouteApi('/stock/supplier-orders')
const filterNames = ['q', 'state', 'place'] as const

export function SupplierOrdersPage() {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<SupplierOrdersSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listSupplierOrders, {
      query: { q: search.q, state: search.state, placeId: search.place },
    }),
    placeholderData: keepPreviousData,
  })
  const write = can('stock:write') && (
    <Button component={Link} to="/stock/supplier-orders/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('supplierOrders.new')}
    </Button>
  )
  return (
    <Page
      title={t('supplierOrders.title')}
      summary={t('supplierOrders.summary')}
      acts={
        <>
          <TheyShip />
          {write}
        </>
      }
    >
      <ListScreen
        name={t('supplierOrders.file')}
        label={t('supplierOrders.title')}
        columns={useColumns()}
        pages={pages}
        rowId={(order) => order.id}
        rowName={(order) => order.number}
        search={search}
        onSearch={setSearch}
        searchLabel={t('supplierOrders.search')}
        filters={
          <PlaceAndState
            search={search}
            states={supplierOrderStates.map((value) => ({ value, label: t(`supplierOrder.state.${value}`) }))}
            onSearch={setSearch}
          />
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'ordered', label: t('supplierOrders.toReceive'), filters: { state: 'ordered' } },
          { id: 'draft', label: t('supplierOrders.drafts'), filters: { state: 'draft' } },
        ]}
        onOpen={(order) =>
          void navigate({ to: '/stock/supplier-orders/$supplierOrderId', params: { supplierOrderId: order.id } })
        }
        empty={
          <EmptyState title={t('supplierOrders.empty')} hint={t('supplierOrders.empty.help')}>
            {write}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** The way to suppliers who send to our customers. */
function TheyShip() {
  const t = useT()
  return (
    <Button
      component={Link}
      to="/stock/supplier-places"
      variant="default"
      leftSection={<IconTruckDelivery size={16} aria-hidden />}
    >
      {t('supplierPlaces.open')}
    </Button>
  )
}

function useColumns(): readonly Column<SupplierOrderSummary>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(
    () => [
      {
        id: 'supplier',
        header: t('supplierOrders.supplier'),
        cell: (order) => (
          <TwoLines
            first={
              <Link
                to="/stock/supplier-orders/$supplierOrderId"
                params={{ supplierOrderId: order.id }}
                className="bo-link"
                tabIndex={-1}
              >
                {order.supplierName}
              </Link>
            }
            second={order.number}
            narrow={<SupplierOrderBadge state={order.state} late={order.late} />}
          />
        ),
        sort: (order) => order.supplierName,
        csv: (order) => order.supplierName,
      },
      { id: 'number', header: t('documents.number'), cell: (o) => o.number, csv: (o) => o.number, from: 'csv' },
      {
        id: 'place',
        header: t('stock.place'),
        cell: (order) => order.placeName,
        sort: (order) => order.placeName,
        csv: (order) => order.placeName,
        from: 'md',
        width: 170,
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (order) => <SupplierOrderBadge state={order.state} late={order.late} />,
        sort: (order) => order.state,
        csv: (order) => t(`supplierOrder.state.${order.state}`),
        from: 'sm',
        width: 150,
      },
      ...figureColumns(t, locale),
    ],
    [t, locale],
  )
}

/** When it is expected, how much has come, and what it costs. */
function figureColumns(t: Translate, locale: Locale): Column<SupplierOrderSummary>[] {
  return [
    {
      id: 'expected',
      header: t('supplierOrders.expectedOn'),
      cell: (order) => (order.expectedOn ? formatDate(order.expectedOn, locale, 'day') : ''),
      sort: (order) => order.expectedOn,
      csv: (order) => order.expectedOn,
      from: 'sm',
      width: 120,
    },
    {
      id: 'units',
      header: t('supplierOrders.received'),
      cell: (order) => (
        <span className="tabular">
          {t('documents.ofUnits', { count: order.receivedUnits, total: order.orderedUnits })}
        </span>
      ),
      sort: (order) => order.receivedUnits,
      csv: (order) => `${order.receivedUnits}/${order.orderedUnits}`,
      end: true,
      width: 104,
    },
    {
      id: 'cost',
      header: t('supplierOrders.cost'),
      cell: (order) => order.cost && <Money value={order.cost} />,
      sort: (order) => order.cost?.amountMinor ?? null,
      csv: (order) => (order.cost ? (order.cost.amountMinor / 100).toFixed(2) : null),
      end: true,
      from: 'lg',
      width: 130,
    },
  ]
}
