/** @jsxRuntime automatic @jsxImportSource preact */
import { orderOfGroup } from '@ecluse/contracts/order-of-group.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { money } from '../parts/price.tsx'
import { link, newFormKey, type Visit } from '../visit.ts'

type Props = { visit: Visit; order: Order; token: string; no: number; error: string | undefined }

/** The way to cancel one part while nothing of it is prepared: what goes back is said before it is done. */
export function CancelPart({ visit, order, token, no, error }: Props) {
  const { t } = visit
  const group = order.groups.find((one) => one.no === no)
  if (group?.cancelledAt) return <p class="muted">{t('order.part_cancelled')}</p>
  if (!group?.cancellable || order.documentState !== 'confirmed') return null
  const kept = orderOfGroup(order, no).lines.filter((line) => line.exception !== 'cancelled')
  const amountMinor = kept.reduce((sum, { lineTotal }) => sum + lineTotal.amountMinor, group.fee.amountMinor)
  return (
    <details class="part-cancel" open={error !== undefined}>
      <summary>{t('order.part_cancel')}</summary>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <p>{t('order.part_cancel_text', { amount: money(visit, { ...group.fee, amountMinor }) })}</p>
      <form method="post" action={link(visit, 'orderPart', { orderId: order.id })}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="no" value={no} />
        <input type="hidden" name="key" value={newFormKey()} />
        <button class="button" type="submit">
          {t('order.part_cancel_sure')}
        </button>
      </form>
    </details>
  )
}
