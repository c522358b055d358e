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
      // The field gives text while a number is only half typed: “49,9” on its way to “49,90”.
      onChange={(euros) =>
        onChange(euros === '' || Number.isNaN(Number(euros)) ? null : Math.round(Number(euros) * 100))
      }
    />
  )
}
