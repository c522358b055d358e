import { useState } from 'react'
import { Modal, Radio, Select, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { JourneyEntry, JourneyGraph } from '@ecluse/contracts/journey-graph.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { add, addAfter, freshNode } from './graph-acts.ts'
import { arranged } from './layout.ts'
import { useSegments } from './use-segments.ts'

const starts = ['event', 'segment', 'date'] as const
type Start = (typeof starts)[number]
const day = 86_400_000

/** A beginning: somebody comes in, is written to, leaves; and an order is what is wished for. */
function begun(by: JourneyEntry): JourneyGraph {
  const entry = freshNode('entry', 'entry-1')
  if (entry.type !== 'entry') throw new Error('an entry is an entry')
  const come = add({ nodes: [], edges: [] }, { ...entry, by })
  const leave = addAfter(come, 'entry-1', 'next', freshNode('exit', 'exit-1'))
  const told = addAfter(leave, 'entry-1', 'next', freshNode('message', 'message-1'))
  return arranged(add(told, freshNode('goal', 'goal-1')))
}

/** A new campaign or journey: its name, and how one comes in. */
export function NewJourney({ onClose }: { onClose: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const segments = useSegments()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [start, setStart] = useState<Start>('event')
  const [chosen, setChosen] = useState<string | null>(null)
  const segmentId = chosen ?? segments[0]?.id ?? ''
  const entryOf = (): JourneyEntry => {
    if (start === 'event') return { kind: 'event', what: 'order' }
    if (start === 'segment') return { kind: 'segment', segmentId, when: 'entering' }
    return { kind: 'date', segmentId, at: new Date(Date.now() + day).toISOString(), every: 'once' }
  }
  const create = useAct({
    act: (_: void, idempotencyKey) =>
      call(endpoints.createJourney, { body: { name: name.trim(), graph: begun(entryOf()) } }, { idempotencyKey }),
    touches: ['/journeys'],
    quiet: true,
    onDone: ({ id }) => void navigate({ to: '/journeys/$journeyId', params: { journeyId: id } }),
  })
  const missing = name.trim() === ''
  return (
    <Modal opened onClose={onClose} title={t('journeys.new')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form
        noValidate
        className="bo-journey-fields"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!missing) create.mutate()
        }}
      >
        <FormProblem error={create.error} />
        <TextInput
          label={t('journeys.name')}
          required
          data-autofocus
          maxLength={100}
          autoComplete="off"
          value={name}
          error={tried && missing ? t('field.required') : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <StartFields start={start} onStart={setStart} segmentId={segmentId} onSegment={setChosen} />
        <FormEnd onCancel={onClose} busy={create.isPending} label={t('journeys.create')} />
      </form>
    </Modal>
  )
}

type StartProps = {
  start: Start
  onStart: (start: Start) => void
  segmentId: string
  onSegment: (segmentId: string) => void
}

/** How one comes in, and of which segment. */
function StartFields({ start, onStart, segmentId, onSegment }: StartProps) {
  const t = useT()
  const segments = useSegments()
  return (
    <>
      <Radio.Group
        label={t('journeys.start')}
        value={start}
        onChange={(value) => onStart(starts.find((one) => one === value) ?? 'event')}
      >
        <Stack gap="sm" mt="sm">
          {starts.map((value) => (
            <Radio
              key={value}
              value={value}
              disabled={value !== 'event' && segments.length === 0}
              label={t(`journeys.start.${value}`)}
              description={t(`journeys.start.${value}.help`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {start !== 'event' && (
        <Select
          label={t('journeys.entry.segment')}
          allowDeselect={false}
          searchable
          data={segments.map((segment) => ({ value: segment.id, label: segment.name }))}
          value={segmentId}
          onChange={(id) => id && onSegment(id)}
        />
      )}
    </>
  )
}
