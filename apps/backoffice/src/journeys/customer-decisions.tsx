import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { DecisionItem } from './decision-item.tsx'
import './journeys.css'
import './journey-people.css'

/** On a customer's page: what campaigns and journeys sent them, or did not, and why. */
export function CustomerDecisions({ customerId }: { customerId: string }) {
  const t = useT()
  const pages = useInfiniteQuery(
    apiPages(endpoints.listContactDecisions, { params: { customerId }, query: { limit: 10 } }),
  )
  const decisions = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={t('journeys.decisions')}>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={80} />}
      {pages.data && decisions.length === 0 && <p className="bo-line bo-quiet">{t('journeys.decisions.none')}</p>}
      <ol className="bo-decisions">
        {decisions.map((decision) => (
          <DecisionItem key={decision.id} decision={decision} withJourney />
        ))}
      </ol>
      <MoreButton pages={pages} />
    </Card>
  )
}
