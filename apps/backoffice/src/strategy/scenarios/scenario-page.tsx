import { useState } from 'react'
import { Alert, Button, Group, Skeleton } from '@mantine/core'
import { IconCopy, IconFileText, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { scenarioTabs } from '../../app/search.ts'
import { PageTabs } from '../../common/page-tabs.tsx'
import { Page } from '../../common/page.tsx'
import { AssumptionsTab } from './assumptions-tab.tsx'
import { MovesTab } from './moves-tab.tsx'
import { NewScenario } from './new-scenario.tsx'
import { NumbersTab } from './numbers-tab.tsx'
import type { Save } from './save.ts'
import { ResultsTab } from './results-tab.tsx'
import '../../today/today.css'
import '../../knowledge/knowledge.css'
import '../objectives/objectives.css'
import './scenarios.css'

const route = getRouteApi('/scenarios/$scenarioId')
const touches = ['/strategy'] as const

const tabs = { results: ResultsTab, moves: MovesTab, numbers: NumbersTab, assumptions: AssumptionsTab } as const

/** One scenario: what it would come to, its moves, its numbers and what is assumed. */
export function ScenarioPage() {
  const t = useT()
  const { scenarioId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.getScenario, { params: { scenarioId }, query: {} }))
  const { data } = query
  return (
    <Page
      title={data?.name ?? t('nav.scenarios')}
      summary={data && (data.content.question || t('scenario.version', { version: data.version }))}
      back={{ to: '/scenarios', label: t('nav.scenarios') }}
      acts={data && <Acts scenario={data} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && <Told scenario={data} />}
    </Page>
  )
}

function Acts({ scenario }: { scenario: Scenario }) {
  const t = useT()
  const can = useCan()
  const navigate = route.useNavigate()
  const [copying, setCopying] = useState(false)
  const { id: scenarioId, runs } = scenario
  const latest = runs.find(({ state, replaysId }) => state === 'done' && replaysId === null)
  const run = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.runScenario, { params: { scenarioId }, body: {} }, { idempotencyKey }),
    touches,
    onDone: () => void navigate({ search: { tab: 'results' } }),
  })
  const memo = useAct({
    act: (runId: string, idempotencyKey) =>
      call(endpoints.createMemo, { body: { title: scenario.name, runIds: [runId] } }, { idempotencyKey }),
    touches,
    onDone: ({ id }) => void navigate({ to: '/memos/$memoId', params: { memoId: id } }),
  })
  if (!can('strategy:write')) return null
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => setCopying(true)}>
        {t('scenario.copy')}
      </Button>
      {latest && (
        <Button
          variant="default"
          leftSection={<IconFileText size={16} aria-hidden />}
          loading={memo.isPending}
          onClick={() => memo.mutate(latest.id)}
        >
          {t('memo.begin')}
        </Button>
      )}
      <Button
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        loading={run.isPending}
        onClick={() => run.mutate()}
      >
        {t('scenario.run')}
      </Button>
      {copying && (
        <SidePanel itemKey="copy" title={t('scenario.copy')} onClose={() => setCopying(false)}>
          <NewScenario
            copyOf={scenario}
            onClose={() => setCopying(false)}
            onDone={({ id }) => {
              setCopying(false)
              void navigate({ to: '/scenarios/$scenarioId', params: { scenarioId: id }, search: { tab: 'moves' } })
            }}
          />
        </SidePanel>
      )}
    </Group>
  )
}

function Told({ scenario }: { scenario: Scenario }) {
  const t = useT()
  const can = useCan()
  const { tab = 'results' } = route.useSearch()
  const navigate = route.useNavigate()
  const { id: scenarioId, name, version, content } = scenario
  const write = useAct({
    act: ({ change, recalibrate = false }: { change: Partial<ScenarioContent>; recalibrate?: boolean }) =>
      call(endpoints.saveScenario, {
        params: { scenarioId },
        body: { name, version, content: { ...content, ...change }, recalibrate },
      }),
    touches,
    done: (saved) => t('scenario.saved', { version: saved.version }),
  })
  const save: Save = (change, more) => write.mutate({ change, ...more })
  const may = can('strategy:write')
  const [latest] = scenario.runs
  const stale = latest !== undefined && latest.version < version
  return (
    <PageTabs
      label={t('scenario.parts')}
      tabs={scenarioTabs}
      value={tab}
      nameOf={(one) => t(`scenario.tab.${one}`)}
      onChange={(one) => void navigate({ search: { tab: one } })}
    >
      {(one) => {
        const Tab = tabs[one]
        return (
          <>
            {one === 'results' && stale && (
              <Alert mb="md">{t('scenario.stale', { version: latest.version, now: version })}</Alert>
            )}
            <Tab scenario={scenario} save={may ? save : null} busy={write.isPending} />
          </>
        )
      }}
    </PageTabs>
  )
}
