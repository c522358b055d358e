import { NumberInput, type NumberInputProps } from '@mantine/core'

/** A share between 0 and 1, typed as people say it: per cent. */
export function PercentInput({
  value,
  onChange,
  min = 0,
  max = 1,
  ...props
}: Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max' | 'suffix'> & {
  value?: number | ''
  onChange?: (value: number | '') => void
  min?: number
  max?: number
}) {
  return (
    <NumberInput
      {...props}
      suffix={'\u202f%'}
      decimalScale={1}
      min={min * 100}
      max={max * 100}
      // Shares are kept in binary: 0.95 times 100 is not 95.
      value={value === '' || value === undefined ? '' : Math.round(value * 1_000) / 10}
      onChange={(next) => onChange?.(next === '' ? '' : Number(next) / 100)}
    />
  )
}
