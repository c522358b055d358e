import { Button, Skeleton } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ScenarioComparison } from '@ecluse/contracts/scenarios.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Page } from '../../common/page.tsx'
import { Plot } from '../../today/plot.tsx'
import { useAmounts } from './amounts.ts'
import { FigureName } from './figure-name.tsx'
import { BarDrawing } from './plots.tsx'
import { useVerdict } from './run-figures.tsx'
import '../../today/today.css'
import './scenarios.css'

const route = getRouteApi('/scenarios/compare')

/** Two to four scenarios side by side: what chance has in common falls away. */
export function ComparePage() {
  const t = useT()
  const can = useCan()
  const navigate = route.useNavigate()
  const { runs = '' } = route.useSearch()
  const runIds = runs.split(',').filter(Boolean)
  const query = useQuery({
    ...apiQuery(endpoints.compareScenarioRuns, { query: { runs } }),
    enabled: runIds.length >= 2,
  })
  const { data } = query
  const memo = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.createMemo,
        {
          body: {
            title:
              data?.runs
                .map(({ name }) => name)
                .join(' / ')
                .slice(0, 160) ?? '',
            runIds,
          },
        },
        { idempotencyKey },
      ),
    touches: ['/strategy'],
    onDone: ({ id }) => void navigate({ to: '/memos/$memoId', params: { memoId: id } }),
  })
  return (
    <Page
      title={t('scenario.compare.title')}
      summary={t('scenario.compare.summary')}
      back={{ to: '/scenarios', label: t('nav.scenarios') }}
      acts={
        data &&
        can('strategy:write') && (
          <Button
            leftSection={<IconFileText size={16} aria-hidden />}
            loading={memo.isPending}
            onClick={() => memo.mutate()}
          >
            {t('memo.begin')}
          </Button>
        )
      }
    >
      {runIds.length < 2 && <EmptyState title={t('scenario.compare.none')} hint={t('scenario.compare.none.help')} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isLoading && <Skeleton height={360} />}
      {data && (
        <div className="bo-stack">
          <SideBySide comparison={data} />
          <Gains comparison={data} />
        </div>
      )}
    </Page>
  )
}

function SideBySide({ comparison: { runs } }: { comparison: ScenarioComparison }) {
  const t = useT()
  const verdict = useVerdict()
  const { money, share } = useAmounts()
  const columns = runs.map(({ results }) => verdict(results.gain))
  return (
    <Card title={t('scenario.compare.figures')}>
      <div className="bo-scroll-x" tabIndex={0} role="group" aria-label={t('scenario.compare.figures')}>
        <table className="bo-side-table">
          <thead>
            <tr>
              <th scope="col">{t('scenario.figures.figure')}</th>
              {runs.map(({ runId, scenarioId, name, version }) => (
                <th key={runId} scope="col">
                  <Link to="/scenarios/$scenarioId" params={{ scenarioId }} className="bo-link">
                    {name}
                  </Link>
                  <br />
                  <span className="bo-quiet">{t('scenario.version', { version })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns[0]?.map(([id], at) => (
              <tr key={id}>
                <th scope="row">
                  <FigureName id={id} />
                </th>
                {columns.map((column, run) => (
                  <td key={runs[run]?.runId}>{column[at]?.[1]}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('scenario.overFirst')}</th>
              {runs.map(({ runId, overFirst }) => (
                <td key={runId}>
                  {overFirst === null
                    ? t('scenario.overFirst.first')
                    : t('scenario.overFirst.told', {
                        mean: money(overFirst.mean),
                        low: money(overFirst.low),
                        high: money(overFirst.high),
                        better: share(overFirst.better),
                      })}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Gains({ comparison: { runs } }: { comparison: ScenarioComparison }) {
  const t = useT()
  const { money } = useAmounts()
  const best = runs.reduce((top, run) => (run.results.gain.mean > top.results.gain.mean ? run : top))
  const isTie = runs.every(({ results: { gain } }) => gain.mean === best.results.gain.mean)
  const named = ({ name, version }: (typeof runs)[number]) => `${name} (${version})`
  return (
    <Plot
      question={t('scenario.compare.question')}
      answer={t(isTie ? 'scenario.compare.same' : 'scenario.compare.answer', {
        name: named(best),
        gain: money(best.results.gain.mean),
      })}
      file={t('scenario.compare.file')}
      table={[
        [t('scenario.name'), '5 %', '50 %', '95 %'],
        ...runs.map((run) => [
          named(run),
          money(run.results.gain.low),
          money(run.results.gain.median),
          money(run.results.gain.high),
        ]),
      ]}
    >
      <BarDrawing
        label={t('scenario.compare.question')}
        rows={runs.map((run) => ({
          label: named(run),
          from: run.results.gain.low,
          to: run.results.gain.high,
          bad: run.results.gain.mean < 0,
          told: money(run.results.gain.mean),
        }))}
      />
    </Plot>
  )
}
