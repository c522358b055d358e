import { ActionIcon, NumberInput } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

type Props = {
  value: number
  min: number
  max: number
  /** What is counted, for those who hear the buttons. */
  of: string
  onChange: (value: number) => void
  disabled?: boolean
}

/** A quantity with steps made for fingers; it can be typed too. */
export function Quantity({ value, min, max, of, onChange, disabled = false }: Props) {
  const t = useT()
  return (
    <div className="pos-quantity" role="group" aria-label={t('quantity.label', { name: of })}>
      <ActionIcon
        size={44}
        variant="default"
        disabled={disabled || value <= min}
        aria-label={t('quantity.less', { name: of })}
        onClick={() => onChange(value - 1)}
      >
        <IconMinus size={18} aria-hidden />
      </ActionIcon>
      <NumberInput
        size="md"
        value={value}
        min={min}
        max={max}
        clampBehavior="strict"
        allowNegative={false}
        allowDecimal={false}
        hideControls
        disabled={disabled}
        aria-label={t('quantity.label', { name: of })}
        inputMode="numeric"
        onChange={(next) => typeof next === 'number' && next !== value && onChange(next)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <ActionIcon
        size={44}
        variant="default"
        disabled={disabled || value >= max}
        aria-label={t('quantity.more', { name: of })}
        onClick={() => onChange(value + 1)}
      >
        <IconPlus size={18} aria-hidden />
      </ActionIcon>
    </div>
  )
}
