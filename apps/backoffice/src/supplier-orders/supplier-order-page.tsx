import { useState } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconPackageImport, IconPencil, IconSend, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierOrder, SupplierOrderInput } from '@ecluse/contracts/supplier-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Card } from '../common/card.tsx'
import { dayOf } from '../common/company-day.ts'
import { Facts } from '../common/facts.tsx'
import { Page } from '../common/page.tsx'
import { eventActor } from '../orders/order-events.ts'
import { LotLinks } from '../lots/lot-links.tsx'
import { LineName } from '../documents/line-name.tsx'
import { PrintButton } from '../documents/print-button.tsx'
import { AnswersCard } from './answers-card.tsx'
import { DirectCard } from './direct-card.tsx'
import { ReceiptList } from './receipt-list.tsx'
import { SupplierOrderBadge } from './supplier-order-badge.tsx'
import { draftOf } from './supplier-order-draft.ts'
import { SupplierOrderEditor } from './supplier-order-editor.tsx'
import { awaitsAnswer, touchedBySupplierOrders } from './touched.ts'

const route = getRouteApi('/stock/supplier-orders/$supplierOrderId')

export function SupplierOrderPage() {
  const t = useT()
  const { supplierOrderId } = route.useParams()
  const { locale } = useLocale()
  const [editing, setEditing] = useState(false)
  const query = useQuery({
    ...apiQuery(endpoints.getSupplierOrder, { params: { supplierOrderId }, query: { locale } }),
    refetchInterval: ({ state }) => (state.data ? awaitsAnswer(state.data) : false),
  })
  const order = query.data
  return (
    <Page
      title={order ? `${order.supplierName} · ${order.number}` : t('supplierOrders.one')}
      badge={order && <SupplierOrderBadge state={order.state} late={isLate(order)} />}
      back={{ to: '/stock/supplier-orders', label: t('supplierOrders.title') }}
      acts={order && !editing && <SupplierOrderActs order={order} onEdit={() => setEditing(true)} />}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {order && editing && <Rewriting order={order} onClose={() => setEditing(false)} />}
      {order && !editing && (
        <div className="bo-grid-2">
          <OrderedLines order={order} />
          <div className="bo-stack">
            <OrderFacts order={order} />
            {order.direct && <DirectCard order={order} fulfillmentId={order.direct.fulfillmentId} />}
            {order.state !== 'draft' && <AnswersCard order={order} />}
            {order.receipts.length > 0 && (
              <Card title={t('supplierOrders.receipts')}>
                <ReceiptList order={order} />
              </Card>
            )}
          </div>
        </div>
      )}
    </Page>
  )
}

/** Units that were expected before today have not come. */
function isLate(order: SupplierOrder): boolean {
  const today = dayOf(new Date())
  return order.lines.some(
    ({ expectedUnits, expectedOn }) => expectedUnits > 0 && expectedOn !== null && expectedOn < today,
  )
}

function Rewriting({ order, onClose }: { order: SupplierOrder; onClose: () => void }) {
  const t = useT()
  const save = useAct({
    act: (body: SupplierOrderInput) =>
      call(endpoints.updateSupplierOrder, { params: { supplierOrderId: order.id }, body }),
    touches: touchedBySupplierOrders,
    done: () => t('documents.saved'),
    onDone: onClose,
  })
  return (
    <SupplierOrderEditor
      start={draftOf(order)}
      busy={save.isPending}
      saveLabel={t('documents.save')}
      onSave={(input) => save.mutate(input)}
      onCancel={onClose}
    />
  )
}

function SupplierOrderActs({ order, onEdit }: { order: SupplierOrder; onEdit: () => void }) {
  const t = useT()
  const can = useCan()
  const params = { supplierOrderId: order.id }
  const untouched = order.lines.every(({ receivedUnits }) => receivedUnits === 0)
  const send = useAct({
    act: (_: void, key) => call(endpoints.sendSupplierOrder, { params, body: {} }, { idempotencyKey: key }),
    touches: touchedBySupplierOrders,
    done: () => t('supplierOrders.sent'),
  })
  const cancel = useAct({
    act: (_: void, key) => call(endpoints.cancelSupplierOrder, { params, body: {} }, { idempotencyKey: key }),
    touches: touchedBySupplierOrders,
    done: () => t('supplierOrders.cancelled'),
  })
  return (
    <>
      <PrintButton />
      {can('stock:write') && (order.state === 'draft' || order.state === 'ordered') && untouched && (
        <Button
          variant="default"
          leftSection={<IconX size={16} aria-hidden />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('supplierOrders.cancel')}
        </Button>
      )}
      {can('stock:write') && order.state === 'draft' && (
        <>
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            {t('documents.edit')}
          </Button>
          <Button
            leftSection={<IconSend size={16} aria-hidden />}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            {t('supplierOrders.send')}
          </Button>
        </>
      )}
      {can('stock:receive') && order.state === 'ordered' && !order.direct && (
        <Button
          component={Link}
          to={`/stock/supplier-orders/${order.id}/receive`}
          leftSection={<IconPackageImport size={16} aria-hidden />}
        >
          {t('supplierOrders.receive')}
        </Button>
      )}
    </>
  )
}

function OrderFacts({ order }: { order: SupplierOrder }) {
  const t = useT()
  const { locale } = useLocale()
  const known = order.lines.every(({ unitCost }) => unitCost !== null)
  const cost = order.lines.reduce((sum, line) => sum + line.orderedUnits * (line.unitCost?.amountMinor ?? 0), 0)
  const when = (instant: string | null) => instant && formatDate(instant, locale, 'full')
  return (
    <Card title={t('supplierOrders.supplier')}>
      <Facts
        facts={[
          [
            t('supplierOrders.direct'),
            order.direct && (
              <Link to="/orders/$orderId" params={{ orderId: order.direct.orderId }} className="bo-link">
                {[order.direct.shipTo.name, order.direct.shipTo.postalCode, order.direct.shipTo.locality].join(' · ')}
              </Link>
            ),
          ],
          [t('supplierOrders.supplierName'), order.supplierName],
          [t('supplierOrders.deliverTo'), !order.direct && order.placeName],
          [t('supplierOrders.orderedAt'), when(order.orderedAt)],
          [t('supplierOrders.receivedAt'), when(order.receivedAt)],
          [t('documents.writtenBy'), eventActor(order.createdBy)],
          [t('supplierOrders.cost'), known && <Money value={{ amountMinor: cost, currency: 'EUR' }} />],
          [t('documents.note'), order.note],
        ]}
      />
    </Card>
  )
}

function OrderedLines({ order }: { order: SupplierOrder }) {
  const t = useT()
  const { locale } = useLocale()
  return (
    <Card title={t('orders.lines')}>
      <table className="bo-doc-table">
        <thead>
          <tr>
            <th scope="col">{t('orders.article')}</th>
            <th scope="col" data-wide>
              {t('supplierOrders.expectedOn')}
            </th>
            <th scope="col" data-end data-wide>
              {t('supplierOrders.unitCost')}
            </th>
            <th scope="col" data-end>
              {t('supplierOrders.ordered')}
            </th>
            <th scope="col" data-end>
              {t('supplierOrders.received')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.variantId}>
              <td>
                <LineName article={line}>{line.lots.length > 0 && <LotLinks lots={line.lots} />}</LineName>
              </td>
              <td data-wide>{line.expectedOn && formatDate(line.expectedOn, locale, 'day')}</td>
              <td data-end data-wide>
                {line.unitCost && <Money value={line.unitCost} />}
              </td>
              <td data-end>{line.orderedUnits}</td>
              <td data-end>{line.receivedUnits}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
