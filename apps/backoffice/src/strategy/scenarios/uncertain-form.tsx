import { useState } from 'react'
import { NumberInput, Select, TextInput } from '@mantine/core'
import {
  channelTerms,
  distributionKinds,
  distributionSchema,
  type ScenarioTarget,
  type ScenarioUncertain,
} from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { useT } from '../../app/i18n.ts'
import { FormEnd } from '../../common/form-end.tsx'
import { useAmounts } from './amounts.ts'

type Kind = (typeof distributionKinds)[number]
const parameters = {
  triangular: ['least', 'likely', 'most'],
  uniform: ['least', 'most'],
  normal: ['mean', 'deviation'],
  lognormal: ['median', 'spread'],
  fixed: ['value'],
} as const satisfies Record<Kind, readonly string[]>
const start = { least: 0.8, likely: 1, most: 1.2, mean: 0, deviation: 0.1, median: 1, spread: 1.2, value: 1 }

/** A figure nobody knows for sure: what it works upon, and how it may fall. */
export function UncertainForm({
  scenario: { content, snapshot },
  onClose,
  onDone,
}: {
  scenario: Scenario
  onClose: () => void
  onDone: (one: ScenarioUncertain) => void
}) {
  const t = useT()
  const [name, setName] = useState('')
  const [target, setTarget] = useState('demand')
  const [kind, setKind] = useState<Kind>('triangular')
  const [figures, setFigures] = useState<Record<string, number>>(start)
  const [tried, setTried] = useState(false)
  const targets = useTargets(content, snapshot)
  const taken = content.uncertain.some((one) => one.name === name.trim())
  const distribution = distributionOf(kind, figures)
  return (
    <form
      noValidate
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (name.trim() === '' || taken || !distribution.success) return
        onDone({ name: name.trim(), distribution: distribution.data, affects: [targetOf(target)] })
      }}
    >
      <TextInput
        label={t('scenario.uncertain.name')}
        required
        data-autofocus
        value={name}
        error={
          tried && (name.trim() === '' || taken) ? t(`scenario.move.problem.${taken ? 'taken' : 'missing'}`) : undefined
        }
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Select
        label={t('scenario.uncertain.target')}
        description={t('scenario.uncertain.target.help')}
        searchable
        allowDeselect={false}
        data={targets}
        value={target}
        onChange={(value) => setTarget(value ?? 'demand')}
      />
      <Select
        label={t('scenario.distribution')}
        allowDeselect={false}
        data={distributionKinds.map((one) => ({ value: one, label: t(`scenario.distribution.${one}`) }))}
        value={kind}
        onChange={(value) => setKind(distributionKinds.find((one) => one === value) ?? 'triangular')}
      />
      {parameters[kind].map((one) => (
        <NumberInput
          key={one}
          label={t(`scenario.parameter.${one}`)}
          value={figures[one] ?? 0}
          onChange={(value) => setFigures((now) => ({ ...now, [one]: Number(value) || 0 }))}
        />
      ))}
      <FormEnd onCancel={onClose} busy={false} label={t('app.save')} />
    </form>
  )
}

function distributionOf(kind: Kind, figures: Record<string, number>) {
  const asked: readonly string[] = parameters[kind]
  return distributionSchema.safeParse({ kind, ...Object.fromEntries(asked.map((one) => [one, figures[one]])) })
}

/** What such a figure may work upon: demand, each move, each term of each channel. */
function useTargets(content: Scenario['content'], snapshot: Scenario['snapshot']) {
  const t = useT()
  const { channel: nameOf } = useAmounts()
  const channels = [
    ...snapshot.figures.flatMap(({ figure }) => /^channel\.(.+)\.orders$/.exec(figure)?.[1] ?? []),
    ...content.planned.map((one) => one.name),
  ]
  const terms = ['appeal', ...channelTerms] as const
  return [
    { value: 'demand', label: t('scenario.target.demand') },
    { value: 'priceSensitivity', label: t('scenario.target.priceSensitivity') },
    { value: 'answer', label: t('scenario.target.answer') },
    ...content.moves.flatMap((move) =>
      (['effect', 'cost'] as const).map((what) => ({
        value: `${what}|${move.name}`,
        label: t(`scenario.${what}Of`, { name: move.name }),
      })),
    ),
    ...channels.flatMap((channel) =>
      terms.map((term) => ({
        value: `${term}|${channel}`,
        label: `${nameOf(channel)} · ${t(`scenario.term.${term}`)}`,
      })),
    ),
  ]
}

function targetOf(text: string): ScenarioTarget {
  const [what = 'demand', of] = text.split('|')
  const known = what as ScenarioTarget['what']
  if (of === undefined) return { what: known }
  return known === 'effect' || known === 'cost' ? { what: known, move: of } : { what: known, channel: of }
}
