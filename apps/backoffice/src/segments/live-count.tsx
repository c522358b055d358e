import { Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SegmentRule } from '@ecluse/contracts/segments.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatNumber, formatPercent } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { finished } from './draft.ts'

const pauseMs = 400

/** How many the rule describes as it stands, asked again when typing rests. */
export function LiveCount({ rule }: { rule: SegmentRule }) {
  const t = useT()
  const { locale } = useLocale()
  const [asked] = useDebouncedValue(rule, pauseMs)
  const ready = finished(asked)
  const query = useQuery({
    ...apiQuery(endpoints.countSegment, { body: { rule: ready ?? rule } }),
    enabled: ready !== undefined,
    placeholderData: keepPreviousData,
  })
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  const { count, of } = query.data ?? { count: 0, of: 0 }
  const share = of === 0 ? 0 : count / of
  return (
    <div className="bo-segment-count" role="status" aria-live="polite">
      {ready === undefined && <p className="bo-line bo-quiet">{t('segments.count.unfinished')}</p>}
      {ready !== undefined && !query.data && <Skeleton height={56} />}
      {ready !== undefined && query.data && (
        <div data-old={query.isPlaceholderData || undefined}>
          <p className="bo-segment-number">{formatNumber(count, locale)}</p>
          <p className="bo-line bo-quiet">
            {t('segments.count.of', { count, of: formatNumber(of, locale), share: formatPercent(share, locale) })}
          </p>
          <div className="bo-segment-bar" aria-hidden>
            <span style={{ inlineSize: `${share * 100}%` }} />
          </div>
        </div>
      )}
    </div>
  )
}
