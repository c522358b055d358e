import { Skeleton, Table } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { FilterSelect } from '../list/filter-select.tsx'
import { ListFoot } from '../list/list-foot.tsx'
import { ReadScreens } from './customer-reads.tsx'

const route = getRouteApi('/customers/reads')

/** Who read the data of which customers: for those who answer for it. */
export function ReadsPage() {
  const t = useT()
  const { reader } = route.useSearch()
  const navigate = route.useNavigate()
  const staff = useQuery(apiQuery(endpoints.listUsers, { query: { limit: 200 } }))
  const pages = useInfiniteQuery({
    ...apiPages(endpoints.listCustomerReads, { query: { readerId: reader, limit: 50 } }),
    placeholderData: keepPreviousData,
  })
  const reads = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page title={t('nav.reads')} summary={t('customers.reads.summary')}>
      <div className="bo-marks">
        <FilterSelect
          label={t('customers.reads.reader')}
          value={reader}
          options={(staff.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          onChange={(value) => void navigate({ search: { reader: value }, replace: true })}
        />
      </div>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={320} />}
      {pages.data && reads.length === 0 && <EmptyState title={t('customers.reads.none')} />}
      {reads.length > 0 && (
        <Table.ScrollContainer minWidth={320}>
          <Table aria-label={t('nav.reads')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('customers.reads.reader')}</Table.Th>
                <Table.Th scope="col">{t('customers.one')}</Table.Th>
                <Table.Th scope="col">{t('customers.reads.what')}</Table.Th>
                <Table.Th scope="col">{t('customers.reads.when')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {reads.map((read) => (
                <Table.Tr key={`${read.at} ${read.customerId} ${read.reader.id}`}>
                  <Table.Td>{read.reader.name}</Table.Td>
                  <Table.Td>
                    <Link to="/customers/$customerId" params={{ customerId: read.customerId }} className="bo-link">
                      {read.customerName || t('customers.nameless')}
                    </Link>
                  </Table.Td>
                  <Table.Td>
                    <ReadScreens read={read} />
                  </Table.Td>
                  <Table.Td>
                    <RelativeTime at={read.at} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <ListFoot
        shown={reads.length}
        total={undefined}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={false}
        onMore={() => void pages.fetchNextPage()}
      />
    </Page>
  )
}
