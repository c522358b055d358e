import { Alert, Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate, formatMoney } from '@ecluse/ui/format.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { PayLink } from '@ecluse/ui/staff/pay-link.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone, tellRefusal } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'

/** A change of an order that waits until its customer pays for it. */
export function WaitingChange({ order }: { order: Order }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const { waitingChange, id: orderId } = order
  if (!waitingChange) return null
  const { id: changeId, due, expiresAt, askedBy } = waitingChange
  const withdraw = async (): Promise<void> => {
    try {
      await call(endpoints.withdrawChange, { params: { orderId, changeId }, body: { locale } })
      tellDone(t('changeOrder.withdrawn'))
    } catch (error) {
      tellRefusal(error)
    }
    void refresh('/orders', '/stock', '/delivery-windows')
  }
  return (
    <Alert color="yellow" title={t('changeOrder.waits', { amount: formatMoney(due, locale) })}>
      <p className="bo-line">{t(`changeOrder.waits.${askedBy}`, { date: formatDate(expiresAt, locale, 'full') })}</p>
      {can('fulfillment:write') && <PayLink orderId={orderId} changeId={changeId} />}
      {can('orders:write') && (
        <Button variant="default" size="xs" onClick={() => void withdraw()}>
          {t('changeOrder.withdraw')}
        </Button>
      )}
    </Alert>
  )
}
