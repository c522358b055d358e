import { useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { IconAdjustments, IconCheck } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Proposal } from '@ecluse/contracts/replenishment.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT, type Translate } from '../app/i18n.ts'
import type { ReplenishmentSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import { PlaceFilter } from '../documents/place-filter.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { daysLeft } from './projection.ts'
import { ProposalPanel } from './proposal-panel.tsx'
import { RulesPanel } from './rules-panel.tsx'
import { RunLine } from './run-line.tsx'
import { useAccept } from './use-accept.ts'
import './replenishment.css'

const route = getRouteApi('/stock/replenishment')
const filterNames = ['place', 'source'] as const
const idOf = (proposal: Proposal) => `${proposal.variantId}.${proposal.placeId}`

/** What to order and what to transfer. */
export function ReplenishmentPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [ruling, setRuling] = useState(false)
  const setSearch = (patch: Partial<ReplenishmentSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listProposals, { query: { locale, placeId: search.place, source: search.source } }),
    placeholderData: keepPreviousData,
  })
  const close = () => setSearch({ open: undefined })
  const accept = useAccept(close)
  const opened = pages.data?.pages.flatMap(({ items }) => items).find((one) => idOf(one) === search.open)
  return (
    <Page
      title={t('nav.replenishment')}
      summary={t('replenishment.summary')}
      acts={
        <Button
          variant="default"
          leftSection={<IconAdjustments size={16} aria-hidden />}
          onClick={() => setRuling(true)}
        >
          {t('replenishment.rules')}
        </Button>
      }
    >
      <RunLine />
      <ListScreen
        name={t('replenishment.file')}
        label={t('nav.replenishment')}
        columns={useColumns()}
        pages={pages}
        rowId={idOf}
        rowName={(proposal) => `${proposal.sku}, ${proposal.placeName}`}
        search={search}
        onSearch={setSearch}
        filters={<Filters search={search} onSearch={setSearch} />}
        filterNames={filterNames}
        bulkActs={
          can('stock:write')
            ? [
                {
                  id: 'accept',
                  label: t('replenishment.accept'),
                  icon: IconCheck,
                  applies: () => true,
                  run: (rows) => accept.mutate(rows),
                  busy: accept.isPending,
                },
              ]
            : []
        }
        onOpen={(proposal) => setSearch({ open: idOf(proposal) })}
        empty={<EmptyState title={t('replenishment.empty')} hint={t('replenishment.empty.help')} />}
      />
      {opened && <ProposalPanel key={idOf(opened)} proposal={opened} accept={accept} onClose={close} />}
      {ruling && <RulesPanel onClose={() => setRuling(false)} />}
    </Page>
  )
}

const sources = ['transfer', 'supplier'] as const

function Filters({
  search,
  onSearch,
}: {
  search: ReplenishmentSearch
  onSearch: (patch: Partial<ReplenishmentSearch>) => void
}) {
  const t = useT()
  return (
    <>
      <PlaceFilter place={search.place} onPlace={(place) => onSearch({ place })} />
      <FilterSelect
        label={t('replenishment.source')}
        value={search.source}
        options={sources.map((value) => ({ value, label: t(`replenishment.source.${value}`) }))}
        onChange={(source) => onSearch({ source })}
      />
    </>
  )
}

function useColumns(): readonly Column<Proposal>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(
    () => [
      {
        id: 'article',
        header: t('orders.article'),
        cell: (proposal) => (
          <span className="bo-named">
            <Thumb url={proposal.imageUrl} />
            <TwoLines
              first={[proposal.productName, proposal.variantLabel].filter(Boolean).join(' · ')}
              second={proposal.sku}
              narrow={proposal.placeName}
            />
          </span>
        ),
        sort: (proposal) => `${proposal.productName} ${proposal.variantLabel}`,
        csv: (proposal) => proposal.sku,
      },
      {
        id: 'place',
        header: t('stock.place'),
        cell: (proposal) => (
          <TwoLines first={proposal.placeName} second={`← ${proposal.fromPlaceName ?? proposal.supplierName ?? ''}`} />
        ),
        sort: (proposal) => proposal.placeName,
        csv: (proposal) => `${proposal.placeName} ← ${proposal.fromPlaceName ?? proposal.supplierName ?? ''}`,
        from: 'sm',
        width: 190,
      },
      ...figureColumns(t, locale),
    ],
    [t, locale],
  )
}

function figureColumns(t: Translate, locale: Locale): Column<Proposal>[] {
  return [
    {
      id: 'position',
      header: t('replenishment.position'),
      cell: ({ figures }) => <span className="tabular">{figures.position}</span>,
      sort: ({ figures }) => figures.position,
      csv: ({ figures }) => figures.position,
      end: true,
      from: 'md',
      width: 96,
    },
    {
      id: 'demand',
      header: t('replenishment.perDay'),
      cell: ({ figures }) => <span className="tabular">{formatNumber(figures.demandPerDay, locale, 2)}</span>,
      sort: ({ figures }) => figures.demandPerDay,
      csv: ({ figures }) => figures.demandPerDay.toFixed(3),
      end: true,
      from: 'lg',
      width: 104,
    },
    {
      id: 'left',
      header: t('replenishment.daysLeft'),
      cell: ({ figures }) => <span className="tabular">{daysLeft(figures) ?? '–'}</span>,
      sort: ({ figures }) => daysLeft(figures) ?? Number.MAX_SAFE_INTEGER,
      csv: ({ figures }) => daysLeft(figures),
      end: true,
      from: 'sm',
      width: 116,
    },
    {
      id: 'units',
      header: t('replenishment.proposed'),
      cell: (proposal) => <strong className="tabular">{proposal.units}</strong>,
      sort: (proposal) => proposal.units,
      csv: (proposal) => proposal.units,
      end: true,
      width: 104,
    },
  ]
}
