import type { ReactNode } from 'react'
import { Alert, Button, Group, Select, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Analysis, AnalysisKind, AnalysisSummary } from '@ecluse/contracts/analyses.ts'
import type { AnalysisResults } from '@ecluse/contracts/analysis-results.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Disclosure } from '../../common/disclosure.tsx'
import { Facts } from '../../common/facts.tsx'

const askEveryMs = 700
const touches = ['/strategy/analyses']
const isOpen = (state: AnalysisSummary['state']): boolean => state === 'waiting' || state === 'running'

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
  const { locale } = useLocale()
  const list = useQuery(apiQuery(endpoints.listAnalyses, { query: { kind } }))
  const items = list.data?.items ?? []
  const shown = items.find((one) => one.id === id)?.id ?? items[0]?.id
  const query = useQuery({
    ...apiQuery(endpoints.getAnalysis, { params: { analysisId: shown ?? '' } }),
    enabled: shown !== undefined,
    refetchInterval: ({ state: { data } }) => (data && !isOpen(data.state) ? false : askEveryMs),
  })
  if (list.isError) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (list.data && shown === undefined)
    return <EmptyState title={t('analysis.none')} hint={t(`analysis.none.${kind}`)} />
  const { data } = query
  if (!data) return <Skeleton height={320} />
  return (
    <div className="bo-stack">
      {items.length > 1 && (
        <Select
          label={t('analysis.earlier')}
          allowDeselect={false}
          data={items.map((one) => ({
            value: one.id,
            label: `${formatDate(one.createdAt, locale, 'dateTime')} · ${about(one.question)}`,
          }))}
          value={data.id}
          onChange={(value) => value !== null && onChoose(value)}
        />
      )}
      {isOpen(data.state) && <Progress analysis={data} />}
      {data.state === 'cancelled' && <EmptyState title={t('analysis.cancelled')} hint={t(`analysis.none.${kind}`)} />}
      {data.problem && (
        <Alert color="red" role="alert" title={t('analysis.unanswered')}>
          {data.problem}
        </Alert>
      )}
      {data.results && children(data.results, data)}
      {data.state === 'done' && <Provenance analysis={data} onChoose={onChoose} />}
    </div>
  )
}

function Progress({ analysis }: { analysis: Analysis }) {
  const t = useT()
  const cancel = useAct({
    act: () => call(endpoints.cancelAnalysis, { params: { analysisId: analysis.id } }),
    touches,
  })
  return (
    <Card title={t('analysis.running')}>
      {analysis.attempts > 1 && <p className="bo-line">{t('scenario.again', { attempts: analysis.attempts })}</p>}
      <ProgressLine
        label={t('analysis.progress')}
        done={Math.round(analysis.progress * 100)}
        total={100}
        state={cancel.isPending ? 'cancelling' : 'running'}
        onCancel={() => cancel.mutate()}
      />
    </Card>
  )
}

/** What makes a figure traceable, and the proof that it comes out again. */
function Provenance({ analysis, onChoose }: { analysis: Analysis; onChoose: (id: string) => void }) {
  const t = useT()
  const can = useCan()
  const replay = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.replayAnalysis, { params: { analysisId: analysis.id } }, { idempotencyKey }),
    touches,
    onDone: ({ id }) => onChoose(id),
  })
  return (
    <Disclosure label={t('scenario.provenance')}>
      {analysis.sameBytes !== null && (
        <p className="bo-line" role="status">
          {t(analysis.sameBytes ? 'scenario.sameBytes' : 'scenario.otherBytes')}
        </p>
      )}
      <Facts
        facts={[
          [t('scenario.seed'), String(analysis.seed)],
          [t('scenario.engine'), analysis.engineVersion],
          [t('scenario.input'), analysis.inputHash && <code key="i">{analysis.inputHash.slice(0, 16)}…</code>],
          [t('scenario.output'), analysis.resultsHash && <code key="o">{analysis.resultsHash.slice(0, 16)}…</code>],
        ]}
      />
      {can('strategy:write') && (
        <Group mt="sm">
          <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('scenario.replay')}
          </Button>
        </Group>
      )}
    </Disclosure>
  )
}
