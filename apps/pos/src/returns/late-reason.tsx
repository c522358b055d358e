import { TextInput } from '@mantine/core'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'

/** After the time to change one's mind, or for what the law excepts, an exception may be made, with its reason. */
export function LateReason({
  until,
  excepted,
  value,
  onChange,
}: {
  until: string | null
  /** Whether the law excepts something that was bought from withdrawal. */
  excepted: boolean
  value: string
  onChange: (value: string) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const late = until !== null && Date.parse(until) < Date.now()
  if (!late && !excepted) return null
  return (
    <TextInput
      size="lg"
      label={t('returns.lateReason')}
      description={late ? t('returns.late', { date: formatDate(until, locale, 'dayLong') }) : t('returns.excepted')}
      maxLength={300}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
