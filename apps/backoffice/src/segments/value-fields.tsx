import { NumberInput, Select } from '@mantine/core'
import { valueMeasures, type SegmentCondition, type ValueMeasure } from '@ecluse/contracts/segments.ts'
import { MoneyInput } from '@ecluse/ui/staff/money-input.tsx'
import { useT } from '../app/i18n.ts'

type ValueCondition = Extract<SegmentCondition, { type: 'value' }>
type Bound = { label: string; value: number | undefined; onChange: (value: number | undefined) => void }

/** What is computed of a customer, between two bounds of which one may be left open. */
export function ValueFields(props: { condition: ValueCondition; onChange: (condition: SegmentCondition) => void }) {
  const t = useT()
  const { condition, onChange } = props
  const { measure } = condition
  return (
    <>
      <Select
        label={t('segments.measure')}
        allowDeselect={false}
        data={valueMeasures.map((value) => ({ value, label: t(`segments.measure.${value}`) }))}
        value={measure}
        onChange={(chosen) =>
          chosen && onChange({ type: 'value', not: condition.not, measure: chosen, ...freshBounds[chosen] })
        }
      />
      <BoundInput
        measure={measure}
        label={t('segments.measure.atLeast')}
        value={condition.atLeast}
        onChange={(atLeast) => onChange({ ...condition, atLeast })}
      />
      <BoundInput
        measure={measure}
        label={t('segments.measure.atMost')}
        value={condition.atMost}
        onChange={(atMost) => onChange({ ...condition, atMost })}
      />
    </>
  )
}

/** The commonest question of each, to be changed. */
const freshBounds: Readonly<Record<ValueMeasure, { atLeast: number }>> = {
  recency: { atLeast: 4 },
  frequency: { atLeast: 4 },
  monetary: { atLeast: 4 },
  active: { atLeast: 0.5 },
  expected_purchases: { atLeast: 1 },
  expected_value: { atLeast: 10_000 },
  purchases: { atLeast: 2 },
  spent: { atLeast: 10_000 },
}

function BoundInput({ measure, label, value, onChange }: Bound & { measure: ValueMeasure }) {
  if (measure === 'spent' || measure === 'expected_value')
    return <MoneyInput label={label} value={value ?? null} onChange={(amount) => onChange(amount ?? undefined)} />
  const percent = measure === 'active'
  const score = measure === 'recency' || measure === 'frequency' || measure === 'monetary'
  return (
    <NumberInput
      label={label}
      min={score ? 1 : 0}
      max={score ? 5 : percent ? 100 : undefined}
      suffix={percent ? ' %' : undefined}
      allowDecimal={measure === 'expected_purchases'}
      value={value === undefined ? '' : percent ? Math.round(value * 100) : value}
      onChange={(next) => onChange(typeof next === 'number' ? (percent ? next / 100 : next) : undefined)}
    />
  )
}
