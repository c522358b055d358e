import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Journey, JourneyParticipant, JourneyPersonSteps } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Facts } from '../common/facts.tsx'
import { Section } from '../common/section.tsx'
import { DecisionItem } from './decision-item.tsx'
import { nodeOf } from './graph-acts.ts'
import { useNodeWords } from './node-words.ts'

type Props = { person: JourneyParticipant; journey: Journey; onClose: () => void }

/** One person's way through a journey: where they are, each step they left, and why they got what they got there, or nothing. */
export function PersonPanel({ person: { id, name }, journey, onClose }: Props) {
  const t = useT()
  const params = { journeyId: journey.id, participantId: id }
  const query = useQuery(apiQuery(endpoints.getJourneyPerson, { params }))
  return (
    <SidePanel title={t('journeys.way.of', { name: name || t('customers.nameless') })} itemKey={id} onClose={onClose}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={160} />}
      {query.data && <Way journey={journey} way={query.data} />}
    </SidePanel>
  )
}

function Way({ journey, way: { person, steps } }: { journey: Journey; way: JourneyPersonSteps }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useNodeWords(journey.graph)
  const { enteredAt, nodeId, since, nextAt, state, reason, heldOut } = person
  const node = nodeOf(journey.graph, nodeId)
  return (
    <div className="bo-stack">
      <Facts
        facts={[
          [t('journeys.way.entered'), formatDate(enteredAt, locale, 'dateTime')],
          [t('journeys.people.step'), node ? words.title(node) : nodeId],
          [t('journeys.people.state'), `${t(`journeys.participant.${state}`)}, ${t(`journeys.wait.reason.${reason}`)}`],
          [t('journeys.way.since'), formatDate(since, locale, 'dateTime')],
          [t('journeys.way.next'), nextAt && formatDate(nextAt, locale, 'dateTime')],
        ]}
      />
      {heldOut && <p className="bo-line">{t('journeys.heldOut.person')}</p>}
      {reason === 'restricted' && <p className="bo-line">{t('journeys.way.restricted')}</p>}
      {reason === 'broken' && <GoOn journeyId={journey.id} person={person} />}
      <Section title={t('journeys.way.steps')}>
        {steps.length === 0 && <p className="bo-line bo-quiet">{t('journeys.way.none')}</p>}
        <ol className="bo-decisions">
          {steps.map((step) => (
            <StepLine key={step.visit} journey={journey} step={step} />
          ))}
        </ol>
      </Section>
    </div>
  )
}

function StepLine({ journey, step }: { journey: Journey; step: JourneyPersonSteps['steps'][number] }) {
  const t = useT()
  const { locale } = useLocale()
  const words = useNodeWords(journey.graph)
  const { nodeId, nodeName, nodeType, port, at, decision } = step
  const node = nodeOf(journey.graph, nodeId)
  const leads = nodeType !== null && nodeType !== 'exit' && nodeType !== 'goal'
  return (
    <li className="bo-journey-way">
      <p className="bo-line">
        <strong>{nodeName || (nodeType ? t(`journeys.type.${nodeType}`) : nodeId)}</strong>
        <span className="bo-quiet bo-block">
          {formatDate(at, locale, 'dateTime')}
          {leads && ` · ${node ? words.port(node, port) : t('journeys.port', { port, type: nodeType })}`}
        </span>
      </p>
      {decision && (
        <ul className="bo-decisions">
          <DecisionItem decision={decision} />
        </ul>
      )}
    </li>
  )
}

/** What stopped because it could not be stepped goes on, once that is mended. */
function GoOn({ journeyId, person: { id } }: { journeyId: string; person: JourneyParticipant }) {
  const t = useT()
  const can = useCan()
  const resume = useAct({
    act: () => call(endpoints.resumeJourneyPerson, { params: { journeyId, participantId: id } }),
    touches: ['/journeys'],
    done: () => t('journeys.way.resumed'),
  })
  return (
    <>
      <p className="bo-line">{t('journeys.way.broken')}</p>
      {can('campaigns:write') && (
        <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('journeys.way.resume')}
        </Button>
      )}
    </>
  )
}
