import { getRouteApi } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { SupplierOrderInput } from '@ecluse/contracts/supplier-orders.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { useMyPlaces } from '../documents/use-places.ts'
import { SupplierOrderEditor } from './supplier-order-editor.tsx'

const route = getRouteApi('/stock/supplier-orders/new')

export function NewSupplierOrderPage() {
  const t = useT()
  const navigate = route.useNavigate()
  const [only, ...others] = useMyPlaces()
  const create = useAct({
    act: (body: SupplierOrderInput, key) => call(endpoints.createSupplierOrder, { body }, { idempotencyKey: key }),
    touches: ['/supplier-orders'],
    done: (order) => t('supplierOrders.created', { number: order.number }),
    onDone: (order) =>
      void navigate({
        to: '/stock/supplier-orders/$supplierOrderId',
        params: { supplierOrderId: order.id },
        replace: true,
      }),
  })
  return (
    <Page title={t('supplierOrders.new')} back={{ to: '/stock/supplier-orders', label: t('supplierOrders.title') }}>
      <SupplierOrderEditor
        // Where one may order for one place only, it is chosen as soon as it is known.
        key={only?.id}
        start={{ supplierName: '', placeId: others.length === 0 ? (only?.id ?? '') : '', note: '', lines: [] }}
        busy={create.isPending}
        saveLabel={t('documents.saveDraft')}
        onSave={(input) => create.mutate(input)}
      />
    </Page>
  )
}
