import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Journey } from '@ecluse/contracts/journeys.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'

/** What was published, by whom and when, and who is in each version still. */
export function JourneyVersions({ journey }: { journey: Journey }) {
  const t = useT()
  const query = useQuery(apiQuery(endpoints.listJourneyVersions, { params: { journeyId: journey.id } }))
  return (
    <Card title={t('journeys.tab.versions')}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={120} />}
      {query.data?.items.length === 0 && (
        <EmptyState compact title={t('journeys.versions.none')} hint={t('journeys.versions.none.help')} />
      )}
      <ul className="bo-journey-rows">
        {query.data?.items.map(({ version, publishedAt, publishedBy, inside, graph }) => (
          <li key={version}>
            <span className="bo-journey-row-name">{t('journeys.version.number', { version })}</span>
            <span className="bo-quiet">{t('journeys.version.steps', { count: graph.nodes.length })}</span>
            <span className="bo-quiet">{t('journeys.inside', { count: inside })}</span>
            <span className="bo-quiet">
              <RelativeTime at={publishedAt} />
              {publishedBy && ` · ${publishedBy}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
