import { useState } from 'react'
import { Button } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OrderGroup } from '@ecluse/contracts/groups.ts'
import { orderOfGroup } from '@ecluse/contracts/order-of-group.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatMoney } from '@ecluse/ui/format.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { CancelDialog } from './cancel-dialog.tsx'

type Props = { order: Order; group: OrderGroup }

/** Cancels one part while nothing of it is prepared: says how much goes back, and asks why. */
export function CancelPart({ order, group }: Props) {
  const t = useT()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  if (!group.cancellable || order.documentState !== 'confirmed' || !can('orders:write')) return null
  return (
    <>
      <Button size="compact-sm" mt="xs" variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('cancelPart.open')}
      </Button>
      {asking && <AskWhy order={order} group={group} onClose={() => setAsking(false)} />}
    </>
  )
}

function AskWhy({ order, group, onClose }: Props & { onClose: () => void }) {
  const t = useT()
  const { locale } = useLocale()
  const checked = useCheckedForm({
    initialValues: { reason: '' },
    schema: endpoints.cancelPart.body.required({ reason: true }),
    send: (body, idempotencyKey) =>
      call(endpoints.cancelPart, { params: { orderId: order.id, no: group.no }, body }, { idempotencyKey }),
    onDone: () => {
      tellDone(t('cancelPart.done', { no: group.no + 1 }))
      onClose()
      void refresh('/orders', '/fulfillments', '/stock', '/today', '/messages')
    },
  })
  const { lines } = orderOfGroup(order, group.no)
  const kept = lines.filter(({ exception }) => exception !== 'cancelled')
  const amountMinor = kept.reduce((sum, { lineTotal }) => sum + lineTotal.amountMinor, group.fee.amountMinor)
  return (
    <CancelDialog
      checked={checked}
      title={t('cancelPart.title', { no: group.no + 1 })}
      money={t('cancelPart.money', { amount: formatMoney({ ...group.fee, amountMinor }, locale) })}
      keep={t('cancelPart.keep')}
      confirm={t('cancelPart.confirm')}
      onClose={onClose}
    />
  )
}
