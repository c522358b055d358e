import { Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agedBuckets, type AgedRow } from '@ecluse/contracts/credit.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'
import { Requests } from './request-list.tsx'

/** What companies owe, by how late it is, and the credit they ask for beyond their limits. */
export function AgedBalancesPage() {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.listAgedBalances, {}))
  const asked = useQuery({ ...apiQuery(endpoints.listRequestsForStaff, {}), enabled: can('credit:write') })
  const balances = query.data
  return (
    <Page
      title={t('nav.balances')}
      summary={
        balances &&
        t('balances.summary', {
          total: formatMoney(balances.total, locale),
          date: formatDate(`${balances.asOf}T12:00:00Z`, locale, 'dayLong'),
        })
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      <div className="bo-stack">
        {(asked.data?.items.length ?? 0) > 0 && (
          <Card title={t('balances.asked')}>
            <Requests requests={asked.data?.items} />
          </Card>
        )}
        {balances && balances.items.length === 0 && (
          <EmptyState title={t('balances.none')} hint={t('balances.none.help')} />
        )}
        {balances && balances.items.length > 0 && <Balances rows={balances.items} />}
      </div>
    </Page>
  )
}

function Balances({ rows }: { rows: readonly AgedRow[] }) {
  const t = useT()
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs" aria-label={t('nav.balances')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('companies.one')}</Table.Th>
            {agedBuckets.map((bucket) => (
              <Table.Th key={bucket} ta="right">
                {t(`balances.${bucket}`)}
              </Table.Th>
            ))}
            <Table.Th ta="right">{t('balances.total')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.companyId}>
              <Table.Td>
                <Link
                  className="bo-link"
                  to="/companies/$companyId"
                  params={{ companyId: row.companyId }}
                  search={{ tab: 'credit' }}
                >
                  {row.companyName}
                </Link>{' '}
                {row.blockedBy && <StateBadge tone="urgent">{t('credit.blocked')}</StateBadge>}
              </Table.Td>
              {agedBuckets.map((bucket) => (
                <Table.Td key={bucket} ta="right">
                  {row[bucket].amountMinor === 0 ? '–' : <Money value={row[bucket]} />}
                </Table.Td>
              ))}
              <Table.Td ta="right">
                <Money value={row.total} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
