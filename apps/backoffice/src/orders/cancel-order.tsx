import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { CancelDialog } from './cancel-dialog.tsx'

/** Money goes back: the one act on an order that asks first, and says how much. */
export function CancelOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const checked = useCheckedForm({
    initialValues: { reason: '' },
    schema: endpoints.cancelOrder.body,
    send: (body, idempotencyKey) =>
      call(endpoints.cancelOrder, { params: { orderId: order.id }, body }, { idempotencyKey }),
    onDone: () => {
      tellDone(t('cancel.done', { number: order.number }))
      onClose()
      void refresh('/orders', '/fulfillments', '/stock', '/today', '/messages')
    },
  })
  const paid = order.paid.amountMinor - order.refunded.amountMinor
  const { currency } = order.paid
  return (
    <CancelDialog
      checked={checked}
      title={t('cancel.title', { number: order.number })}
      money={
        paid > 0
          ? t('cancel.money', { amount: formatMoney({ amountMinor: paid, currency }, locale) })
          : t('cancel.noMoney')
      }
      keep={t('cancel.keep')}
      confirm={t('cancel.confirm')}
      onClose={onClose}
    />
  )
}
