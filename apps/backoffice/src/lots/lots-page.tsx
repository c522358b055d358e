import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotSummary } from '@ecluse/contracts/lots.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useT, type Translate } from '../app/i18n.ts'
import type { LotsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { PlaceFilter } from '../documents/place-filter.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { LotBadge } from './lot-badge.tsx'

const route = getRouteApi('/stock/lots')
const filterNames = ['q', 'only', 'place'] as const
const kinds = ['on_hand', 'expiring', 'kept_back', 'blocked'] as const

/** Lots and serial numbers: searched by number, by scanned symbol or by article. */
export function LotsPage() {
  const t = useT()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<LotsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listLots, { query: { q: search.q, only: search.only, placeId: search.place, locale } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('nav.lots')} summary={t('lots.summary')}>
      <ListScreen
        name={t('lots.file')}
        label={t('nav.lots')}
        columns={useColumns()}
        pages={pages}
        rowId={(lot) => lot.id}
        rowName={(lot) => lot.number ?? ''}
        search={search}
        onSearch={setSearch}
        searchLabel={t('lots.search')}
        filters={
          <>
            <PlaceFilter place={search.place} onPlace={(place) => setSearch({ place })} />
            <FilterSelect
              label={t('lots.which')}
              value={search.only}
              options={kinds.map((value) => ({ value, label: t(`lots.only.${value}`) }))}
              onChange={(only) => setSearch({ only })}
            />
          </>
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          ...kinds.map((only) => ({ id: only, label: t(`lots.only.${only}`), filters: { only } })),
        ]}
        onOpen={(lot) => void navigate({ to: '/stock/lots/$lotId', params: { lotId: lot.id } })}
        empty={<EmptyState title={t('lots.empty')} hint={t('lots.empty.help')} />}
      />
    </Page>
  )
}

function useColumns(): readonly Column<LotSummary>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('lots.number'),
        cell: (lot) => (
          <TwoLines
            first={
              <Link to="/stock/lots/$lotId" params={{ lotId: lot.id }} className="bo-link" tabIndex={-1}>
                {lot.number}
              </Link>
            }
            second={t(lot.serial ? 'lots.serial' : 'lots.one')}
            narrow={<LotBadge lot={lot} />}
          />
        ),
        sort: (lot) => lot.number ?? '',
        csv: (lot) => lot.number,
      },
      {
        id: 'article',
        header: t('lots.article'),
        cell: ({ article }) => (
          <TwoLines
            first={[article.productName, article.variantLabel].filter(Boolean).join(' · ')}
            second={article.sku}
          />
        ),
        sort: ({ article }) => article.sku,
        csv: ({ article }) => article.sku,
        from: 'sm',
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (lot) => <LotBadge lot={lot} />,
        csv: (lot) => (lot.blocked ? t('lots.blocked') : lot.state && t(`lots.state.${lot.state}`)),
        from: 'sm',
        width: 130,
      },
      {
        id: 'expiresOn',
        header: t('lots.expiresOn'),
        cell: (lot) => (lot.expiresOn ? formatDate(lot.expiresOn, locale) : <span className="bo-quiet">–</span>),
        sort: (lot) => lot.expiresOn ?? '',
        csv: (lot) => lot.expiresOn,
        from: 'md',
        width: 150,
      },
      ...unitColumns(t),
    ],
    [t, locale],
  )
}

function unitColumns(t: Translate): Column<LotSummary>[] {
  const units = (count: number) => <span className={count === 0 ? 'tabular bo-zero' : 'tabular'}>{count}</span>
  return [
    {
      id: 'onHand',
      header: t('lots.onHand'),
      cell: (lot) => units(lot.onHand),
      sort: (lot) => lot.onHand,
      csv: (lot) => lot.onHand,
      end: true,
      width: 100,
    },
    {
      id: 'keptBack',
      header: t('lots.keptBack'),
      cell: (lot) => units(lot.keptBack),
      sort: (lot) => lot.keptBack,
      csv: (lot) => lot.keptBack,
      end: true,
      from: 'sm',
      width: 100,
    },
  ]
}
