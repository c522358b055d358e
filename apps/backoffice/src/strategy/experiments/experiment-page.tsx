import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconFlag, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ExperimentDetail } from '@ecluse/contracts/experiments.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call, refresh } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { EndForm } from './end-form.tsx'
import { ExperimentForm } from './experiment-form.tsx'
import { toneOf, useExperimentWords } from './experiment-words.ts'
import { Planned } from './plan-card.tsx'
import { Results } from './results.tsx'
import '../../insights/insights.css'
import '../../today/today.css'
import '../objectives/objectives.css'
import './experiments.css'

const route = getRouteApi('/experiments/$experimentId')
const touches = ['/strategy/experiments'] as const

/** One experiment: prepared, then followed, then what was decided. */
export function ExperimentPage() {
  const t = useT()
  const can = useCan()
  const words = useExperimentWords()
  const { experimentId } = route.useParams()
  const [ending, setEnding] = useState(false)
  const query = useQuery(apiQuery(endpoints.getExperiment, { params: { experimentId } }))
  const { data } = query
  const mayEnd = data?.state === 'running' && can('strategy:write')
  return (
    <Page
      title={data?.name ?? t('nav.experiments')}
      badge={data && <StateBadge tone={toneOf(data)}>{t(`experiment.state.${data.state}`)}</StateBadge>}
      summary={data && words.asked(data.design)}
      back={{ to: '/experiments', label: t('nav.experiments') }}
      acts={
        mayEnd && (
          <Button variant="default" leftSection={<IconFlag size={16} aria-hidden />} onClick={() => setEnding(true)}>
            {t('experiment.end')}
          </Button>
        )
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data?.state === 'draft' && <Draft experiment={data} />}
      {data && data.state !== 'draft' && <Begun experiment={data} />}
      {ending && data && (
        <SidePanel itemKey="end" title={t('experiment.end')} onClose={() => setEnding(false)}>
          <EndForm experiment={data} onClose={() => setEnding(false)} />
        </SidePanel>
      )}
    </Page>
  )
}

function Draft({ experiment }: { experiment: ExperimentDetail }) {
  const t = useT()
  const can = useCan()
  const { id, design, baseline, plan, revision } = experiment
  const navigate = route.useNavigate()
  const params = { experimentId: id }
  const start = useAct({
    act: () => call(endpoints.startExperiment, { params }),
    touches,
    done: () => t('experiment.started'),
  })
  const remove = useAct({
    act: () => call(endpoints.deleteExperiment, { params }),
    touches: [],
    done: () => t('experiment.deleted'),
    onDone: () => {
      void navigate({ to: '/experiments' })
      void refresh('/strategy/experiments')
    },
  })
  if (!can('strategy:write'))
    return (
      <Card title={t('experiment.plan')}>
        <p className="bo-line">{experiment.hypothesis}</p>
        <Planned design={design} baseline={baseline} plan={plan} />
      </Card>
    )
  return (
    <ExperimentForm
      key={revision}
      experiment={experiment}
      send={(body) => call(endpoints.updateExperiment, { params, body: { ...body, revision } })}
      onDone={() => {
        tellDone(t('experiment.saved'))
        void refresh(...touches)
      }}
      acts={(saved) => (
        <>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            disabled={!saved}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {t('experiment.start')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={16} aria-hidden />}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t('experiment.delete')}
          </Button>
          <p className="bo-line bo-quiet">{t('experiment.start.help')}</p>
        </>
      )}
    />
  )
}

function Begun({ experiment }: { experiment: ExperimentDetail }) {
  const t = useT()
  const words = useExperimentWords()
  const { id, design, baseline, plan, hypothesis, startedAt, endedAt, endedBy, decision, seed, sites } = experiment
  const query = useQuery(apiQuery(endpoints.readExperimentResults, { params: { experimentId: id } }))
  const day = (at: string | null) => at && words.day(at.slice(0, 10))
  return (
    <div className="bo-stack">
      {decision && (
        <Card title={t('experiment.decision')}>
          <p className="bo-line">
            {decision.arm === null
              ? t('experiment.kept.none')
              : t('experiment.kept.arm', { arm: words.armName(design, decision.arm) })}
          </p>
          <p className="bo-line">{decision.why}</p>
          <Facts
            facts={[
              [t('experiment.endedOn'), day(endedAt)],
              [t('experiment.endedBy'), endedBy],
            ]}
          />
        </Card>
      )}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={320} />}
      {query.data && <Results design={design} plan={plan} results={query.data} />}
      <Card title={t('experiment.facts')}>
        <p className="bo-line">{hypothesis}</p>
        <Facts
          facts={[
            [t('experiment.startedOn'), day(startedAt)],
            [t('experiment.seed'), String(seed)],
            [t('experiment.keys'), design.arms.map(({ key, name }) => `${key} = ${name}`).join(', ')],
          ]}
        />
        {design.unit === 'customer' && (
          <p className="bo-line bo-quiet">
            {t('experiment.api')} <code>{`PUT /api/v1/strategy/experiments/${id}/people/{customerId}`}</code>
          </p>
        )}
        {sites.length > 0 && (
          <ul className="bo-plain-list">
            {sites.map(({ siteId, name, arm, customers }) => (
              <li key={siteId}>{t('experiment.site', { name, arm: words.armName(design, arm), customers })}</li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('experiment.planned')}>
        <Planned design={design} baseline={baseline} plan={plan} />
      </Card>
    </div>
  )
}
