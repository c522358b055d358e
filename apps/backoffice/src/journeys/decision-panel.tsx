import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyParticipant } from '@ecluse/contracts/journeys.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { MoreButton } from '../list/more-button.tsx'
import { DecisionItem } from './decision-item.tsx'

type Props = { person: JourneyParticipant; journeyId: string; onClose: () => void }

/** Why somebody in a journey got what they got, or nothing: each decision, the latest first. */
export function DecisionPanel({ person, journeyId, onClose }: Props) {
  const t = useT()
  const pages = useDecisions(person.customerId)
  // Those of other journeys are on the customer's own page.
  const own = pages.data?.pages.flatMap(({ items }) => items).filter((one) => one.journeyId === journeyId) ?? []
  return (
    <SidePanel
      title={t('journeys.why.of', { name: person.name || t('customers.nameless') })}
      itemKey={person.id}
      onClose={onClose}
    >
      {person.heldOut && <p className="bo-line">{t('journeys.heldOut.person')}</p>}
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={160} />}
      {pages.data && own.length === 0 && !pages.hasNextPage && (
        <p className="bo-line bo-quiet">{t('journeys.decisions.none')}</p>
      )}
      <ol className="bo-decisions">
        {own.map((decision) => (
          <DecisionItem key={decision.id} decision={decision} />
        ))}
      </ol>
      <MoreButton pages={pages} />
    </SidePanel>
  )
}

/** The decisions taken about a customer, the latest first. */
export function useDecisions(customerId: string) {
  return useInfiniteQuery(apiPages(endpoints.listContactDecisions, { params: { customerId }, query: { limit: 10 } }))
}
