import { useState } from 'react'
import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ScenarioAssumption, ScenarioDistribution } from '@ecluse/contracts/scenario-content.ts'
import type { Scenario } from '@ecluse/contracts/scenarios.ts'
import { SidePanel } from '@ecluse/ui/side-panel.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../../app/i18n.ts'
import { Card } from '../../common/card.tsx'
import { dayOf } from '../../common/company-day.ts'
import { FormEnd } from '../../common/form-end.tsx'
import { useAmounts } from './amounts.ts'
import type { Save } from './save.ts'
import { UncertainForm } from './uncertain-form.tsx'

type Part = { scenario: Scenario; save: Save | null; busy: boolean }

/** What nobody knows for sure, and what is taken for granted: each dated, sourced, and open to challenge. */
export function AssumptionsTab(props: Part) {
  return (
    <div className="bo-stack">
      <UncertainCard {...props} />
      <AssumptionsCard {...props} />
    </div>
  )
}

function UncertainCard({ scenario, save, busy }: Part) {
  const t = useT()
  const [adding, setAdding] = useState(false)
  const told = useDistributionWords()
  const { uncertain } = scenario.content
  return (
    <Card
      title={t('scenario.uncertain')}
      acts={
        save && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('scenario.uncertain.new')}
          </Button>
        )
      }
    >
      <p className="bo-line bo-quiet">{t('scenario.uncertain.help')}</p>
      <ul className="bo-notes">
        {uncertain.map((one) => (
          <li key={one.name}>
            <strong>{one.name}</strong>
            <p>{told(one.distribution)}</p>
            {save && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                disabled={busy}
                aria-label={t('scenario.remove.of', { name: one.name })}
                onClick={() => save({ uncertain: uncertain.filter(({ name }) => name !== one.name) })}
              >
                {t('scenario.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && save && (
        <SidePanel itemKey="uncertain" title={t('scenario.uncertain.new')} onClose={() => setAdding(false)}>
          <UncertainForm
            scenario={scenario}
            onClose={() => setAdding(false)}
            onDone={(one) => {
              save({ uncertain: [...uncertain, one] })
              setAdding(false)
            }}
          />
        </SidePanel>
      )}
    </Card>
  )
}

function useDistributionWords(): (distribution: ScenarioDistribution) => string {
  const t = useT()
  const { number } = useAmounts()
  return ({ kind, ...figures }) =>
    t(
      `scenario.distribution.${kind}.told` as 'scenario.distribution.triangular.told',
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, number(value, 2)])),
    )
}

function AssumptionsCard({ scenario, save, busy }: Part) {
  const t = useT()
  const [adding, setAdding] = useState(false)
  const [challenging, setChallenging] = useState<ScenarioAssumption | null>(null)
  const { assumptions } = scenario.content
  return (
    <Card
      title={t('scenario.assumptions')}
      acts={
        save && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('scenario.assumption.new')}
          </Button>
        )
      }
    >
      {assumptions.length === 0 && <p className="bo-line bo-quiet">{t('scenario.assumptions.none')}</p>}
      <ul className="bo-notes">
        {assumptions.map((one) => (
          <Assumption
            key={one.text}
            scenario={scenario}
            assumption={one}
            busy={busy}
            onChallenge={save && (() => setChallenging(one))}
            onRemove={() => save?.({ assumptions: assumptions.filter(({ text }) => text !== one.text) })}
          />
        ))}
      </ul>
      {adding && save && (
        <SidePanel itemKey="assumption" title={t('scenario.assumption.new')} onClose={() => setAdding(false)}>
          <AssumptionForm
            onClose={() => setAdding(false)}
            onDone={(one) => {
              save({ assumptions: [...assumptions, one] })
              setAdding(false)
            }}
          />
        </SidePanel>
      )}
      {challenging && (
        <SidePanel itemKey="challenge" title={t('scenario.challenge')} onClose={() => setChallenging(null)}>
          <ChallengeForm scenario={scenario} assumption={challenging.text} onClose={() => setChallenging(null)} />
        </SidePanel>
      )}
    </Card>
  )
}

/** One assumption with its source, and what was held against it. */
function Assumption({
  scenario,
  assumption,
  busy,
  onChallenge,
  onRemove,
}: {
  scenario: Part['scenario']
  assumption: ScenarioAssumption
  busy: boolean
  /** Null for who may only read. */
  onChallenge: (() => void) | null
  onRemove: () => void
}) {
  const t = useT()
  const { day } = useAmounts()
  return (
    <li>
      <strong>{assumption.text}</strong>
      <p className="bo-quiet">{t('scenario.assumption.told', { source: assumption.source, on: day(assumption.on) })}</p>
      {scenario.challenges
        .filter((challenge) => challenge.assumption === assumption.text)
        .map(({ id, note, at, by }) => (
          <p key={id}>
            {note} <span className="bo-quiet">– {[by, day(at)].filter(Boolean).join(', ')}</span>
          </p>
        ))}
      {onChallenge && (
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('scenario.challenge.of', { text: assumption.text })}
            onClick={onChallenge}
          >
            {t('scenario.challenge')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            disabled={busy}
            aria-label={t('scenario.remove.of', { name: assumption.text })}
            onClick={onRemove}
          >
            {t('scenario.remove')}
          </Button>
        </Group>
      )}
    </li>
  )
}

function AssumptionForm({ onClose, onDone }: { onClose: () => void; onDone: (one: ScenarioAssumption) => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const [source, setSource] = useState('')
  const [on, setOn] = useState(dayOf(new Date()))
  const [tried, setTried] = useState(false)
  const missing = (value: string) => (tried && value.trim() === '' ? t('scenario.move.problem.missing') : undefined)
  return (
    <form
      noValidate
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (text.trim() && source.trim() && on) onDone({ text: text.trim(), source: source.trim(), on })
      }}
    >
      <Textarea
        label={t('scenario.assumption.text')}
        required
        data-autofocus
        autosize
        value={text}
        error={missing(text)}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <TextInput
        label={t('scenario.assumption.source')}
        required
        value={source}
        error={missing(source)}
        onChange={({ currentTarget }) => setSource(currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('scenario.assumption.on')}
        required
        value={on}
        error={missing(on)}
        onChange={({ currentTarget }) => setOn(currentTarget.value)}
      />
      <FormEnd onCancel={onClose} busy={false} label={t('app.save')} />
    </form>
  )
}

function ChallengeForm({
  scenario,
  assumption,
  onClose,
}: {
  scenario: Scenario
  assumption: string
  onClose: () => void
}) {
  const t = useT()
  const [note, setNote] = useState('')
  const send = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.challengeAssumption,
        { params: { scenarioId: scenario.id }, body: { assumption, note } },
        { idempotencyKey },
      ),
    touches: ['/strategy'],
    onDone: onClose,
  })
  return (
    <form
      noValidate
      className="bo-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (note.trim()) send.mutate()
      }}
    >
      <p className="bo-line">{assumption}</p>
      <Textarea
        label={t('scenario.challenge.note')}
        required
        data-autofocus
        autosize
        minRows={2}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <FormEnd onCancel={onClose} busy={send.isPending} label={t('app.save')} />
    </form>
  )
}
