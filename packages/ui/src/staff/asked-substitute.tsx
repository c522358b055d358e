import { Alert, Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { useLocale } from '../ecluse-provider.tsx'
import { call } from './api.ts'
import { PayLink } from './pay-link.tsx'
import { useCan } from './session.tsx'
import { useAct } from './use-act.ts'
import { useWords } from './words.ts'

/** A dearer article waits for its buyer's answer: the way to pay for it, to be shown, and the way to stop asking. */
export function AskedSubstitute({ preparation, touches }: { preparation: Fulfillment; touches: readonly string[] }) {
  const t = useWords()
  const can = useCan()
  const { locale } = useLocale()
  const { orderId, askedChangeId } = preparation
  const withdraw = useAct({
    act: (changeId: string, idempotencyKey) =>
      call(endpoints.withdrawChange, { params: { orderId, changeId }, body: { locale } }, { idempotencyKey }),
    touches,
    done: () => t('ui.missing.withdrawn'),
  })
  if (askedChangeId === null) return null
  return (
    <Alert color="yellow" title={t('ui.missing.asked')}>
      <PayLink orderId={orderId} changeId={askedChangeId} />
      {can('orders:write') && (
        <Button variant="default" size="xs" loading={withdraw.isPending} onClick={() => withdraw.mutate(askedChangeId)}>
          {t('ui.missing.withdraw')}
        </Button>
      )}
    </Alert>
  )
}
