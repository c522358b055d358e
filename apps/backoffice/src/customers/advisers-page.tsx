import { useState } from 'react'
import { Button, Skeleton, Table } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Adviser } from '@ecluse/contracts/advisers.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages, apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan, useSession } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { flattened } from '../catalog/category-tree.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { ListFoot } from '../list/list-foot.tsx'
import { AdviserDialog } from './adviser-dialog.tsx'

/** Who looks after customers: their languages, what they know, how many they have and take; and one's own customers. */
export function AdvisersPage() {
  const t = useT()
  const can = useCan()
  const { accountId } = useSession()
  const [edited, setEdited] = useState<Adviser | 'new' | null>(null)
  const query = useQuery(apiQuery(endpoints.listAdvisers, {}))
  const advisers = query.data?.items ?? []
  return (
    <Page
      title={t('nav.advisers')}
      summary={t('advisers.summary')}
      acts={
        can('users:manage') && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
            {t('advisers.add')}
          </Button>
        )
      }
    >
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={160} />}
        {query.data && advisers.length === 0 && (
          <EmptyState title={t('advisers.none')} hint={t('advisers.none.help')} />
        )}
        {advisers.length > 0 && <Advisers advisers={advisers} onEdit={setEdited} />}
        {advisers.some((one) => one.accountId === accountId) && <MyCustomers accountId={accountId} />}
      </div>
      {edited && (
        <AdviserDialog
          adviser={edited === 'new' ? null : edited}
          taken={advisers.map((one) => one.accountId)}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  )
}

function Advisers({ advisers, onEdit }: { advisers: readonly Adviser[]; onEdit: (adviser: Adviser) => void }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const categories = useQuery(apiQuery(endpoints.listCategories, {}))
  const paths = new Map(flattened(categories.data?.items ?? [], locale).map(({ code, path }) => [code, path]))
  return (
    <ul className="bo-plain-list">
      {advisers.map((adviser) => (
        <li key={adviser.accountId} className="bo-card bo-row-between">
          <span className="bo-wrap">
            <strong>{adviser.name}</strong>
            <span className="bo-quiet bo-block">
              {[
                adviser.siteNames.join(', ') || t('advisers.everyShop'),
                adviser.languages.map((one) => t(`advisers.language.${one}`)).join(', '),
                adviser.categoryCodes.map((code) => paths.get(code) ?? code).join(', '),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className="bo-quiet bo-block">
              {t('advisers.load', { customers: adviser.customers, most: adviser.mostCustomers })}
              {!adviser.active && ` · ${t('advisers.paused')}`}
            </span>
          </span>
          {can('users:manage') && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('advisers.edit', { name: adviser.name })}
              onClick={() => onEdit(adviser)}
            >
              {t('advisers.change')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function MyCustomers({ accountId }: { accountId: string }) {
  const t = useT()
  const pages = useInfiniteQuery(
    apiPages(endpoints.listAdvisedCustomers, { params: { accountId }, query: { limit: 25 } }),
  )
  const customers = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={t('advisers.mine')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && customers.length === 0 && <p className="bo-line bo-quiet">{t('advisers.mine.none')}</p>}
      {customers.length > 0 && (
        <Table aria-label={t('advisers.mine')}>
          <Table.Tbody>
            {customers.map(({ customerId, name, since }) => (
              <Table.Tr key={customerId}>
                <Table.Td>
                  <Link to="/customers/$customerId" params={{ customerId }} className="bo-link">
                    {name || t('customers.nameless')}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <RelativeTime at={since} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <ListFoot
        shown={customers.length}
        total={undefined}
        more={pages.hasNextPage}
        loading={pages.isFetchingNextPage}
        partialSort={false}
        onMore={() => void pages.fetchNextPage()}
      />
    </Card>
  )
}
