import { useMemo } from 'react'
import { IconPackage, IconRoute } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { shipmentStates, type Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan, useMySites } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { PreparationsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { BulkAct } from '../list/bulk-bar.tsx'
import type { Column } from '../list/column.ts'
import { FilterChip } from '../list/filter-chip.tsx'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { OpenRounds } from '../picking/open-rounds.tsx'
import { usePickTogether } from '../picking/use-pick-together.ts'
import { PreparationBadge } from './preparation-badge.tsx'
import { PickupRulesButton } from './pickup-rules-form.tsx'
import { PreparationPanel } from './preparation-panel.tsx'
import { usePrepareMany } from './use-prepare-orders.ts'

const route = getRouteApi('/preparations')
const filterNames = ['q', 'site', 'state', 'late', 'method'] as const

export function PreparationsPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<PreparationsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listFulfillments, {
      query: {
        locale,
        q: search.q,
        siteId: search.site,
        ...statesOf(search),
        late: search.late,
        method: search.method,
      },
    }),
    placeholderData: keepPreviousData,
  })
  const bulkActs = useBulkActs()
  return (
    <Page
      title={t('nav.preparations')}
      summary={t('preparation.summary')}
      acts={can('appointments:manage') && <PickupRulesButton />}
    >
      <OpenRounds siteId={search.site} />
      <ListScreen
        name={t('preparation.file')}
        label={t('nav.preparations')}
        columns={useColumns()}
        pages={pages}
        rowId={(preparation) => preparation.id}
        rowName={(preparation) => preparation.orderNumber}
        search={search}
        onSearch={setSearch}
        searchLabel={t('preparation.search')}
        filters={<Filters search={search} onSearch={setSearch} />}
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'late', label: t('preparation.late'), filters: { late: 'true' } },
          { id: 'prepare', label: t('shipment.to_prepare'), filters: { state: 'to_prepare' } },
          { id: 'ready', label: t('shipment.ready'), filters: { state: 'ready' } },
          { id: 'ship', label: t('preparation.view.ship'), filters: { state: 'open', method: 'delivery' } },
        ]}
        bulkActs={bulkActs}
        onOpen={(preparation) => setSearch({ open: preparation.id })}
        empty={<EmptyState title={t('preparation.empty')} hint={t('preparation.empty.help')} />}
      />
      {search.open && <PreparationPanel preparationId={search.open} onClose={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

/** What can be done with several at once. */
function useBulkActs(): readonly BulkAct<Fulfillment>[] {
  const t = useT()
  const can = useCan()
  const prepare = usePrepareMany()
  const pick = usePickTogether()
  if (!can('fulfillment:write')) return []
  const applies = ({ state }: Fulfillment): boolean => state === 'to_prepare'
  return [
    { id: 'pick', label: t('picking.together'), icon: IconRoute, applies, run: pick.mutate, busy: pick.isPending },
    {
      id: 'prepare',
      label: t('preparation.prepare'),
      icon: IconPackage,
      applies,
      run: prepare.mutate,
      busy: prepare.isPending,
    },
  ]
}

function statesOf({ state }: PreparationsSearch): { state?: Fulfillment['state'][] } {
  if (state === undefined) return {}
  return { state: state === 'open' ? ['to_prepare', 'ready'] : [state] }
}

function Filters({
  search,
  onSearch,
}: {
  search: PreparationsSearch
  onSearch: (patch: Partial<PreparationsSearch>) => void
}) {
  const t = useT()
  const sites = useMySites()
  return (
    <>
      <FilterSelect
        label={t('orders.site')}
        value={search.site}
        options={sites.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        onChange={(site) => onSearch({ site })}
      />
      <FilterSelect
        label={t('orders.state')}
        value={search.state}
        options={(['open', ...shipmentStates] as const).map((value) => ({ value, label: t(`shipment.${value}`) }))}
        onChange={(state) => onSearch({ state })}
      />
      <FilterSelect
        label={t('orders.delivery')}
        value={search.method}
        options={(['pickup', 'delivery'] as const).map((value) => ({ value, label: t(`delivery.${value}`) }))}
        onChange={(method) => onSearch({ method })}
      />
      {search.late && <FilterChip label={t('preparation.late')} onRemove={() => onSearch({ late: undefined })} />}
    </>
  )
}

function useColumns(): readonly Column<Fulfillment>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('orders.number'),
        cell: (row) => (
          <TwoLines
            first={row.orderNumber}
            second={row.customerName ?? t('orders.anonymous')}
            narrow={<PreparationBadge preparation={row} />}
          />
        ),
        sort: (row) => row.orderNumber,
        csv: (row) => row.orderNumber,
      },
      {
        id: 'articles',
        header: t('preparation.articles'),
        cell: (row) => <TwoLines first={articlesOf(row)} second={row.lines.map(({ sku }) => sku).join(', ')} />,
        csv: (row) => articlesOf(row),
        from: 'md',
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (row) => <PreparationBadge preparation={row} />,
        sort: (row) => row.state,
        csv: (row) => t(`shipment.${row.state}`),
        from: 'sm',
        width: 132,
      },
      {
        id: 'method',
        header: t('orders.delivery'),
        cell: (row) => t(`delivery.${row.method}`),
        sort: (row) => row.method,
        csv: (row) => t(`delivery.${row.method}`),
        from: 'lg',
        width: 132,
      },
      {
        id: 'site',
        header: t('orders.site'),
        cell: (row) => row.siteName,
        sort: (row) => row.siteName,
        csv: (row) => row.siteName,
        from: 'md',
        width: 168,
      },
      {
        id: 'due',
        header: t('preparation.due'),
        cell: (row) => (row.dueAt ? <RelativeTime at={row.dueAt} /> : null),
        sort: (row) => row.dueAt,
        csv: (row) => row.dueAt,
        width: 140,
      },
    ],
    [t],
  )
}

function articlesOf({ lines }: Fulfillment): string {
  return lines.map(({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name)).join(', ')
}
