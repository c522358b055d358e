import { Alert, Button, Group, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Scenario, ScenarioRun } from '@ecluse/contracts/scenarios.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { ProgressLine } from '@ecluse/ui/progress-line.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { RunFigures } from './run-figures.tsx'

const askEveryMs = 700
const isOpen = (state: ScenarioRun['state']): boolean => state === 'waiting' || state === 'running'

/** The latest run: how far it is, then what it came to, with what it was computed from. */
export function ResultsTab({ scenario }: { scenario: Scenario }) {
  const t = useT()
  const [latest] = scenario.runs
  const query = useQuery({
    ...apiQuery(endpoints.getScenarioRun, { params: { runId: latest?.id ?? '' } }),
    enabled: latest !== undefined,
    refetchInterval: ({ state: { data } }) => (data && !isOpen(data.state) ? false : askEveryMs),
  })
  const { data } = query
  if (!latest) return <EmptyState title={t('scenario.noRun')} hint={t('scenario.noRun.help')} />
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  if (!data) return <Skeleton height={360} />
  return (
    <div className="bo-stack">
      {isOpen(data.state) && <Progress run={data} />}
      {data.state === 'cancelled' && <EmptyState title={t('scenario.cancelled')} hint={t('scenario.noRun.help')} />}
      {data.problem && (
        <Alert color="red" role="alert">
          {data.problem}
        </Alert>
      )}
      {data.results && <RunFigures results={data.results} />}
      {data.state === 'done' && <Provenance run={data} />}
    </div>
  )
}

function Progress({ run }: { run: ScenarioRun }) {
  const t = useT()
  const cancel = useAct({
    act: () => call(endpoints.cancelScenarioRun, { params: { runId: run.id } }),
    touches: ['/strategy'],
  })
  return (
    <Card title={t('scenario.running')}>
      {run.attempts > 1 && <p className="bo-line">{t('scenario.again', { attempts: run.attempts })}</p>}
      <ProgressLine
        label={t('scenario.progress')}
        done={Math.round(run.progress * 2 * run.draws)}
        total={2 * run.draws}
        state={cancel.isPending ? 'cancelling' : 'running'}
        onCancel={() => cancel.mutate()}
      />
    </Card>
  )
}

/** What makes a figure traceable: version, seed, engine, and the hash of what went in; and the proof that it comes out again. */
function Provenance({ run }: { run: ScenarioRun }) {
  const t = useT()
  const can = useCan()
  const replay = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.replayScenarioRun, { params: { runId: run.id } }, { idempotencyKey }),
    touches: ['/strategy'],
  })
  return (
    <Card title={t('scenario.provenance')}>
      {run.sameBytes !== null && (
        <p className="bo-line" role="status">
          {t(run.sameBytes ? 'scenario.sameBytes' : 'scenario.otherBytes')}
        </p>
      )}
      <Facts
        facts={[
          [t('scenario.ofVersion'), String(run.version)],
          [t('scenario.draws'), String(run.draws)],
          [t('scenario.seed'), String(run.seed)],
          [t('scenario.engine'), run.engineVersion],
          [t('scenario.input'), <code key="i">{run.inputHash.slice(0, 16)}…</code>],
          [t('scenario.output'), run.resultsHash && <code key="o">{run.resultsHash.slice(0, 16)}…</code>],
        ]}
      />
      {can('strategy:write') && (
        <Group mt="sm">
          <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('scenario.replay')}
          </Button>
        </Group>
      )}
    </Card>
  )
}
