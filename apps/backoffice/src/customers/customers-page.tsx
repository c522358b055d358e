import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { z } from 'zod'
import type { Customer } from '@ecluse/contracts/customers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import type { customersSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { CustomerPanel } from './customer-panel.tsx'

const route = getRouteApi('/customers')
const filterNames = ['q'] as const

export function CustomersPage() {
  const t = useT()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<z.infer<typeof customersSearch>>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listCustomers, { query: { q: search.q } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('nav.customers')} summary={t('customers.summary')}>
      <ListScreen
        name={t('customers.file')}
        label={t('nav.customers')}
        columns={useColumns()}
        pages={pages}
        rowId={(customer) => customer.id}
        rowName={(customer) => customer.name}
        search={search}
        onSearch={setSearch}
        searchLabel={t('customers.search')}
        filterNames={filterNames}
        onOpen={(customer) => setSearch({ open: customer.id })}
        empty={<EmptyState title={t('customers.empty')} hint={t('customers.empty.help')} />}
      />
      {search.open && <CustomerPanel customerId={search.open} onClose={() => setSearch({ open: undefined })} />}
    </Page>
  )
}

function useColumns(): readonly Column<Customer>[] {
  const t = useT()
  const { locale } = useLocale()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('customers.name'),
        cell: (customer) => (
          <TwoLines first={customer.name} second={t(`customers.kind.${customer.kind}`)} narrow={customer.email} />
        ),
        sort: (customer) => customer.name,
        csv: (customer) => customer.name,
      },
      {
        id: 'email',
        header: t('door.email'),
        cell: (customer) => customer.email,
        sort: (customer) => customer.email,
        csv: (customer) => customer.email,
        from: 'sm',
      },
      {
        id: 'phone',
        header: t('customers.phone'),
        cell: (customer) => customer.phone && formatPhone(customer.phone, locale),
        csv: (customer) => customer.phone,
        from: 'md',
        width: 160,
      },
      {
        id: 'town',
        header: t('customers.town'),
        cell: (customer) => customer.address && `${customer.address.postalCode} ${customer.address.locality}`,
        sort: (customer) => customer.address?.locality ?? null,
        csv: (customer) => customer.address?.locality ?? null,
        from: 'md',
        width: 180,
      },
      {
        id: 'since',
        header: t('customers.since'),
        cell: (customer) => <RelativeTime at={customer.createdAt} />,
        sort: (customer) => customer.createdAt,
        csv: (customer) => customer.createdAt,
        from: 'lg',
        width: 140,
      },
    ],
    [t, locale],
  )
}
