import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockMovement } from '@ecluse/contracts/inventory.ts'
import { movementKinds } from '@ecluse/contracts/movement-kinds.ts'
import { reasonCodes } from '@ecluse/contracts/reason-codes.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useT, type Translate } from '../app/i18n.ts'
import type { MovementsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { PlaceFilter } from '../documents/place-filter.tsx'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { eventActor } from '../orders/order-events.ts'
import { reasonInWords } from './reason-in-words.ts'
import { Signed } from './signed.tsx'

const route = getRouteApi('/stock/movements')
const filterNames = ['place', 'variant', 'kind', 'reason'] as const

/** The journal of stock; for one article at one place, with its running balance. */
export function MovementsPage() {
  const t = useT()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<MovementsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listMovements, {
      query: { locale, placeId: search.place, variantId: search.variant, kind: search.kind, reasonCode: search.reason },
    }),
    placeholderData: keepPreviousData,
  })
  const one = search.variant ? pages.data?.pages[0]?.items[0] : undefined
  const summary = one ? `${one.productName} · ${one.sku}` : t('movements.summary')
  return (
    <Page
      title={t('nav.movements')}
      summary={summary}
      {...(one ? { back: { to: '/stock', label: t('nav.stock') } } : {})}
    >
      <ListScreen
        name={t('movements.file')}
        label={t('nav.movements')}
        columns={useColumns(search.variant !== undefined && search.place !== undefined)}
        pages={pages}
        rowId={(movement) => movement.id}
        rowName={(movement) => movement.sku}
        search={search}
        onSearch={setSearch}
        filters={<Filters search={search} onSearch={setSearch} />}
        filterNames={filterNames}
        selectable={false}
        empty={<EmptyState title={t('movements.empty')} hint={t('movements.empty.help')} />}
      />
    </Page>
  )
}

function Filters({
  search,
  onSearch,
}: {
  search: MovementsSearch
  onSearch: (patch: Partial<MovementsSearch>) => void
}) {
  const t = useT()
  return (
    <>
      <PlaceFilter place={search.place} onPlace={(place) => onSearch({ place })} />
      <FilterSelect
        label={t('movements.kind')}
        value={search.kind}
        options={movementKinds.map((value) => ({ value, label: t(`movement.${value}`) }))}
        onChange={(kind) => onSearch({ kind })}
      />
      <FilterSelect
        label={t('documents.reason')}
        value={search.reason}
        options={reasonCodes.map((value) => ({ value, label: t(`reasonCode.${value}`) }))}
        searchable
        onChange={(reason) => onSearch({ reason })}
      />
    </>
  )
}

function useColumns(withBalance: boolean): readonly Column<StockMovement>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'article',
        header: t('orders.article'),
        cell: (movement) => (
          <TwoLines
            first={[movement.productName, movement.variantLabel].filter(Boolean).join(' · ')}
            second={
              <Link
                to="/stock/movements"
                search={{ variant: movement.variantId, place: movement.placeId }}
                className="bo-quiet-link"
              >
                {movement.sku}
              </Link>
            }
            narrow={`${t(`movement.${movement.kind}`)}, ${movement.placeName}`}
          />
        ),
        sort: (movement) => movement.productName,
        csv: (movement) => movement.sku,
      },
      ...reasonColumns(t),
      {
        id: 'at',
        header: t('movements.at'),
        cell: (movement) => <RelativeTime at={movement.at} />,
        sort: (movement) => movement.at,
        csv: (movement) => movement.at,
        width: 140,
      },
      {
        id: 'quantity',
        header: t('movements.change'),
        cell: (movement) => <Signed value={movement.quantity} />,
        sort: (movement) => movement.quantity,
        csv: (movement) => movement.quantity,
        end: true,
        width: 96,
      },
      ...(withBalance ? [balanceColumn(t)] : []),
    ],
    [t, withBalance],
  )
}

/** What moved it, where, for which order, and who. */
function reasonColumns(t: Translate): Column<StockMovement>[] {
  return [
    {
      id: 'kind',
      header: t('movements.kind'),
      cell: (movement) => (
        <TwoLines
          first={t(`movement.${movement.kind}`)}
          second={[reasonInWords(t, movement), movement.orderId ? null : movement.reference]
            .filter(Boolean)
            .join(' · ')}
        />
      ),
      sort: (movement) => movement.kind,
      csv: (movement) => t(`movement.${movement.kind}`),
      from: 'sm',
      width: 156,
    },
    {
      id: 'reason',
      header: t('documents.reason'),
      cell: (movement) => reasonInWords(t, movement),
      csv: (movement) => reasonInWords(t, movement),
      from: 'csv',
    },
    {
      id: 'place',
      header: t('stock.place'),
      cell: (movement) => movement.placeName,
      sort: (movement) => movement.placeName,
      csv: (movement) => movement.placeName,
      from: 'md',
      width: 150,
    },
    {
      id: 'order',
      header: t('orders.number'),
      cell: (movement) =>
        movement.orderId && (
          <Link to="/orders/$orderId" params={{ orderId: movement.orderId }} className="bo-link">
            {movement.reference ?? t('orders.one')}
          </Link>
        ),
      csv: (movement) => movement.reference,
      from: 'lg',
      width: 168,
    },
    {
      id: 'actor',
      header: t('movements.actor'),
      cell: (movement) => eventActor(movement.actor),
      sort: (movement) => movement.actor,
      csv: (movement) => movement.actor,
      from: 'xl',
      width: 150,
    },
  ]
}

/** What was on the shelf after each movement; it only means something for one article at one place. */
function balanceColumn(t: Translate): Column<StockMovement> {
  return {
    id: 'after',
    header: t('movements.balance'),
    cell: (movement) => <span className="tabular">{movement.onHandAfter}</span>,
    csv: (movement) => movement.onHandAfter,
    end: true,
    width: 96,
  }
}
