import { useState } from 'react'
import { Alert, Modal, Radio, Select, Skeleton, Stack } from '@mantine/core'
import { IconAlertTriangle, IconRocket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import type { Journey, JourneyVersion } from '@ecluse/contracts/journeys.ts'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { differences } from './differences.ts'
import { useNodeWords, type NodeWords } from './node-words.ts'
import { useResults } from './use-journey.ts'
import type { DraftDesk } from './use-draft.ts'

type Props = { journey: Journey; desk: DraftDesk; onClose: () => void }

/** What publishing will do: what is new, what goes, and where those go on who are inside. */
export function PublishDialog(props: Props) {
  const t = useT()
  const { journey, onClose } = props
  const versions = useQuery({
    ...apiQuery(endpoints.listJourneyVersions, { params: { journeyId: journey.id } }),
    staleTime: 0,
  })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('journeys.publish.title', { name: props.desk.draft.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {versions.isError && <ErrorNote error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.isPending && <Skeleton height={160} />}
      {versions.data && <PublishForm {...props} before={versions.data.items[0]} />}
    </Modal>
  )
}

function PublishForm({ journey, desk, onClose, before }: Props & { before: JourneyVersion | undefined }) {
  const t = useT()
  const { graph } = desk.draft
  const words = useNodeWords(graph)
  const wordsBefore = useNodeWords(before?.graph ?? graph)
  const [people, setPeople] = useState<People>('stay')
  const [instead, setInstead] = useState<Record<string, string | null>>({})
  const results = useResults(journey.id, journey.state, journey.publishedVersion !== null)
  const change = differences(before?.graph, graph)
  const standing = change.gone.filter(
    ({ id }) => (results.data?.nodes.find(({ nodeId }) => nodeId === id)?.inside ?? 0) > 0,
  )
  const publish = useAct({
    act: async () => {
      const revision = await desk.saveNow()
      if (revision === null) throw new Error(t('journeys.publish.unsaved'))
      return call(endpoints.publishJourney, { params: { journeyId: journey.id }, body: { revision, people, instead } })
    },
    touches: ['/journeys', '/contact-calendar'],
    done: ({ publishedVersion }) => t('journeys.published', { version: publishedVersion ?? 1 }),
    quiet: true,
    onDone: onClose,
  })
  const blocked = journey.problems.length > 0 && desk.state === 'saved'
  return (
    <form
      className="bo-journey-fields"
      onSubmit={(event) => {
        event.preventDefault()
        publish.mutate()
      }}
    >
      <FormProblem error={publish.error} />
      {blocked && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
          {t('journeys.problems', { count: journey.problems.length })}
        </Alert>
      )}
      <p className="bo-line">{t(before ? 'journeys.publish.again' : 'journeys.publish.first')}</p>
      {before && <Changes change={change} words={words} wordsBefore={wordsBefore} />}
      {journey.people.inside > 0 && (
        <PeopleChoice inside={journey.people.inside} people={people} onChange={setPeople} />
      )}
      {people === 'move' &&
        standing.map((node) => (
          <InsteadSelect
            key={node.id}
            step={wordsBefore.title(node)}
            graph={graph}
            words={words}
            value={instead[node.id] ?? null}
            onChange={(to) => setInstead({ ...instead, [node.id]: to })}
          />
        ))}
      <FormEnd
        onCancel={onClose}
        busy={publish.isPending}
        label={t(before ? 'journeys.publish.changes' : 'journeys.publish')}
        icon={<IconRocket size={16} aria-hidden />}
      />
    </form>
  )
}

type People = 'stay' | 'move'

function PeopleChoice(props: { inside: number; people: People; onChange: (people: People) => void }) {
  const t = useT()
  return (
    <Radio.Group
      label={t('journeys.publish.people', { count: props.inside })}
      value={props.people}
      onChange={(value) => props.onChange(value === 'move' ? 'move' : 'stay')}
    >
      <Stack gap="sm" mt="sm">
        {(['stay', 'move'] as const).map((value) => (
          <Radio
            key={value}
            value={value}
            label={t(`journeys.publish.${value}`)}
            description={t(`journeys.publish.${value}.help`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

type InsteadProps = {
  step: string
  graph: JourneyGraph
  words: NodeWords
  value: string | null
  onChange: (to: string | null) => void
}

/** Where those go on who stand at a step that is not there any more. */
function InsteadSelect({ step, graph, words, value, onChange }: InsteadProps) {
  const t = useT()
  return (
    <Select
      label={t('journeys.publish.instead', { step })}
      placeholder={t('journeys.publish.leave')}
      clearable
      clearButtonProps={{ 'aria-label': t('journeys.publish.leave') }}
      data={graph.nodes
        .filter(({ type }) => type !== 'entry' && type !== 'goal')
        .map((other) => ({ value: other.id, label: words.title(other) }))}
      value={value}
      onChange={onChange}
    />
  )
}

type ChangesProps = { change: ReturnType<typeof differences>; words: NodeWords; wordsBefore: NodeWords }

function Changes({ change: { added, altered, gone, ways }, words, wordsBefore }: ChangesProps) {
  const t = useT()
  if (added.length + altered.length + gone.length + ways === 0) {
    return <p className="bo-line bo-quiet">{t('journeys.publish.same')}</p>
  }
  return (
    <ul className="bo-journey-problems">
      {added.map((node) => (
        <li key={node.id}>{t('journeys.publish.added', { step: words.title(node) })}</li>
      ))}
      {altered.map((node) => (
        <li key={node.id}>{t('journeys.publish.altered', { step: words.title(node) })}</li>
      ))}
      {gone.map((node) => (
        <li key={node.id}>{t('journeys.publish.gone', { step: wordsBefore.title(node) })}</li>
      ))}
      {ways > 0 && <li>{t('journeys.publish.ways', { count: ways })}</li>}
    </ul>
  )
}
