import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconPencil, IconTruckReturn, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { PreparationActs } from '../preparations/preparation-acts.tsx'
import { AskReturn } from './ask-return.tsx'
import { CancelOrder } from './cancel-order.tsx'
import { ChangeOrder } from './change-order.tsx'
import { ReturnOrder } from './return-order.tsx'

/** What can be done with an order now, by this person: the next step of its preparations first. */
export function OrderActs({ order }: { order: Order }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const [cancelling, cancel] = useDisclosure(false)
  const [returning, takeBack] = useDisclosure(false)
  const [changing, change] = useDisclosure(false)
  const [announcing, announce] = useDisclosure(false)
  const open = order.documentState === 'confirmed' && order.fulfillmentState !== 'fulfilled'
  const preparations = useQuery({
    ...apiQuery(endpoints.listFulfillments, { query: { q: order.number, locale } }),
    enabled: open && can('orders:read'),
  })
  const own = (preparations.data?.items ?? []).filter(({ orderId }) => orderId === order.id)
  const cancellable =
    can('orders:write') &&
    (order.documentState === 'awaiting_payment' ||
      (order.documentState === 'confirmed' && order.lines.every((line) => line.fulfilledQuantity === 0)))
  const returnable =
    can('returns:write') &&
    order.lines.some((line) => line.downloadFrom === null && line.fulfilledQuantity > line.returnedQuantity)
  return (
    <>
      {own.map((preparation) => (
        <PreparationActs key={preparation.id} preparation={preparation} several={own.length > 1} />
      ))}
      {returnable && (
        <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={takeBack.open}>
          {t('returns.open')}
        </Button>
      )}
      {returnable && (
        <Button variant="default" leftSection={<IconTruckReturn size={16} aria-hidden />} onClick={announce.open}>
          {t('askReturn.open')}
        </Button>
      )}
      {order.documentState === 'confirmed' && order.fulfillmentState === 'to_prepare' && can('orders:write') && (
        <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={change.open}>
          {t('changeOrder.open')}
        </Button>
      )}
      {cancellable && (
        <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={cancel.open}>
          {t('cancel.open')}
        </Button>
      )}
      {cancelling && <CancelOrder order={order} onClose={cancel.close} />}
      {changing && <ChangeOrder order={order} onClose={change.close} />}
      {announcing && <AskReturn order={order} onClose={announce.close} />}
      {returning && <ReturnOrder order={order} onClose={takeBack.close} />}
    </>
  )
}
