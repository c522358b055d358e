import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ProductSummary } from '@ecluse/contracts/catalog.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import type { ProductsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { ChannelOf } from '../network/channel-of.tsx'
import { useChannelName, useChannels } from '../network/use-channels.ts'
import { categoryPaths } from './category-tree.ts'

const route = getRouteApi('/products')
const filterNames = ['q', 'category', 'channel', 'publication'] as const

export function ProductsPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<ProductsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true, resetScroll: false })
  const { open: _open, ...asked } = search
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listCatalogProducts, { query: { ...asked, locale } }),
    placeholderData: keepPreviousData,
  })
  const create = can('catalog:write') && (
    <Button component={Link} to="/products/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('act.newProduct')}
    </Button>
  )
  return (
    <Page title={t('nav.products')} summary={t('products.summary')} acts={create}>
      <ListScreen
        name={t('products.file')}
        label={t('nav.products')}
        columns={useColumns()}
        pages={pages}
        rowId={(product) => product.id}
        rowName={(product) => product.name}
        search={search}
        onSearch={setSearch}
        searchLabel={t('products.search')}
        filters={<Filters search={search} onSearch={setSearch} />}
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'published', label: t('products.published'), filters: { publication: 'published' } },
          { id: 'unpublished', label: t('products.unpublished'), filters: { publication: 'unpublished' } },
        ]}
        sortedByServer
        onOpen={(product) => void navigate({ to: '/products/$productId', params: { productId: product.id } })}
        empty={
          <EmptyState title={t('products.empty')} hint={t('products.empty.help')}>
            {create}
          </EmptyState>
        }
      />
    </Page>
  )
}

function Filters({ search, onSearch }: { search: ProductsSearch; onSearch: (patch: Partial<ProductsSearch>) => void }) {
  const t = useT()
  const { locale } = useLocale()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  const channels = useChannels()
  const channelName = useChannelName()
  return (
    <>
      <FilterSelect
        label={t('products.category')}
        value={search.category}
        options={categoryPaths(categories.data?.items ?? [], locale)}
        searchable
        onChange={(category) => onSearch({ category })}
      />
      <FilterSelect
        label={t('orders.channel')}
        value={search.channel}
        options={channels.map(({ code }) => ({ value: code, label: channelName(code) }))}
        searchable
        onChange={(channel) => onSearch({ channel })}
      />
    </>
  )
}

function useColumns(): readonly Column<ProductSummary>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('products.product'),
        cell: (product) => (
          <span className="bo-named">
            <Thumb url={product.imageUrl} />
            <TwoLines
              first={
                <Link to="/products/$productId" params={{ productId: product.id }} className="bo-link" tabIndex={-1}>
                  {product.name}
                </Link>
              }
              second={[product.brand, t('products.variants', { count: product.variantCount })]
                .filter(Boolean)
                .join(' · ')}
            />
          </span>
        ),
        sort: (product) => product.name,
        csv: (product) => product.name,
      },
      {
        id: 'channels',
        header: t('products.channels'),
        cell: (product) => <Channels codes={product.channelCodes} />,
        csv: (product) => product.channelCodes.join(' '),
        from: 'md',
        width: 172,
      },
      {
        id: 'updated',
        header: t('products.updated'),
        cell: (product) => <RelativeTime at={product.updatedAt} />,
        sort: (product) => product.updatedAt,
        csv: (product) => product.updatedAt,
        from: 'lg',
        width: 140,
      },
      {
        id: 'available',
        header: t('products.available'),
        cell: (product) =>
          product.available > 0 ? (
            <span className="tabular">{product.available}</span>
          ) : (
            <StateBadge tone="urgent">{t('products.out')}</StateBadge>
          ),
        sort: (product) => product.available,
        csv: (product) => product.available,
        end: true,
        from: 'sm',
        width: 116,
      },
      {
        id: 'price',
        header: t('products.price'),
        cell: (product) => product.priceFrom && <Money value={product.priceFrom} />,
        sort: (product) => product.priceFrom?.amountMinor ?? null,
        csv: (product) => (product.priceFrom ? (product.priceFrom.amountMinor / 100).toFixed(2) : null),
        end: true,
        width: 116,
      },
    ],
    [t],
  )
}

const shownChannels = 4

/** The marks of the first channels and how many more there are; nothing sold says so. */
function Channels({ codes }: { codes: readonly string[] }) {
  const t = useT()
  if (codes.length === 0) return <StateBadge tone="neutral">{t('products.nowhere')}</StateBadge>
  return (
    <span className="bo-marks">
      {codes.slice(0, shownChannels).map((code) => (
        <ChannelOf key={code} code={code} variant="icon" />
      ))}
      {codes.length > shownChannels && <span className="bo-quiet">+{codes.length - shownChannels}</span>}
    </span>
  )
}
