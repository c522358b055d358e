import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CompanySummary } from '@ecluse/contracts/companies.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import type { CompaniesSearch } from '../app/search.ts'
import { Page } from '../common/page.tsx'
import { TwoLines } from '../common/two-lines.tsx'
import type { Column } from '../list/column.ts'
import { ListScreen } from '../list/list-screen.tsx'
import { CompanyForm } from './company-form.tsx'

const route = getRouteApi('/companies')
const filterNames = ['q'] as const

/** Companies that buy. */
export function CompaniesPage() {
  const t = useT()
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const setSearch = (patch: Partial<CompaniesSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: !('open' in patch), resetScroll: false })
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listCompanies, { query: { q: search.q } }),
    placeholderData: keepPreviousData,
  })
  const open = (companyId: string) => void navigate({ to: '/companies/$companyId', params: { companyId }, search: {} })
  const add = can('customers:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setSearch({ open: 'new' })}>
      {t('companies.add')}
    </Button>
  )
  return (
    <Page title={t('nav.companies')} summary={t('companies.summary')} acts={add}>
      <ListScreen
        name={t('companies.file')}
        label={t('nav.companies')}
        columns={useColumns()}
        pages={pages}
        rowId={(company) => company.id}
        rowName={(company) => company.name}
        search={search}
        onSearch={setSearch}
        searchLabel={t('companies.search')}
        filterNames={filterNames}
        selectable={false}
        onOpen={(company) => open(company.id)}
        empty={<EmptyState title={t('companies.empty')} hint={t('companies.empty.help')} />}
      />
      {search.open === 'new' && (
        <SidePanel itemKey="new" title={t('companies.add')} onClose={() => setSearch({ open: undefined })}>
          <CompanyForm
            company={null}
            onDone={(company) => open(company.id)}
            onCancel={() => setSearch({ open: undefined })}
          />
        </SidePanel>
      )}
    </Page>
  )
}

function useColumns(): readonly Column<CompanySummary>[] {
  const t = useT()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('companies.name'),
        cell: (company) => (
          <TwoLines first={company.name} second={company.tradeName ?? company.number} narrow={company.siren} />
        ),
        sort: (company) => company.name,
        csv: (company) => company.name,
      },
      {
        id: 'siren',
        header: t('companies.siren'),
        cell: (company) => company.siren,
        csv: (company) => company.siren,
        from: 'sm',
        width: 130,
      },
      {
        id: 'vat',
        header: t('companies.vat'),
        cell: (company) => company.vatNumber,
        csv: (company) => company.vatNumber,
        from: 'md',
        width: 160,
      },
      {
        id: 'sites',
        header: t('companies.sites'),
        cell: (company) => company.siteCount,
        csv: (company) => company.siteCount,
        from: 'md',
        width: 100,
      },
      {
        id: 'people',
        header: t('companies.people'),
        cell: (company) => company.memberCount,
        csv: (company) => company.memberCount,
        from: 'md',
        width: 110,
      },
      {
        id: 'state',
        header: t('orders.state'),
        cell: (company) => (
          <StateBadge tone={company.active ? 'done' : 'neutral'}>
            {t(company.active ? 'companies.active' : 'companies.inactive')}
          </StateBadge>
        ),
        csv: (company) => t(company.active ? 'companies.active' : 'companies.inactive'),
        width: 110,
      },
    ],
    [t],
  )
}
