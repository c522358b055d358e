import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import {
  contactActs,
  type JourneyGraph,
  type JourneyNode,
  type JourneyNodeOf,
} from '@ecluse/contracts/journey-graph.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { freshRule } from '../segments/draft.ts'
import { RuleBuilder } from '../segments/rule-builder.tsx'
import { CandidateList } from './candidate-fields.tsx'
import { ContactFields } from './contact-fields.tsx'
import { EntryFields } from './entry-fields.tsx'
import { CountInput, DurationFields, HappeningFields } from './fields.tsx'
import { useNodeWords, weekdayNames } from './node-words.ts'
import { TestFields } from './test-fields.tsx'

type Change<N> = (node: N) => void
type Props<N extends JourneyNode = JourneyNode> = { node: N; graph: JourneyGraph; onChange: Change<JourneyNode> }

/** What one step is told, field by field. */
export function NodeFields({ node, graph, onChange }: Props) {
  const t = useT()
  return (
    <div className="bo-journey-fields">
      <TextInput
        label={t('journeys.node.name')}
        description={t('journeys.node.name.help')}
        maxLength={80}
        autoComplete="off"
        value={node.name}
        onChange={(event) => onChange({ ...node, name: event.currentTarget.value })}
      />
      <FieldsOfKind node={node} graph={graph} onChange={onChange} />
    </div>
  )
}

function FieldsOfKind({ node, graph, onChange }: Props) {
  const t = useT()
  switch (node.type) {
    case 'entry':
      return <EntryFields node={node} onChange={onChange} />
    case 'wait':
      return <WaitFields node={node} graph={graph} onChange={onChange} />
    case 'branch':
      return <BranchFields node={node} graph={graph} onChange={onChange} />
    case 'test':
      return <TestFields node={node} onChange={onChange} />
    case 'message':
      return <ContactFields contact={node} onChange={(patch) => onChange({ ...node, ...patch })} />
    case 'decision':
      return (
        <>
          <CandidateList candidates={node.candidates} onChange={(candidates) => onChange({ ...node, candidates })} />
          <MoneyInput
            label={t('journeys.decision.atLeast')}
            description={t('journeys.decision.atLeast.help')}
            value={node.atLeastMinor}
            onChange={(amount) => onChange({ ...node, atLeastMinor: amount ?? 0 })}
          />
        </>
      )
    case 'goal':
      return (
        <>
          <HappeningFields
            label={t('journeys.goal.what')}
            value={node}
            onChange={(patch) => onChange({ ...node, ...patch })}
          />
          <CountInput
            label={t('journeys.goal.within')}
            max={365}
            value={node.withinDays}
            onChange={(withinDays) => onChange({ ...node, withinDays })}
          />
          <Checkbox
            label={t('journeys.goal.leave')}
            checked={node.leave}
            onChange={(event) => onChange({ ...node, leave: event.currentTarget.checked })}
          />
        </>
      )
    case 'exit':
      return <p className="bo-line bo-quiet">{t('journeys.exit.help')}</p>
  }
}

const everyDay = [1, 2, 3, 4, 5, 6, 7]

function WaitFields({ node, onChange }: Props<JourneyNodeOf<'wait'>>) {
  const t = useT()
  const { locale } = useLocale()
  const { until } = node
  const set = (next: JourneyNodeOf<'wait'>['until']) => onChange({ ...node, until: next })
  const choose = (kind: string | null) => {
    if (kind === 'duration') set({ kind, minutes: 4_320 })
    if (kind === 'time') set({ kind, time: '10:00', weekdays: everyDay })
    if (kind === 'event') set({ kind, what: 'order', minutes: 10_080 })
  }
  return (
    <>
      <Select
        label={t('journeys.wait.kind')}
        allowDeselect={false}
        data={(['duration', 'time', 'event'] as const).map((value) => ({ value, label: t(`journeys.wait.${value}`) }))}
        value={until.kind}
        onChange={choose}
      />
      {until.kind === 'event' && (
        <HappeningFields
          label={t('journeys.wait.what')}
          value={until}
          onChange={(patch) => set({ ...until, ...patch })}
        />
      )}
      {until.kind !== 'time' && (
        <DurationFields
          label={t(until.kind === 'event' ? 'journeys.wait.most' : 'journeys.wait.long')}
          minutes={until.minutes}
          onChange={(minutes) => set({ ...until, minutes })}
        />
      )}
      {until.kind === 'time' && (
        <>
          <TextInput
            type="time"
            label={t('journeys.wait.clock')}
            description={t('journeys.wait.clock.help')}
            value={until.time}
            onChange={(event) => set({ ...until, time: event.currentTarget.value })}
          />
          <MultiSelect
            label={t('journeys.wait.days')}
            data={everyDay.map((day) => ({ value: String(day), label: weekdayNames(locale, [day])[0] ?? '' }))}
            value={until.weekdays.map(String)}
            onChange={(days) => set({ ...until, weekdays: days.map(Number).toSorted((a, b) => a - b) })}
          />
        </>
      )}
    </>
  )
}

function BranchFields({ node, graph, onChange }: Props<JourneyNodeOf<'branch'>>) {
  const t = useT()
  const words = useNodeWords(graph)
  const { on } = node
  const set = (next: JourneyNodeOf<'branch'>['on']) => onChange({ ...node, on: next })
  const contacts = graph.nodes.filter(({ type }) => type === 'message' || type === 'decision')
  const choose = (kind: string | null) => {
    const [first] = contacts
    if (kind === 'did') set({ kind, what: 'order' })
    if (kind === 'contact' && first) set({ kind, nodeId: first.id, what: 'opened' })
    if (kind === 'rule') {
      set({ kind, rule: freshRule() })
    }
  }
  return (
    <>
      <Select
        label={t('journeys.branch.kind')}
        allowDeselect={false}
        data={(['did', 'contact', 'rule'] as const).map((value) => ({
          value,
          label: t(`journeys.branch.kind.${value}`),
          disabled: value === 'contact' && contacts.length === 0,
        }))}
        value={on.kind}
        onChange={choose}
      />
      {on.kind === 'did' && (
        <HappeningFields label={t('journeys.branch.since')} value={on} onChange={(patch) => set({ ...on, ...patch })} />
      )}
      {on.kind === 'contact' && (
        <>
          <Select
            label={t('journeys.branch.step')}
            allowDeselect={false}
            data={contacts.map((one) => ({ value: one.id, label: words.title(one) }))}
            value={on.nodeId}
            onChange={(nodeId) => nodeId && set({ ...on, nodeId })}
          />
          <Select
            label={t('journeys.branch.act')}
            description={t('journeys.branch.act.help')}
            allowDeselect={false}
            data={contactActs.map((value) => ({ value, label: t(`journeys.act.${value}`) }))}
            value={on.what}
            onChange={(what) => what && set({ ...on, what })}
          />
        </>
      )}
      {on.kind === 'rule' && <RuleBuilder rule={on.rule} onChange={(rule) => set({ ...on, rule })} />}
    </>
  )
}
