import { useRef, useState } from 'react'
import { Button, Select, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { participantStates, type Journey, type JourneyParticipant } from '@ecluse/contracts/journeys.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { apiPages } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { SearchField } from '../list/list-toolbar.tsx'
import { MoreButton } from '../list/more-button.tsx'
import { nodeOf } from './graph-acts.ts'
import { useNodeWords } from './node-words.ts'
import { PersonPanel } from './person-panel.tsx'

type StateFilter = (typeof participantStates)[number]

/** Who is in a journey, where and since when; opened, their way through it, and why each got what they got. */
export function JourneyPeople({ journey }: { journey: Journey }) {
  const t = useT()
  const words = useNodeWords(journey.graph)
  const [nodeId, setNodeId] = useState<string | null>(null)
  const [state, setState] = useState<StateFilter | null>(null)
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<JourneyParticipant | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const pages = useInfiniteQuery(
    apiPages(endpoints.listJourneyPeople, {
      params: { journeyId: journey.id },
      query: { limit: 25, nodeId: nodeId ?? undefined, state: state ?? undefined, q: q || undefined },
    }),
  )
  const people = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card title={t('journeys.tab.people')}>
      <div className="bo-journey-bar" role="search" aria-label={t('journeys.people.search')}>
        <SearchField field={field} label={t('journeys.people.search')} query={q} onQuery={setQ} />
        <Select
          label={t('journeys.people.step')}
          placeholder={t('journeys.people.anyStep')}
          clearable
          clearButtonProps={{ 'aria-label': t('journeys.people.anyStep') }}
          data={journey.graph.nodes.map((node) => ({ value: node.id, label: words.title(node) }))}
          value={nodeId}
          onChange={setNodeId}
        />
        <Select
          label={t('journeys.people.state')}
          placeholder={t('journeys.people.anyState')}
          clearable
          clearButtonProps={{ 'aria-label': t('journeys.people.anyState') }}
          data={participantStates.map((value) => ({ value, label: t(`journeys.participant.${value}`) }))}
          value={state}
          onChange={(value) => setState(participantStates.find((one) => one === value) ?? null)}
        />
      </div>
      {pages.isError && <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton height={160} />}
      {pages.data && people.length === 0 && (
        <EmptyState
          compact
          title={t(q ? 'journeys.people.notFound' : 'journeys.people.none')}
          hint={t(q ? 'journeys.people.notFound.help' : 'journeys.people.none.help')}
        />
      )}
      <ul className="bo-journey-rows">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} step={stepOf(person)} onOpen={() => setOpen(person)} />
        ))}
      </ul>
      <MoreButton pages={pages} />
      {open && <PersonPanel person={open} journey={journey} onClose={() => setOpen(null)} />}
    </Card>
  )

  function stepOf({ nodeId: at }: JourneyParticipant): string {
    const node = nodeOf(journey.graph, at)
    return node ? words.title(node) : at
  }
}

function PersonRow({ person, step, onOpen }: { person: JourneyParticipant; step: string; onOpen: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const { customerId, name, state, reason, heldOut, since, nextAt } = person
  return (
    <li>
      <Link to="/customers/$customerId" params={{ customerId }} className="bo-link bo-journey-row-name">
        {name || t('customers.nameless')}
      </Link>
      <span>
        {step}
        <span className="bo-quiet bo-block">
          {t(`journeys.wait.reason.${reason}`)}
          {heldOut && ` · ${t('journeys.heldOut.short')}`}
        </span>
      </span>
      <span className="bo-quiet">
        {t(`journeys.participant.${state}`)}, <RelativeTime at={since} />
        {nextAt && (
          <span className="bo-block">{t('journeys.people.next', { at: formatDate(nextAt, locale, 'dateTime') })}</span>
        )}
      </span>
      <Button variant="default" aria-label={t('journeys.why.of', { name })} onClick={onOpen}>
        {t('journeys.why.button')}
      </Button>
    </li>
  )
}
