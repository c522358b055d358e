import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockLevel } from '@ecluse/contracts/inventory.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan, useMySites } from '@ecluse/ui/staff/session.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import type { StockSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { FilterChip } from '../list/filter-chip.tsx'
import { PlaceFilter } from '../documents/place-filter.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { AvailableWhy } from './available-why.tsx'
import { LevelPanel } from './level-panel.tsx'
import { MovementPanel } from './movement-panel.tsx'

const route = getRouteApi('/stock')
const filterNames = ['q', 'site', 'place', 'product', 'only'] as const
const idOf = (level: StockLevel) => `${level.variantId}.${level.placeId}`

export function StockPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<StockSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listStock, {
      query: {
        locale,
        q: search.q,
        siteId: search.site,
        placeId: search.place,
        productId: search.product,
        only: search.only,
      },
    }),
    placeholderData: keepPreviousData,
  })
  const close = () => setSearch({ open: undefined })
  const record = can('stock:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setSearch({ open: 'new' })}>
      {t('act.recordMovement')}
    </Button>
  )
  return (
    <Page title={t('nav.stock')} summary={t('stock.summary')} acts={record}>
      <ListScreen
        name={t('stock.file')}
        label={t('nav.stock')}
        columns={useColumns()}
        pages={pages}
        rowId={idOf}
        rowName={(level) => `${level.sku}, ${level.placeName}`}
        search={search}
        onSearch={setSearch}
        searchLabel={t('stock.search')}
        filters={<Filters search={search} onSearch={setSearch} />}
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'out', label: t('stock.only.out'), filters: { only: 'out' } },
          { id: 'low', label: t('stock.only.low'), filters: { only: 'low' } },
          { id: 'held', label: t('stock.only.held'), filters: { only: 'held' } },
        ]}
        onOpen={(level) => setSearch({ open: idOf(level) })}
        empty={
          <EmptyState title={t('stock.empty')} hint={t('stock.empty.help')}>
            {record}
          </EmptyState>
        }
      />
      {search.open === 'new' && <MovementPanel onClose={close} />}
      {search.open && search.open !== 'new' && <LevelPanel id={search.open} onClose={close} />}
    </Page>
  )
}

function Filters({ search, onSearch }: { search: StockSearch; onSearch: (patch: Partial<StockSearch>) => void }) {
  const t = useT()
  const site = useMySites().find(({ id }) => id === search.site)
  return (
    <>
      <PlaceFilter place={search.place} onPlace={(place) => onSearch({ place })} />
      {search.site && (
        <FilterChip label={site?.name ?? t('orders.site')} onRemove={() => onSearch({ site: undefined })} />
      )}
      {search.product && <FilterChip label={t('stock.oneArticle')} onRemove={() => onSearch({ product: undefined })} />}
    </>
  )
}

function useColumns(): readonly Column<StockLevel>[] {
  const t = useT()
  return useMemo(() => {
    const figure = (id: 'onHand' | 'held' | 'committed' | 'safety', from: 'sm' | 'md' | 'xl'): Column<StockLevel> => ({
      id,
      header: t(`stock.${id}`),
      cell: (level) => <span className={level[id] === 0 ? 'tabular bo-zero' : 'tabular'}>{level[id]}</span>,
      sort: (level) => level[id],
      csv: (level) => level[id],
      end: true,
      from,
      width: 96,
    })
    return [
      {
        id: 'article',
        header: t('orders.article'),
        cell: (level) => (
          <span className="bo-named">
            <Thumb url={level.imageUrl} />
            <TwoLines
              first={[level.productName, level.variantLabel].filter(Boolean).join(' · ')}
              second={<SkuAndPlace level={level} />}
            />
          </span>
        ),
        sort: (level) => `${level.productName} ${level.variantLabel}`,
        csv: (level) => [level.productName, level.variantLabel].filter(Boolean).join(' · '),
      },
      { id: 'sku', header: t('variants.sku'), cell: (level) => level.sku, csv: (level) => level.sku, from: 'csv' },
      {
        id: 'place',
        header: t('stock.place'),
        cell: (level) => level.placeName,
        sort: (level) => level.placeName,
        csv: (level) => level.placeName,
        from: 'sm',
        width: 150,
      },
      figure('onHand', 'sm'),
      figure('held', 'md'),
      figure('committed', 'md'),
      figure('safety', 'xl'),
      {
        id: 'available',
        header: t('stock.available'),
        cell: (level) => <AvailableWhy level={level} />,
        sort: (level) => level.available,
        csv: (level) => level.available,
        end: true,
        width: 124,
      },
    ]
  }, [t])
}

/** The place joins the SKU where its own column is hidden. */
function SkuAndPlace({ level }: { level: StockLevel }) {
  return (
    <>
      {level.sku}
      <span className="bo-narrow-only"> · {level.placeName}</span>
    </>
  )
}
