import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'

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
  return (
    <NumberInput
      {...others}
      value={value === null ? '' : value / 100}
      decimalScale={2}
      fixedDecimalScale
      decimalSeparator={locale === 'fr' ? ',' : '.'}
      thousandSeparator={locale === 'fr' ? '\u202f' : ','}
      suffix={locale === 'fr' ? '\u202f€' : ''}
      prefix={locale === 'fr' ? '' : '€'}
      min={0}
      hideControls
      onChange={(euros) => onChange(typeof euros === 'number' ? Math.round(euros * 100) : null)}
    />
  )
}
