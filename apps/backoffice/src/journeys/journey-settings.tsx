import { Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { atLocalTime, toLocalTime } from '../common/local-time.ts'
import { SaveNote } from './save-note.tsx'
import type { DraftDesk } from './use-draft.ts'

/** What holds for a journey as a whole: its name, who goes first, who is left out to measure it, what it may cost, its end. */
export function JourneySettingsForm({ desk, editable }: { desk: DraftDesk; editable: boolean }) {
  const t = useT()
  const { name, description, settings } = desk.draft
  const change = (patch: Partial<typeof settings>) => desk.set({ settings: { ...settings, ...patch } }, 'settings')
  return (
    <Card title={t('journeys.tab.settings')} acts={editable && <SaveNote desk={desk} />}>
      <fieldset disabled={!editable} className="bo-journey-plain-set bo-journey-settings">
        <TextInput
          label={t('journeys.name')}
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          error={name.trim() === '' ? t('field.required') : undefined}
          onChange={(event) => desk.set({ name: event.currentTarget.value }, 'name')}
        />
        <Textarea
          label={t('journeys.description')}
          maxLength={500}
          autosize
          minRows={2}
          value={description}
          onChange={(event) => desk.set({ description: event.currentTarget.value }, 'description')}
        />
        <NumberInput
          label={t('journeys.heldOut')}
          description={t('journeys.heldOut.help')}
          min={0}
          max={50}
          suffix=" %"
          value={settings.heldOutPercent}
          onChange={(heldOut) => change({ heldOutPercent: typeof heldOut === 'number' ? heldOut : 0 })}
        />
        <NumberInput
          label={t('journeys.priority')}
          description={t('journeys.priority.help')}
          min={0}
          max={100}
          allowDecimal={false}
          value={settings.priority}
          onChange={(priority) => change({ priority: typeof priority === 'number' ? priority : 0 })}
        />
        <BudgetFields budgetMinor={settings.budgetMinor} onChange={(budgetMinor) => change({ budgetMinor })} />
        <TextInput
          type="datetime-local"
          label={t('journeys.endsAt')}
          description={t('journeys.endsAt.help')}
          value={settings.endsAt ? toLocalTime(settings.endsAt) : ''}
          onChange={(event) => change({ endsAt: atLocalTime(event.currentTarget.value) ?? null })}
        />
      </fieldset>
      <p className="bo-line">
        {t('journeys.policy.see')}{' '}
        <Link to="/contact-policy" className="bo-link bo-journey-inline">
          {t('nav.contactPolicy')}
        </Link>
      </p>
    </Card>
  )
}

type BudgetProps = { budgetMinor: number | null; onChange: (budgetMinor: number | null) => void }

function BudgetFields({ budgetMinor, onChange }: BudgetProps) {
  const t = useT()
  return (
    <>
      <Checkbox
        label={t('journeys.budget.limited')}
        checked={budgetMinor !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? 10_000 : null)}
      />
      {budgetMinor !== null && (
        <MoneyInput
          label={t('journeys.budget')}
          description={t('journeys.budget.help')}
          value={budgetMinor}
          onChange={(amount) => onChange(amount ?? 0)}
        />
      )}
    </>
  )
}
