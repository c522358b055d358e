import { Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { touchedByPickup } from './pickup-queries.ts'

type Props = { pickup: Fulfillment; line: Fulfillment['lines'][number] }

/** “I do not want this one”: what stands in goes back to its shelf, and is refunded. */
export function RefuseSubstitute({ pickup, line }: Props) {
  const t = useT()
  const { locale } = useLocale()
  const refuse = useAct({
    act: () => call(endpoints.refuseSubstitute, { params: { fulfillmentId: pickup.id, lineId: line.lineId } }),
    touches: touchedByPickup,
    done: ({ refund }) => t('pickups.substituteRefused', { amount: formatMoney(refund, locale) }),
  })
  return (
    <Button variant="light" color="red" size="sm" loading={refuse.isPending} onClick={() => refuse.mutate()}>
      {t('pickups.refuseSubstitute')}
    </Button>
  )
}
