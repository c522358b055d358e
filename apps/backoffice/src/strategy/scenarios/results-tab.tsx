import { Alert, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../../app/i18n.ts'
import { ComputationProgress, isOpen, Provenance, untilOver } from '../computation.tsx'
import { RunFigures } from './run-figures.tsx'

/** The latest run: how far it is, then what it came to, with what it was computed from. */
export function ResultsTab({ scenario }: { scenario: Scenario }) {
  const t = useT()
  const [latest] = scenario.runs
  const query = useQuery({
    ...apiQuery(endpoints.getScenarioRun, { params: { runId: latest?.id ?? '' } }),
    enabled: latest !== undefined,
    refetchInterval: untilOver,
  })
  const { data } = query
  if (!latest) return <EmptyState title={t('scenario.noRun')} hint={t('scenario.noRun.help')} />
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!data) return <Skeleton height={360} />
  return (
    <div className="bo-stack">
      {isOpen(data.state) && (
        <ComputationProgress
          of={data}
          title={t('scenario.running')}
          label={t('scenario.progress')}
          total={2 * data.draws}
          cancel={() => call(endpoints.cancelScenarioRun, { params: { runId: data.id } })}
        />
      )}
      {data.state === 'cancelled' && <EmptyState title={t('scenario.cancelled')} hint={t('scenario.noRun.help')} />}
      {data.problem && (
        <Alert color="red" role="alert">
          {data.problem}
        </Alert>
      )}
      {data.results && <RunFigures results={data.results} />}
      {data.state === 'done' && (
        <Provenance
          of={data}
          facts={[
            [t('scenario.ofVersion'), String(data.version)],
            [t('scenario.draws'), String(data.draws)],
          ]}
          replay={(idempotencyKey) =>
            call(endpoints.replayScenarioRun, { params: { runId: data.id } }, { idempotencyKey })
          }
        />
      )}
    </div>
  )
}
