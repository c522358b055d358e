import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconDownload, IconPencil, IconPlus, IconUpload } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PriceEntry, PriceList } from '@ecluse/contracts/price-lists.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { PriceListSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { useChannelName } from '../network/use-channels.ts'
import { EntryForm } from './entry-form.tsx'
import { daysOf, scopeOf, valueOf } from './entry-words.ts'
import { ImportForm } from './import-form.tsx'
import { ListForm, vatKey } from './price-lists-page.tsx'

const route = getRouteApi('/price-lists/$code')
const filterNames = ['q'] as const

/** What companies that buy from a list pay, entry by entry. */
export function PriceListPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { code } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<PriceListSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const columns = useColumns()
  const lists = useQuery(apiQuery(endpoints.listPriceLists, {}))
  const list = lists.data?.items.find((one) => one.code === code)
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listPriceEntries, { params: { code }, query: { locale, q: search.q } }),
    placeholderData: keepPreviousData,
  })
  const ofChannel = (list?.channelCodes.length ?? 0) > 0
  const may = can('prices:write') && list !== undefined && !ofChannel
  const entries = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page
      title={list ? list.name[locale] || list.name.fr : code}
      summary={list && (ofChannel ? t('prices.channelHelp') : t(vatKey(list.includesVat)))}
      back={{ to: '/price-lists', label: t('nav.priceLists') }}
      acts={may && <Acts code={code} onOpen={(open) => setSearch({ open })} />}
    >
      {!ofChannel && (
        <ListScreen
          name={code}
          label={t('nav.priceLists')}
          columns={columns}
          pages={pages}
          rowId={(entry) => entry.id}
          rowName={(entry) => scopeOf(t, entry)}
          search={search}
          onSearch={setSearch}
          searchLabel={t('prices.search')}
          filterNames={filterNames}
          selectable={false}
          onOpen={(entry) => may && setSearch({ open: entry.id })}
          empty={<EmptyState title={t('prices.none')} hint={t('prices.none.help')} />}
        />
      )}
      {list && search.open && (
        <Panel list={list} entries={entries} open={search.open} onClose={() => setSearch({ open: undefined })} />
      )}
    </Page>
  )
}

function Acts({ code, onOpen }: { code: string; onOpen: (what: string) => void }) {
  const t = useT()
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onOpen('list')}>
        {t('prices.rename')}
      </Button>
      <Button
        component="a"
        href={`/api/v1/price-lists/${code}/entries.csv`}
        download
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t('prices.export')}
      </Button>
      <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} onClick={() => onOpen('import')}>
        {t('prices.import')}
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onOpen('new')}>
        {t('prices.add')}
      </Button>
    </>
  )
}

type PanelProps = { list: PriceList; entries: readonly PriceEntry[]; open: string; onClose: () => void }

function Panel({ list, entries, open, onClose }: PanelProps) {
  const t = useT()
  const entry = entries.find(({ id }) => id === open) ?? null
  if (open === 'list')
    return (
      <SidePanel itemKey="list" title={t('prices.rename')} onClose={onClose}>
        <ListForm list={list} onClose={onClose} />
      </SidePanel>
    )
  if (open === 'import')
    return (
      <SidePanel itemKey="import" title={t('prices.import')} onClose={onClose}>
        <ImportForm code={list.code} onClose={onClose} />
      </SidePanel>
    )
  if (open !== 'new' && !entry) return null
  return (
    <SidePanel itemKey={open} title={entry ? scopeOf(t, entry) : t('prices.add')} onClose={onClose}>
      <EntryForm key={open} list={list} entry={entry} onClose={onClose} />
    </SidePanel>
  )
}

function useColumns(): readonly Column<PriceEntry>[] {
  const t = useT()
  const { locale } = useLocale()
  const nameOf = useChannelName()
  return useMemo(
    () => [
      {
        id: 'of',
        header: t('prices.of'),
        cell: (entry) => (
          <TwoLines
            first={scopeOf(t, entry)}
            second={
              entry.scope === 'all'
                ? t('prices.from', { count: entry.minQuantity })
                : [t(`prices.scope.${entry.scope}`), entry.code].filter(Boolean).join(' · ')
            }
            narrow={valueOf(t, locale, entry)}
          />
        ),
        sort: (entry) => scopeOf(t, entry),
        csv: (entry) => entry.code,
      },
      {
        id: 'price',
        header: t('prices.price'),
        cell: (entry) => valueOf(t, locale, entry),
        csv: (entry) => valueOf(t, locale, entry),
        from: 'sm',
      },
      {
        id: 'quantity',
        header: t('prices.minQuantity'),
        cell: (entry) => t('prices.from', { count: entry.minQuantity }),
        sort: (entry) => entry.minQuantity,
        csv: (entry) => entry.minQuantity,
        from: 'sm',
      },
      {
        id: 'channel',
        header: t('orders.channel'),
        cell: (entry) => (entry.channelCode === null ? t('prices.allChannels') : nameOf(entry.channelCode)),
        csv: (entry) => entry.channelCode,
        from: 'md',
      },
      {
        id: 'days',
        header: t('prices.days'),
        cell: (entry) => daysOf(t, locale, entry),
        csv: (entry) => daysOf(t, locale, entry),
        from: 'sm',
      },
    ],
    [t, locale, nameOf],
  )
}
