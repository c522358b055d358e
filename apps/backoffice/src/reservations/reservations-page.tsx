import { useMemo, useState } from 'react'
import { Button } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { reservationStates, type Reservation } from '@ecluse/contracts/reservations.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan, useMySites } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { ReservationsSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import { PoliciesForm } from './policies-form.tsx'
import { ReservationBadge } from './reservation-badge.tsx'
import { ReservationFigures } from './reservation-figures.tsx'
import { ReservationPanel } from './reservation-panel.tsx'
import './reservations.css'

const route = getRouteApi('/reservations')
const filterNames = ['q', 'site', 'state', 'when'] as const

/** Articles reserved to be tried, and how often that ends in a purchase. */
export function ReservationsPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const sites = useMySites()
  const [ruling, setRuling] = useState(false)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<ReservationsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const open = search.when && (search.when === 'open' ? ('true' as const) : ('false' as const))
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listReservations, {
      query: { locale, q: search.q, siteId: search.site, state: search.state, open },
    }),
    placeholderData: keepPreviousData,
  })
  const acts = can('appointments:manage') && (
    <Button variant="default" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={() => setRuling(true)}>
      {t('reservation.rules')}
    </Button>
  )
  return (
    <Page title={t('nav.reservations')} summary={t('reservation.summary')} acts={acts}>
      <ReservationFigures siteId={search.site} />
      <ListScreen
        name={t('reservation.file')}
        label={t('nav.reservations')}
        columns={useColumns()}
        pages={pages}
        rowId={(reservation) => reservation.id}
        rowName={(reservation) => reservation.code}
        search={search}
        onSearch={setSearch}
        searchLabel={t('reservation.search')}
        filters={
          <>
            <FilterSelect
              label={t('orders.site')}
              value={search.site}
              options={sites.map((site) => ({ value: site.id, label: site.name }))}
              onChange={(site) => setSearch({ site })}
            />
            <FilterSelect
              label={t('orders.state')}
              value={search.state}
              options={reservationStates.map((value) => ({ value, label: t(`reservation.state.${value}`) }))}
              onChange={(state) => setSearch({ state })}
            />
          </>
        }
        filterNames={filterNames}
        views={[
          { id: 'all', label: t('views.all'), filters: {} },
          { id: 'open', label: t('reservation.open'), filters: { when: 'open' } },
          { id: 'over', label: t('reservation.over'), filters: { when: 'over' } },
          { id: 'missed', label: t('reservation.state.no_show'), filters: { state: 'no_show' } },
        ]}
        onOpen={(reservation) => setSearch({ open: reservation.id })}
        empty={<EmptyState title={t('reservation.empty')} hint={t('reservation.empty.help')} />}
      />
      {search.open && <ReservationPanel reservationId={search.open} onClose={() => setSearch({ open: undefined })} />}
      {ruling && <PoliciesForm onClose={() => setRuling(false)} />}
    </Page>
  )
}

function useColumns(): readonly Column<Reservation>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'who',
        header: t('reservation.who'),
        cell: (row) => (
          <TwoLines first={row.contact.name} second={row.code} narrow={<ReservationBadge state={row.state} />} />
        ),
        sort: (row) => row.contact.name,
        csv: (row) => row.contact.name,
      },
      {
        id: 'articles',
        header: t('reservation.articles'),
        cell: (row) => row.lines.map((line) => `${line.quantity} × ${line.name}`).join(', '),
        csv: (row) => row.lines.map((line) => `${line.quantity} × ${line.sku}`).join(', '),
        from: 'md',
      },
      {
        id: 'site',
        header: t('orders.site'),
        cell: (row) => row.siteName,
        sort: (row) => row.siteName,
        csv: (row) => row.siteName,
        from: 'lg',
        width: 170,
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (row) => <ReservationBadge state={row.state} />,
        sort: (row) => row.state,
        csv: (row) => t(`reservation.state.${row.state}`),
        from: 'sm',
        width: 170,
      },
      {
        id: 'made',
        header: t('reservation.made'),
        cell: (row) => <RelativeTime at={row.createdAt} />,
        sort: (row) => row.createdAt,
        csv: (row) => row.createdAt,
        width: 130,
      },
      {
        id: 'total',
        header: t('orders.total'),
        cell: (row) => <Money value={row.total} />,
        sort: (row) => row.total.amountMinor,
        csv: (row) => (row.total.amountMinor / 100).toFixed(2),
        end: true,
        from: 'sm',
        width: 116,
      },
    ],
    [t],
  )
}
