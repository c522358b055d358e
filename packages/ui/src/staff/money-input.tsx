import { useState } from 'react'
import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useLocale } from '../ecluse-provider.tsx'

/** An amount in euros, typed as one writes it, kept in cents; null while empty. */
export function MoneyInput({
  value,
  onChange,
  ...others
}: Omit<NumberInputProps, 'value' | 'onChange'> & {
  value: number | null
  onChange: (amountMinor: number | null) => void
}) {
  const { locale } = useLocale()
  // What is typed so far (“12,” before “12,50”) is kept as it is, as long as it stands for the value.
  const [typed, setTyped] = useState<string | number>('')
  const shown = centsOf(typed) === value ? typed : value === null ? '' : value / 100
  return (
    <NumberInput
      max={1_000_000}
      {...others}
      value={shown}
      decimalScale={2}
      fixedDecimalScale={shown !== typed}
      thousandSeparator={locale === 'fr' ? '\u202f' : ','}
      suffix={locale === 'fr' ? '\u202f€' : ''}
      prefix={locale === 'fr' ? '' : '€'}
      allowNegative={false}
      inputMode="decimal"
      hideControls
      onFocus={(event) => event.currentTarget.select()}
      onChange={(next) => {
        setTyped(next)
        onChange(centsOf(next))
      }}
    />
  )
}

/** Cents of what Mantine tells: a number, or a text with a point while it is being typed. */
function centsOf(typed: string | number): number | null {
  const euros = typed === '' ? Number.NaN : Number(typed)
  return Number.isFinite(euros) ? Math.round(euros * 100) : null
}
