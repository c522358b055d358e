import type { ReactNode } from 'react'
import { Alert, Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Analysis, AnalysisKind, AnalysisSummary } from '@ecluse/contracts/analyses.ts'
import type { AnalysisResults } from '@ecluse/contracts/analysis-results.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { ComputationProgress, isOpen, Provenance, untilOver } from '../computation.tsx'

/** The answer asked for, or the latest of its kind: how far it is, what came out, what it was computed from; earlier ones beside it. */
export function AnalysisAnswer({
  kind,
  id,
  onChoose,
  about,
  children,
}: {
  kind: AnalysisKind
  id: string | undefined
  onChoose: (id: string) => void
  /** What was asked, in a few words. */
  about: (question: AnalysisSummary['question']) => string
  children: (results: AnalysisResults, analysis: Analysis) => ReactNode
}) {
  const t = useT()
  const list = useQuery(apiQuery(endpoints.listAnalyses, { query: { kind } }))
  const items = list.data?.items ?? []
  const shown = items.find((one) => one.id === id)?.id ?? items[0]?.id
  const query = useQuery({
    ...apiQuery(endpoints.getAnalysis, { params: { analysisId: shown ?? '' } }),
    enabled: shown !== undefined,
    refetchInterval: untilOver,
  })
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (list.data && shown === undefined)
    return <EmptyState title={t('analysis.none')} hint={t(`analysis.none.${kind}`)} />
  const { data } = query
  if (!data) return <Skeleton height={320} />
  return (
    <div className="bo-stack">
      {items.length > 1 && <Earlier items={items} shown={data.id} about={about} onChoose={onChoose} />}
      {isOpen(data.state) && (
        <ComputationProgress
          of={data}
          title={t('analysis.running')}
          label={t('analysis.progress')}
          cancel={() => call(endpoints.cancelAnalysis, { params: { analysisId: data.id } })}
        />
      )}
      {data.state === 'cancelled' && <EmptyState title={t('analysis.cancelled')} hint={t(`analysis.none.${kind}`)} />}
      {data.problem && (
        <Alert color="red" role="alert" title={t('analysis.unanswered')}>
          {data.problem}
        </Alert>
      )}
      {data.results && children(data.results, data)}
      {data.state === 'done' && (
        <Provenance
          of={data}
          replay={(idempotencyKey) =>
            call(endpoints.replayAnalysis, { params: { analysisId: data.id } }, { idempotencyKey })
          }
          onReplay={(again) => onChoose(again.id)}
        />
      )}
    </div>
  )
}

/** Answers of before, to be looked at again. */
function Earlier({
  items,
  shown,
  about,
  onChoose,
}: {
  items: readonly AnalysisSummary[]
  shown: string
  about: (question: AnalysisSummary['question']) => string
  onChoose: (id: string) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Select
      label={t('analysis.earlier')}
      allowDeselect={false}
      data={items.map((one) => ({
        value: one.id,
        label: `${formatDate(one.createdAt, locale, 'dateTime')} · ${about(one.question)}`,
      }))}
      value={shown}
      onChange={(value) => value !== null && onChoose(value)}
    />
  )
}
