import { TextInput } from '@mantine/core'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { useT } from '../app/i18n.ts'

/** After the time to change one's mind, or for what the law excepts, an exception may be made, with its reason. */
export function LateReason({
  order,
  announced,
  value,
  onChange,
}: {
  order: Order
  /** Whether it was asked for before: then it was in time, and looked at. */
  announced: boolean
  value: string
  onChange: (value: string) => void
}) {
  const t = useT()
  const { locale } = useLocale()
  const until = order.returnUntil
  const late = until !== null && Date.parse(until) < Date.now()
  const excepted = order.lines.some((line) => line.withdrawalException !== null)
  if (announced || (!late && !excepted)) return null
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
