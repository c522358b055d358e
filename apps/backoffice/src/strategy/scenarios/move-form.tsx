import { useState, type FormEvent } from 'react'
import { Checkbox, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { addMonths } from '@ecluse/contracts/objectives.ts'
import { moveKinds, type ScenarioContent, type ScenarioMove } from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { useT } from '../../app/i18n.ts'
import { FormEnd } from '../../common/form-end.tsx'
import { EurosInput } from '../euros-input.tsx'
import { useAmounts } from './amounts.ts'
import {
  contentWith,
  contentWithChanged,
  fieldsOf,
  startOf,
  valuesOfMove,
  withoutMove,
  type MoveValues,
} from './move-templates.ts'

const numbers = [
  'appealBy',
  'priceTimes',
  'orderCostBy',
  'commissionBy',
  'stockTo',
  'fixedCost',
  'monthsToBeKnown',
] as const

const nothingChanged: Omit<MoveValues, 'month' | 'channel'> = {
  kind: 'open',
  name: '',
  newChannel: '',
  investment: 0,
  monthlyCost: 0,
  appealBy: 0,
  priceTimes: 1,
  orderCostBy: 0,
  commissionBy: 0,
  stockTo: 1,
  fixedCost: 0,
  capacity: '',
  monthsToBeKnown: 6,
  uncertain: true,
}

/** One move: its kind asks for what such a move changes, and says what its figures mean. */
export function MoveForm({
  scenario,
  move,
  onClose,
  onDone,
}: {
  scenario: Scenario
  /** The one that is changed; null for one more. */
  move: ScenarioMove | null
  onClose: () => void
  onDone: (change: Partial<ScenarioContent>) => void
}) {
  const t = useT()
  const { content, snapshot } = scenario
  const known = snapshot.figures.flatMap(({ figure }) => /^channel\.(.+)\.orders$/.exec(figure)?.[1] ?? [])
  const [tried, setTried] = useState(false)
  const [values, setValues] = useState<MoveValues>(
    (move && valuesOfMove(content, move)) ?? {
      ...nothingChanged,
      month: addMonths(content.startsOn, 3),
      channel: known[0] ?? '',
      ...startOf.open,
    },
  )
  const set = (patch: Partial<MoveValues>) => setValues((now) => ({ ...now, ...patch }))
  const problems = problemsOf(values, move ? withoutMove(content, move) : content, known)
  const problemOf = (field: ProblemField) => {
    const problem = problems[field]
    return tried && problem ? t(`scenario.move.problem.${problem}`) : undefined
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length > 0) return
    const { name } = values
    const words = { effect: t('scenario.effectOf', { name }), cost: t('scenario.costOf', { name }) }
    onDone(move ? contentWithChanged(content, move, values, words) : contentWith(content, values, words))
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Intention values={values} set={set} problem={problemOf} content={content} known={known} />
        <Effects values={values} set={set} />
        <FormEnd onCancel={onClose} busy={false} label={t(move ? 'app.save' : 'scenario.move.add')} />
      </Stack>
    </form>
  )
}

type Fields = { values: MoveValues; set: (patch: Partial<MoveValues>) => void }

/** What is done, when, and to which channel. */
function Intention({
  values,
  set,
  problem,
  content,
  known,
}: Fields & {
  problem: (field: ProblemField) => string | undefined
  content: ScenarioContent
  known: readonly string[]
}) {
  const t = useT()
  const amounts = useAmounts()
  const planned = content.planned.map(({ name }) => name)
  return (
    <>
      <Select
        label={t('scenario.move.kind')}
        allowDeselect={false}
        data={moveKinds.map((kind) => ({ value: kind, label: t(`scenario.move.${kind}`) }))}
        value={values.kind}
        onChange={(value) => {
          const kind = moveKinds.find((one) => one === value) ?? 'other'
          set({ kind, appealBy: 0, priceTimes: 1, orderCostBy: 0, commissionBy: 0, stockTo: 1, ...startOf[kind] })
        }}
      />
      <TextInput
        label={t('scenario.move.name')}
        required
        data-autofocus
        value={values.name}
        error={problem('name')}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <TextInput
        type="month"
        label={t('scenario.move.month')}
        required
        value={values.month}
        error={problem('month')}
        onChange={({ currentTarget }) => set({ month: currentTarget.value })}
      />
      {fieldsOf[values.kind].includes('newChannel') && (
        <TextInput
          label={t('scenario.move.newChannel')}
          required
          value={values.newChannel}
          error={problem('newChannel')}
          onChange={({ currentTarget }) => set({ newChannel: currentTarget.value })}
        />
      )}
      <Select
        label={t(values.kind === 'open' ? 'scenario.move.like' : 'scenario.channel')}
        allowDeselect={false}
        data={[...known, ...(values.kind === 'open' ? [] : planned)].map((code) => ({
          value: code,
          label: amounts.channel(code),
        }))}
        value={values.channel}
        onChange={(channel) => set({ channel: channel ?? '' })}
      />
    </>
  )
}

/** What it costs, and what it changes. */
function Effects({ values, set }: Fields) {
  const t = useT()
  const asked = fieldsOf[values.kind]
  return (
    <>
      <EurosInput
        label={t('scenario.move.investment')}
        value={values.investment}
        onChange={(investment) => set({ investment })}
      />
      <EurosInput
        label={t('scenario.move.monthlyCost')}
        value={values.monthlyCost}
        onChange={(monthlyCost) => set({ monthlyCost })}
      />
      {numbers
        .filter((field) => asked.includes(field))
        .map((field) => (
          <NumberInput
            key={field}
            label={t(`scenario.move.${field}`)}
            description={t(`scenario.move.${field}.help`)}
            value={values[field]}
            onChange={(value) => set({ [field]: Number(value) || 0 })}
          />
        ))}
      {asked.includes('capacity') && (
        <NumberInput
          label={t('scenario.move.capacity')}
          description={t('scenario.move.capacity.help')}
          min={0}
          value={values.capacity}
          onChange={(value) => set({ capacity: value === '' ? '' : Number(value) })}
        />
      )}
      <Checkbox
        label={t('scenario.move.uncertain')}
        description={t('scenario.move.uncertain.help')}
        checked={values.uncertain}
        onChange={({ currentTarget }) => set({ uncertain: currentTarget.checked })}
      />
    </>
  )
}

type ProblemField = 'name' | 'month' | 'newChannel'
type Problem = 'missing' | 'taken' | 'outside'

function problemsOf(
  { kind, name, month, newChannel }: MoveValues,
  { moves, planned, startsOn, months }: ScenarioContent,
  known: readonly string[],
): Partial<Record<ProblemField, Problem>> {
  const problems: Partial<Record<ProblemField, Problem>> = {}
  if (name.trim() === '') problems.name = 'missing'
  else if (moves.some((move) => move.name === name.trim())) problems.name = 'taken'
  if (month < startsOn || month > addMonths(startsOn, months - 1)) problems.month = 'outside'
  if (kind === 'open') {
    if (newChannel.trim() === '') problems.newChannel = 'missing'
    else if ([...known, ...planned.map((one) => one.name)].includes(newChannel.trim())) problems.newChannel = 'taken'
  }
  return problems
}
