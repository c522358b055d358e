import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { Page } from '../common/page.tsx'

/** Recomputes every quantity from the movements and the promises; nothing should differ. */
export function VerificationPage() {
  const t = useT()
  const query = useQuery({ ...apiQuery(endpoints.verifyStock, {}), enabled: false, staleTime: Infinity })
  const result = query.data
  const run = (
    <Button
      leftSection={<IconRefresh size={16} aria-hidden />}
      loading={query.isFetching}
      onClick={() => void query.refetch()}
    >
      {t('verification.run')}
    </Button>
  )
  return (
    <Page title={t('nav.verification')} summary={t('verification.summary')} acts={result && run} narrow>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {!result && !query.isError && (
        <EmptyState title={t('verification.start')} hint={t('verification.start.help')}>
          {run}
        </EmptyState>
      )}
      {result && (
        <Card title={t('verification.result')}>
          <p role="status" className="bo-verdict" data-right={result.differences.length === 0 || undefined}>
            {result.differences.length === 0
              ? t('verification.right', { count: result.checked })
              : t('verification.wrong', { count: result.checked, wrong: result.differences.length })}
          </p>
          <p className="bo-line bo-quiet">
            {t('verification.at')} <RelativeTime at={new Date(query.dataUpdatedAt).toISOString()} />
          </p>
          {result.differences.length > 0 && <Differences differences={result.differences} />}
        </Card>
      )}
    </Page>
  )
}

function Differences({
  differences,
}: {
  differences: readonly { variantId: string; placeId: string; quantity: string; stored: number; recomputed: number }[]
}) {
  const t = useT()
  return (
    <div className="bo-scroll-x">
      <table className="bo-mini">
        <thead>
          <tr>
            <th scope="col">{t('verification.quantity')}</th>
            <th scope="col" data-end>
              {t('verification.stored')}
            </th>
            <th scope="col" data-end>
              {t('verification.recomputed')}
            </th>
            <th scope="col">{t('stock.lastMovements')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ variantId, placeId, quantity, stored, recomputed }) => (
            <tr key={`${variantId}${placeId}${quantity}`}>
              <td>{quantity}</td>
              <td data-end>{stored}</td>
              <td data-end>{recomputed}</td>
              <td>
                <Link to="/stock/movements" search={{ variant: variantId, place: placeId }} className="bo-link">
                  {t('stock.allMovements')}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
