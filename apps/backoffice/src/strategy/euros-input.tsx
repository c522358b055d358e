import { NumberInput } from '@mantine/core'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'

/** Euros as a model is given them: no cents are counted, and nothing is kept in minor units. */
export function EurosInput({
  label,
  description,
  value,
  onChange,
}: {
  label: string
  description?: string
  value: number
  onChange: (value: number) => void
}) {
  const { locale } = useLocale()
  return (
    <NumberInput
      label={label}
      description={description}
      suffix={'\u202f€'}
      thousandSeparator={locale === 'fr' ? '\u202f' : ','}
      value={value}
      onChange={(next) => typeof next === 'number' && onChange(next)}
    />
  )
}
