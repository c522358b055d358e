import { ActionIcon, Group, NumberInput, Select, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { SourcingRule } from '@ecluse/contracts/sourcing.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'
import { ruleFields, type RuleField } from './rule-fields.ts'

type Value = string | number | null
type Props = {
  rule: SourcingRule
  locked: boolean
  onChange: (rule: SourcingRule) => void
  /** Left out where there is nowhere to go. */
  onUp?: (() => void) | undefined
  onDown?: (() => void) | undefined
}

/** One rule: what it does in plain words, whether it speaks, its place in the list, and its parameters with their units. */
export function RuleEditor({ rule, locked, onChange, onUp, onDown }: Props) {
  const t = useT()
  const name = t(`sourcing.rule.${rule.code}`)
  const parameters = rule.parameters as Readonly<Record<string, Value>>
  const change = (field: string, value: Value) =>
    onChange({ ...rule, parameters: { ...parameters, [field]: value } } as SourcingRule)
  return (
    <li className="bo-rule" data-off={!rule.enabled || undefined}>
      <div className="bo-rule-head">
        <Switch
          label={name}
          description={t(`sourcing.rule.${rule.code}.help`)}
          checked={rule.enabled}
          disabled={locked}
          onChange={(event) => onChange({ ...rule, enabled: event.currentTarget.checked })}
        />
        {!locked && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="subtle"
              size={32}
              aria-label={t('sourcing.up', { name })}
              disabled={!onUp}
              onClick={onUp}
            >
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              size={32}
              aria-label={t('sourcing.down', { name })}
              disabled={!onDown}
              onClick={onDown}
            >
              <IconArrowDown size={16} aria-hidden />
            </ActionIcon>
          </Group>
        )}
      </div>
      {rule.enabled && ruleFields[rule.code].length > 0 && (
        <div className="bo-rule-fields">
          {ruleFields[rule.code].map((field) => (
            <Field
              key={field.name}
              field={field}
              value={parameters[field.name] ?? null}
              locked={locked}
              onChange={(value) => change(field.name, value)}
            />
          ))}
        </div>
      )}
    </li>
  )
}

type FieldProps = { field: RuleField; value: Value; locked: boolean; onChange: (value: Value) => void }

function Field({ field, value, locked, onChange }: FieldProps) {
  const t = useT()
  const label = t(field.label)
  if (field.kind === 'money')
    return (
      <MoneyInput
        label={label}
        disabled={locked}
        value={typeof value === 'number' ? value : null}
        onChange={(amount) => onChange(amount ?? 0)}
      />
    )
  if (field.kind === 'choice')
    return (
      <Select
        label={label}
        disabled={locked}
        allowDeselect={false}
        data={field.choices.map((choice) => ({ value: choice.value, label: t(choice.label) }))}
        value={String(value)}
        onChange={(chosen) => chosen && onChange(chosen)}
      />
    )
  // Shares are typed in per cent and kept in basis points.
  const scale = field.unit === 'percent' ? 100 : 1
  return (
    <NumberInput
      label={label}
      description={field.optional ? t('sourcing.noLimit') : undefined}
      disabled={locked}
      min={field.optional ? 1 : 0}
      max={field.max}
      allowDecimal={false}
      suffix={field.unit === 'km' ? '\u202fkm' : field.unit === 'percent' ? '\u202f%' : ''}
      value={typeof value === 'number' ? value / scale : ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed * scale : field.optional ? null : 0)}
    />
  )
}
