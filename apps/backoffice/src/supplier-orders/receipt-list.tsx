import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { StockReceipt, SupplierOrder } from '@ecluse/contracts/supplier-orders.ts'
import { RelativeTime } from '@ecluse/ui/relative-time.tsx'
import { StateBadge } from '@ecluse/ui/state-badge.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { LotLinks } from '../lots/lot-links.tsx'
import { eventActor } from '../orders/order-events.ts'
import { touchedBySupplierOrders } from './touched.ts'

/** What came of an order, delivery by delivery; each can be taken back. */
export function ReceiptList({ order }: { order: SupplierOrder }) {
  const t = useT()
  const can = useCan()
  const undo = useAct({
    act: (receipt: StockReceipt, key) =>
      call(endpoints.undoReceipt, { params: { receiptId: receipt.id }, body: {} }, { idempotencyKey: key }),
    touches: touchedBySupplierOrders,
    done: (_, receipt) => t('supplierOrders.undone', { number: receipt.number }),
  })
  const skus = new Map(order.lines.map(({ variantId, sku }) => [variantId, sku]))
  return (
    <ul className="bo-plain-list">
      {order.receipts.map((receipt) => (
        <li key={receipt.id} className="bo-row-between">
          <span className="bo-wrap">
            {receipt.number} ·{' '}
            {t('documents.units', { count: receipt.lines.reduce((sum, { units }) => sum + units, 0) })}
            <span className="bo-quiet bo-block">
              <RelativeTime at={receipt.at} />
              {eventActor(receipt.by) && ` · ${eventActor(receipt.by)}`}
            </span>
            {receipt.lines
              .filter(({ reasonCode }) => reasonCode !== null)
              .map(({ variantId, units, reasonCode }) => (
                <span key={variantId} className="bo-quiet bo-block">
                  {`${skus.get(variantId) ?? ''} · ${units} · ${reasonCode ? t(`reasonCode.${reasonCode}`) : ''}`}
                </span>
              ))}
            {receipt.lines
              .filter(({ lots }) => lots.length > 0)
              .map(({ variantId, lots }) => (
                <span key={`${variantId} lots`} className="bo-block">
                  {skus.get(variantId)}
                  <LotLinks lots={lots} />
                </span>
              ))}
            {receipt.note && <span className="bo-quiet bo-block">{receipt.note}</span>}
          </span>
          {receipt.undoneAt ? (
            <StateBadge tone="neutral">{t('supplierOrders.takenBack')}</StateBadge>
          ) : (
            can('stock:receive') && (
              <Button
                className="bo-no-print"
                variant="subtle"
                size="compact-sm"
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                loading={undo.isPending && undo.variables === receipt}
                onClick={() => undo.mutate(receipt)}
              >
                {t('supplierOrders.takeBack')}
              </Button>
            )
          )}
        </li>
      ))}
    </ul>
  )
}
