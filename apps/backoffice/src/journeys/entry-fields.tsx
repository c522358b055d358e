import { Checkbox, Select, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { JourneyEntry, JourneyNode, JourneyNodeOf } from '@ecluse/contracts/journey-graph.ts'
import { useT } from '../app/i18n.ts'
import { CountInput, HappeningFields } from './fields.tsx'
import { atLocalTime, toLocalTime } from '../common/local-time.ts'
import { useSegments } from './use-segments.ts'

type Props = { node: JourneyNodeOf<'entry'>; onChange: (node: JourneyNode) => void }
const repeats = ['once', 'week', 'month', 'year'] as const
const day = 86_400_000

/** How one comes into a journey. */
export function EntryFields({ node, onChange }: Props) {
  const t = useT()
  const segments = useSegments()
  const { by, againAfterDays } = node
  const set = (next: JourneyEntry) => onChange({ ...node, by: next })
  const choose = (kind: string | null) => {
    const segmentId = by.kind === 'event' ? segments[0]?.id : by.segmentId
    if (kind === 'event') set({ kind, what: 'order' })
    if (kind === 'segment' && segmentId) set({ kind, segmentId, when: 'entering' })
    if (kind === 'date' && segmentId) {
      set({ kind, segmentId, at: new Date(Date.now() + day).toISOString(), every: 'once' })
    }
  }
  return (
    <>
      <Select
        label={t('journeys.entry.kind')}
        allowDeselect={false}
        data={(['event', 'segment', 'date'] as const).map((value) => ({
          value,
          label: t(`journeys.entry.kind.${value}`),
          disabled: value !== 'event' && segments.length === 0,
        }))}
        value={by.kind}
        onChange={choose}
      />
      {segments.length === 0 && (
        <p className="bo-line bo-quiet">
          {t('journeys.entry.noSegment')}{' '}
          <Link to="/segments/new" className="bo-link bo-journey-inline">
            {t('segments.new')}
          </Link>
        </p>
      )}
      {by.kind === 'event' ? (
        <HappeningFields label={t('journeys.entry.what')} value={by} onChange={(patch) => set({ ...by, ...patch })} />
      ) : (
        <Select
          label={t('journeys.entry.segment')}
          allowDeselect={false}
          searchable
          data={segments.map(({ id, name }) => ({ value: id, label: name }))}
          value={by.segmentId}
          onChange={(segmentId) => segmentId && set({ ...by, segmentId })}
        />
      )}
      {by.kind === 'segment' && (
        <Select
          label={t('journeys.entry.when')}
          allowDeselect={false}
          data={(['entering', 'now'] as const).map((value) => ({ value, label: t(`journeys.entry.when.${value}`) }))}
          value={by.when}
          onChange={(when) => when && set({ ...by, when })}
        />
      )}
      {by.kind === 'date' && <WaveFields by={by} onChange={set} />}
      <AgainFields again={againAfterDays} onChange={(days) => onChange({ ...node, againAfterDays: days })} />
    </>
  )
}

type Wave = Extract<JourneyEntry, { kind: 'date' }>

function WaveFields({ by, onChange }: { by: Wave; onChange: (by: JourneyEntry) => void }) {
  const t = useT()
  return (
    <>
      <TextInput
        type="datetime-local"
        label={t('journeys.entry.at')}
        value={toLocalTime(by.at)}
        onChange={(event) => {
          const at = atLocalTime(event.currentTarget.value)
          if (at) onChange({ ...by, at })
        }}
      />
      <Select
        label={t('journeys.entry.every')}
        allowDeselect={false}
        data={repeats.map((value) => ({ value, label: t(`journeys.every.${value}`) }))}
        value={by.every}
        onChange={(every) => every && onChange({ ...by, every })}
      />
    </>
  )
}

type AgainProps = { again: number | null; onChange: (days: number | null) => void }

/** Whether somebody may come in again, and after how many days. */
function AgainFields({ again, onChange }: AgainProps) {
  const t = useT()
  return (
    <>
      <Checkbox
        label={t('journeys.entry.once')}
        checked={again === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : 90)}
      />
      {again !== null && (
        <CountInput
          label={t('journeys.entry.again')}
          description={t('journeys.entry.again.help')}
          min={0}
          max={3_660}
          value={again}
          onChange={onChange}
        />
      )}
    </>
  )
}
