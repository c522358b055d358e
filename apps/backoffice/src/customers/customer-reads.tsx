import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { CustomerRead } from '@ecluse/contracts/customer-reads.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { ListFoot } from '../list/list-foot.tsx'

/** Who of the staff, or which program, read the data of a customer. */
export function CustomerReads({ customerId }: { customerId: string }) {
  const t = useT()
  const pages = useInfiniteQuery(
    apiPages(endpoints.listReadsOfCustomer, { params: { customerId }, query: { limit: 10 } }),
  )
  const reads = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={80} />}
      {pages.data && reads.length === 0 && <p className="bo-line bo-quiet">{t('customers.reads.none')}</p>}
      <ul className="bo-plain-list">
        {reads.map((read) => (
          <li key={`${read.at} ${read.reader.id}`}>
            {read.reader.name}
            <span className="bo-quiet bo-block">
              <RelativeTime at={read.at} /> · <ReadScreens read={read} />
            </span>
          </li>
        ))}
      </ul>
      <ListFoot
        shown={pages.hasNextPage ? reads.length : 0}
        total={undefined}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={false}
        onMore={() => void pages.fetchNextPage()}
      />
    </>
  )
}

/** What was read, in words. */
export function ReadScreens({ read: { screens } }: { read: Pick<CustomerRead, 'screens'> }) {
  const t = useT()
  return <>{screens.map((screen) => t(`customers.reads.${screen}`)).join(', ')}</>
}
