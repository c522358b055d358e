import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Segment } from '@ecluse/contracts/segments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatNumber } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { RuleWords } from './rule-words.tsx'
import './segments.css'

/** Every segment: what it asks, and how many it describes now. */
export function SegmentsPage() {
  const t = useT()
  const can = useCan()
  const query = useQuery({
    ...apiQuery(endpoints.listSegments, {}),
    refetchInterval: ({ state }) => (state.data?.items.some(({ countedAt }) => countedAt === null) ? 1_000 : 15_000),
  })
  const segments = query.data?.items ?? []
  const create = can('segments:write') && (
    <Button component={Link} to="/segments/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('segments.new')}
    </Button>
  )
  return (
    <Page title={t('nav.segments')} summary={t('segments.summary')} acts={segments.length > 0 && create}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={240} />}
      {query.data && segments.length === 0 && (
        <EmptyState title={t('segments.empty')} hint={t('segments.empty.help')}>
          {create}
        </EmptyState>
      )}
      {segments.length > 0 && (
        <ul className="bo-segments">
          {segments.map((segment) => (
            <SegmentItem key={segment.id} segment={segment} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function SegmentItem({ segment }: { segment: Segment }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <li className="bo-card bo-segment">
      <div>
        <Link to="/segments/$segmentId" params={{ segmentId: segment.id }} className="bo-link bo-segment-name">
          {segment.name}
        </Link>
        {segment.description && <p className="bo-line bo-quiet">{segment.description}</p>}
        <RuleWords rule={segment.rule} />
      </div>
      <p className="bo-segment-members">
        {segment.countedAt === null ? (
          t('segments.counting')
        ) : (
          <>
            <strong>{formatNumber(segment.memberCount, locale)}</strong>
            {t('segments.customers', { count: segment.memberCount })}
          </>
        )}
      </p>
    </li>
  )
}
