import { useState } from 'react'
import { Button, Group, Skeleton, Textarea } from '@mantine/core'
import { IconFlag, IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ObjectiveDetail } from '@ecluse/contracts/objectives.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatPercent } from '@ecluse/ui/format.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { Facts } from '../../common/facts.tsx'
import { Page } from '../../common/page.tsx'
import { BarsFigure } from '../../knowledge/bars-figure.tsx'
import { ForecastCone } from './forecast-cone.tsx'
import { ChangeObjectiveForm } from './objective-form.tsx'
import { ObjectiveNotes } from './objective-notes.tsx'
import { toneOf, useObjectiveWords } from './objective-words.ts'
import '../../knowledge/knowledge.css'
import '../../today/today.css'
import './objectives.css'

const route = getRouteApi('/objectives/$objectiveId')
const touches = ['/objectives'] as const

/** One objective: its forecast, how its chance moved, and what was said and changed. */
export function ObjectivePage() {
  const t = useT()
  const { objectiveId } = route.useParams()
  const query = useQuery(apiQuery(endpoints.getObjective, { params: { objectiveId } }))
  const { data } = query
  const words = useObjectiveWords()
  return (
    <Page
      title={data?.name ?? t('nav.objectives')}
      badge={data && <StateBadge tone={toneOf(data)}>{words.state(data)}</StateBadge>}
      summary={data && words.asked(data)}
      back={{ to: '/objectives', label: t('nav.objectives') }}
      acts={data && <Acts objective={data} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {data && <Told objective={data} />}
    </Page>
  )
}

function Told({ objective }: { objective: ObjectiveDetail }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useObjectiveWords()
  const { reading } = objective
  const value = (of: number | null | undefined) => of != null && words.value(objective, of)
  return (
    <div className="bo-stack">
      {objective.alert && (
        <p role="status">{t('objectives.alert', { limit: formatPercent(objective.alertBelow, locale, 0) })}</p>
      )}
      <ForecastCone objective={objective} />
      <Card title={t('objectives.facts')}>
        {reading?.problem && <p className="bo-line">{reading.problem}</p>}
        <Facts
          facts={[
            [t('objectives.owner'), objective.owner],
            [t('objectives.target'), value(objective.target)],
            [t('objectives.start'), value(objective.start)],
            [t('objectives.reached'), value(objective.closed?.reached ?? reading?.reached)],
            [t('objectives.presentPace'), value(reading?.presentPace)],
            [t('objectives.pace'), value(reading?.pace)],
            [t('objectives.months'), reading && String(reading.history.length)],
            [
              t('objectives.computed'),
              reading &&
                t('objectives.computed.by', {
                  on: formatDate(reading.on, locale, 'day'),
                  version: reading.engineVersion,
                  seed: reading.seed,
                  hash: reading.snapshotHash.slice(0, 12),
                }),
            ],
          ]}
        />
        <p className="bo-line bo-quiet bo-objective-how">{t('objectives.how')}</p>
      </Card>
      {objective.course.length > 1 && (
        <Card title={t('objectives.course')}>
          <BarsFigure
            title={t('objectives.course')}
            data={objective.course.map(({ on, probability }) => ({
              day: formatDate(on, locale, 'day'),
              probability: probability ?? 0,
            }))}
            by={{ name: 'day', label: t('insights.day') }}
            series={[{ name: 'probability', label: t('objectives.chance'), color: 'var(--color-primary)' }]}
            format={(share) => formatPercent(share, locale, 0)}
          />
        </Card>
      )}
      <ObjectiveNotes objective={objective} />
    </div>
  )
}

function Acts({ objective }: { objective: ObjectiveDetail }) {
  const t = useT()
  const can = useCan()
  const [open, setOpen] = useState<'change' | 'close' | null>(null)
  const params = { objectiveId: objective.id }
  const reopen = useAct({
    act: () => call(endpoints.reopenObjective, { params }),
    touches,
    done: () => t('objectives.reopened'),
  })
  if (!can('strategy:write')) return null
  if (objective.closed) {
    return (
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
        {t('objectives.reopen')}
      </Button>
    )
  }
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('change')}>
        {t('objectives.change')}
      </Button>
      <Button variant="default" leftSection={<IconFlag size={16} aria-hidden />} onClick={() => setOpen('close')}>
        {t('objectives.close')}
      </Button>
      {open === 'change' && (
        <SidePanel itemKey="change" title={t('objectives.change')} onClose={() => setOpen(null)}>
          <ChangeObjectiveForm objective={objective} onClose={() => setOpen(null)} />
        </SidePanel>
      )}
      {open === 'close' && (
        <SidePanel itemKey="close" title={t('objectives.close')} onClose={() => setOpen(null)}>
          <CloseForm objective={objective} onClose={() => setOpen(null)} />
        </SidePanel>
      )}
    </Group>
  )
}

function CloseForm({ objective, onClose }: { objective: ObjectiveDetail; onClose: () => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const params = { objectiveId: objective.id }
  const close = useAct({
    act: () => call(endpoints.closeObjective, { params, body: { text } }),
    touches,
    done: () => t('objectives.closedNow'),
    undo: () => call(endpoints.reopenObjective, { params }),
    onDone: onClose,
  })
  return (
    <form
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        close.mutate()
      }}
    >
      <p className="bo-line">{t('objectives.close.help')}</p>
      <Textarea
        label={t('objectives.close.why')}
        required
        autosize
        minRows={2}
        data-autofocus
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <Button type="submit" loading={close.isPending} disabled={text.trim() === ''}>
        {t('objectives.close')}
      </Button>
    </form>
  )
}
