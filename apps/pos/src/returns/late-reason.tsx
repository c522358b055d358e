import { TextInput } from '@mantine/core'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'

/** After the time to change one's mind an exception may be made, with its reason. */
export function LateReason({
  until,
  value,
  onChange,
}: {
  until: string | null
  value: string
  onChange: (value: string) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  if (until === null || Date.parse(until) >= Date.now()) return null
  return (
    <TextInput
      size="lg"
      label={t('returns.lateReason')}
      description={t('returns.late', { date: formatDate(until, locale, 'dayLong') })}
      maxLength={300}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
