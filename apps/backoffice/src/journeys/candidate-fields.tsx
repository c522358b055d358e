import { useState } from 'react'
import { Accordion, Button, Checkbox, MultiSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { JourneyCandidate } from '@ecluse/contracts/journey-graph.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { freshRule, replaced } from '../segments/draft.ts'
import { RuleBuilder } from '../segments/rule-builder.tsx'
import { ContactFields } from './contact-fields.tsx'
import { freshCandidate, freshKey } from './graph-acts.ts'

const hours = Array.from({ length: 24 }, (_, hour) => String(hour))

type Props = { candidates: readonly JourneyCandidate[]; onChange: (candidates: JourneyCandidate[]) => void }

/** What the best of is sent to each person: opened one at a time. */
export function CandidateList({ candidates, onChange }: Props) {
  const t = useT()
  const [open, setOpen] = useState<string | null>(candidates[0]?.key ?? null)
  const set = (at: number, next: JourneyCandidate | undefined) => onChange(replaced(candidates, at, next))
  const nameOf = ({ name, key, medium }: JourneyCandidate) => `${name || key} · ${t(`journeys.medium.${medium}`)}`
  return (
    <fieldset className="bo-journey-set">
      <legend>{t('journeys.decision.candidates')}</legend>
      <p className="bo-line bo-quiet">{t('journeys.decision.help')}</p>
      <Accordion value={open} onChange={setOpen} variant="separated" order={3}>
        {candidates.map((candidate, at) => (
          <Accordion.Item key={candidate.key} value={candidate.key}>
            <Accordion.Control>{nameOf(candidate)}</Accordion.Control>
            <Accordion.Panel>
              {open === candidate.key && (
                <CandidateFields
                  candidate={candidate}
                  onChange={(next) => set(at, next)}
                  onRemove={candidates.length > 1 ? () => set(at, undefined) : undefined}
                />
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={candidates.length >= 12}
          onClick={() => {
            const key = freshKey(
              candidates.map((candidate) => candidate.key),
              'offer',
            )
            setOpen(key)
            onChange([...candidates, freshCandidate(key)])
          }}
        >
          {t('journeys.decision.add')}
        </Button>
      </div>
    </fieldset>
  )
}

type ItemProps = {
  candidate: JourneyCandidate
  onChange: (candidate: JourneyCandidate) => void
  onRemove?: (() => void) | undefined
}

function CandidateFields({ candidate, onChange, onRemove }: ItemProps) {
  const t = useT()
  const set = (patch: Partial<JourneyCandidate>) => onChange({ ...candidate, ...patch })
  return (
    <div className="bo-journey-fields">
      <TextInput
        label={t('journeys.decision.name')}
        maxLength={80}
        autoComplete="off"
        value={candidate.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <ContactFields contact={candidate} onChange={set} />
      <MultiSelect
        label={t('journeys.decision.hours')}
        description={t('journeys.decision.hours.help')}
        data={hours.map((value) => ({ value, label: t('journeys.hour', { hour: value }) }))}
        maxValues={6}
        value={candidate.hours.map(String)}
        onChange={(chosen) => set({ hours: chosen.map(Number).toSorted((a, b) => a - b) })}
      />
      <Checkbox
        label={t('journeys.decision.ownHour')}
        description={t('journeys.decision.ownHour.help')}
        checked={candidate.ownHour}
        onChange={(event) => set({ ownHour: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('journeys.decision.only')}
        description={t('journeys.decision.only.help')}
        checked={candidate.only !== null}
        onChange={(event) => set({ only: event.currentTarget.checked ? freshRule() : null })}
      />
      {candidate.only && <RuleBuilder rule={candidate.only} onChange={(only) => set({ only })} />}
      <MoneyInput
        label={t('journeys.decision.value')}
        description={t('journeys.decision.value.help')}
        value={candidate.valueMinor}
        onChange={(amount) => set({ valueMinor: amount ?? 0 })}
      />
      {onRemove && (
        <div>
          <Button variant="subtle" color="coral" leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
            {t('journeys.decision.remove')}
          </Button>
        </div>
      )}
    </div>
  )
}
