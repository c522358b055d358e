import { useState } from 'react'
import { Button, Checkbox, Group, Skeleton } from '@mantine/core'
import { IconPlus, IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ScenarioListItem } from '@ecluse/contracts/scenarios.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { askEveryMs, isOpen } from '../computation.tsx'
import { useAmounts } from './amounts.ts'
import { NewScenario } from './new-scenario.tsx'
import { RunState } from './run-state.tsx'
import './scenarios.css'

const route = getRouteApi('/scenarios')
const mostCompared = 4

/** Scenarios with what each would gain; two to four are laid side by side. The worked examples are one click away. */
export function ScenariosPage() {
  const t = useT()
  const can = useCan()
  const navigate = route.useNavigate()
  const [adding, setAdding] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const query = useQuery({
    ...apiQuery(endpoints.listScenarios, {}),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ run }) => run !== null && isOpen(run.state)) ? askEveryMs : false,
  })
  const items = query.data?.items ?? []
  const add = can('strategy:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('scenario.new')}
    </Button>
  )
  const choose = (runId: string) =>
    setChosen((now) =>
      now.includes(runId) ? now.filter((one) => one !== runId) : [...now, runId].slice(-mostCompared),
    )
  return (
    <Page
      title={t('nav.scenarios')}
      summary={t('scenario.summary')}
      acts={
        <Group gap="xs">
          {items.length > 1 && (
            <Button
              variant="default"
              leftSection={<IconScale size={16} aria-hidden />}
              disabled={chosen.length < 2}
              onClick={() => void navigate({ to: '/scenarios/compare', search: { runs: chosen.join(',') } })}
            >
              {t('scenario.compare', { count: chosen.length })}
            </Button>
          )}
          {add}
        </Group>
      }
    >
      <div className="bo-stack">
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={240} />}
        {query.data && items.length === 0 && (
          <EmptyState title={t('scenario.none')} hint={t('scenario.none.help')}>
            {add}
          </EmptyState>
        )}
        {items.map((item) => (
          <ScenarioCard key={item.id} item={item} chosen={chosen} onChoose={choose} />
        ))}
        <Examples />
      </div>
      {adding && (
        <SidePanel itemKey="new" title={t('scenario.new')} onClose={() => setAdding(false)}>
          <NewScenario
            onClose={() => setAdding(false)}
            onDone={({ id }) =>
              void navigate({ to: '/scenarios/$scenarioId', params: { scenarioId: id }, search: { tab: 'moves' } })
            }
          />
        </SidePanel>
      )}
    </Page>
  )
}

function ScenarioCard({
  item,
  chosen,
  onChoose,
}: {
  item: ScenarioListItem
  chosen: readonly string[]
  onChoose: (runId: string) => void
}) {
  const t = useT()
  const { money, share, month, payback } = useAmounts()
  const { run } = item
  const gain = run?.gain
  return (
    <Card
      title={item.name}
      acts={
        <Link to="/scenarios/$scenarioId" params={{ scenarioId: item.id }} className="bo-link">
          {t('scenario.open')}
        </Link>
      }
    >
      {item.question && <p className="bo-line">{item.question}</p>}
      <p className="bo-line">
        {run ? <RunState state={run.state} /> : <StateBadge tone="neutral">{t('scenario.neverRun')}</StateBadge>}{' '}
        <span className="bo-quiet">
          {t('scenario.version', { version: item.version })} · {t('scenario.moveCount', { count: item.moves })}
        </span>
      </p>
      {run && gain && (
        <>
          <Facts
            facts={[
              [
                t('scenario.gain'),
                t('scenario.between', { mean: money(gain.mean), low: money(gain.low), high: money(gain.high) }),
              ],
              [t('scenario.loss'), share(gain.probabilityOfLoss)],
              [t('scenario.payback'), payback(gain.payback)],
              [t('scenario.span'), t('scenario.span.told', { from: month(run.startsOn), months: run.months })],
            ]}
          />
          <Checkbox
            mt="sm"
            label={t('scenario.choose')}
            aria-label={t('scenario.choose.of', { name: item.name })}
            checked={chosen.includes(run.id)}
            onChange={() => onChoose(run.id)}
          />
        </>
      )}
    </Card>
  )
}

/** The two business cases of the trade: they need no history. */
function Examples() {
  const t = useT()
  return (
    <Card title={t('venture.examples')}>
      <ul className="bo-plain-list">
        {(['centre', 'prefill'] as const).map((example) => (
          <li key={example} className="bo-line">
            <Link to="/scenarios/examples/$example" params={{ example }} className="bo-link">
              {t(`venture.${example}.title`)}
            </Link>{' '}
            <span className="bo-quiet">{t(`venture.${example}.summary`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
