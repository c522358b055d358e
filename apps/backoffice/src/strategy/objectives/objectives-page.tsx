import { useState } from 'react'
import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Objective } from '@ecluse/contracts/objectives.ts'
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
import { toneOf, useObjectiveWords } from './objective-words.ts'
import { NewObjectiveForm } from './objective-form.tsx'
import '../../today/today.css'
import './objectives.css'

const route = getRouteApi('/objectives')

/** What the firm wants to reach and how likely it is, the least likely first. */
export function ObjectivesPage() {
  const t = useT()
  const can = useCan()
  const { state = 'open' } = route.useSearch()
  const navigate = route.useNavigate()
  const [adding, setAdding] = useState(false)
  const query = useQuery(apiQuery(endpoints.listObjectives, { query: { state } }))
  const items = query.data?.items ?? []
  const add = can('strategy:write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('objectives.new')}
    </Button>
  )
  return (
    <Page title={t('nav.objectives')} summary={t('objectives.summary')} acts={add}>
      <div className="bo-stack">
        <SegmentedControl
          aria-label={t('objectives.which')}
          w="fit-content"
          data={(['open', 'closed'] as const).map((value) => ({ value, label: t(`objectives.${value}`) }))}
          value={state}
          onChange={(value) => void navigate({ search: { state: value === 'closed' ? 'closed' : undefined } })}
        />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={200} />}
        {query.data && items.length === 0 && (
          <EmptyState title={t(`objectives.none.${state}`)} hint={t(`objectives.none.${state}.help`)}>
            {state === 'open' && add}
          </EmptyState>
        )}
        {items.map((objective) => (
          <ObjectiveCard key={objective.id} objective={objective} />
        ))}
      </div>
      {adding && (
        <SidePanel itemKey="new" title={t('objectives.new')} onClose={() => setAdding(false)}>
          <NewObjectiveForm
            onClose={() => setAdding(false)}
            onDone={({ id }) => void navigate({ to: '/objectives/$objectiveId', params: { objectiveId: id } })}
          />
        </SidePanel>
      )}
    </Page>
  )
}

function ObjectiveCard({ objective }: { objective: Objective }) {
  const t = useT()
  const words = useObjectiveWords()
  const { reading } = objective
  return (
    <Card
      title={objective.name}
      acts={
        <Link to="/objectives/$objectiveId" params={{ objectiveId: objective.id }} className="bo-link">
          {t('objectives.follow')}
        </Link>
      }
    >
      <p className="bo-line">
        <StateBadge tone={toneOf(objective)}>{words.state(objective)}</StateBadge>
      </p>
      <p className="bo-line">{words.asked(objective)}</p>
      {reading?.problem && <p className="bo-line bo-quiet">{reading.problem}</p>}
      <Facts
        facts={[
          [t('objectives.owner'), objective.owner],
          [t('objectives.start'), objective.start !== null && words.value(objective, objective.start)],
          [t('objectives.reached'), reading?.reached != null && words.value(objective, reading.reached)],
        ]}
      />
    </Card>
  )
}
