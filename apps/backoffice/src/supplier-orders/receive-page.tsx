import { Skeleton } from '@mantine/core'
import { IconPackageImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { reasonsFor } from '@ecluse/contracts/reason-codes.ts'
import type { SupplierOrder } from '@ecluse/contracts/supplier-orders.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { TallyForm, type Tallied } from '../documents/tally-form.tsx'
import { lotsOf, needsReason, type TallyLine } from '../documents/tally.ts'
import { touchedBySupplierOrders } from './touched.ts'

const route = getRouteApi('/stock/supplier-orders/$supplierOrderId/receive')

/** Receives a delivery, telephone in hand: scan or type what came. */
export function ReceivePage() {
  const t = useT()
  const { supplierOrderId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getSupplierOrder, { params: { supplierOrderId }, query: { locale } }))
  const order = query.data
  return (
    <Page
      narrow
      title={order ? t('supplierOrders.receiveOf', { name: order.supplierName }) : t('supplierOrders.receive')}
      summary={order && `${order.number} · ${order.placeName}`}
      back={{ to: `/stock/supplier-orders/${supplierOrderId}`, label: order?.number ?? t('supplierOrders.one') }}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {order && (
        // After somebody else has received of it, what is left is counted anew.
        <ReceiveForm key={order.lines.map(({ receivedUnits }) => receivedUnits).join()} order={order} />
      )}
    </Page>
  )
}

function ReceiveForm({ order }: { order: SupplierOrder }) {
  const t = useT()
  const navigate = route.useNavigate()
  const receive = useAct({
    act: (tally: Tallied, key) =>
      call(
        endpoints.receiveSupplierOrder,
        { params: { supplierOrderId: order.id }, body: bodyOf(order, tally) },
        { idempotencyKey: key },
      ),
    touches: touchedBySupplierOrders,
    done: (after) => t(after.state === 'received' ? 'supplierOrders.allReceived' : 'supplierOrders.partReceived'),
    onDone: () =>
      void navigate({ to: '/stock/supplier-orders/$supplierOrderId', params: { supplierOrderId: order.id } }),
  })
  return (
    <TallyForm
      title={t('supplierOrders.whatCame')}
      start={linesOf(order)}
      reasons={reasonsFor.receipt}
      complete={{ ask: t('supplierOrders.closes') }}
      withNote
      lots="incoming"
      saveLabel={t('supplierOrders.receive')}
      saveIcon={<IconPackageImport size={18} aria-hidden />}
      busy={receive.isPending}
      onSave={(tally) => receive.mutate(tally)}
    />
  )
}

/** What is still expected of each line; a line that has come whole is still there, for what comes in excess. */
function linesOf(order: SupplierOrder): readonly TallyLine[] {
  return order.lines
    .map((line) => ({ article: line, expected: line.expectedUnits, units: null, reasonCode: null }))
    .toSorted((a, b) => Number(b.expected > 0) - Number(a.expected > 0))
}

function bodyOf(order: SupplierOrder, { lines, complete: closes, note }: Tallied) {
  const before = new Map(order.lines.map(({ variantId, receivedUnits }) => [variantId, receivedUnits]))
  return {
    lines: lines
      .filter((line) => line.units !== null || (closes && line.expected !== 0))
      .map((line) => ({
        variantId: line.article.variantId,
        units: line.units ?? 0,
        receivedBefore: before.get(line.article.variantId) ?? 0,
        reasonCode: needsReason(line, closes) ? line.reasonCode : null,
        ...lotsOf(line),
      })),
    closes,
    note: note.trim() || null,
  }
}
