import type { SupplierOrderState } from '@ecluse/contracts/supplier-orders.ts'
import { StateBadge, type StateTone } from '@ecluse/ui/state-badge.tsx'
import { useT } from '../app/i18n.ts'

const tones: Record<SupplierOrderState, StateTone> = {
  draft: 'neutral',
  ordered: 'waiting',
  received: 'done',
  cancelled: 'neutral',
}

export function SupplierOrderBadge({ state, late = false }: { state: SupplierOrderState; late?: boolean }) {
  const t = useT()
  return (
    <StateBadge tone={late ? 'urgent' : tones[state]}>
      {t(late ? 'supplierOrder.late' : `supplierOrder.state.${state}`)}
    </StateBadge>
  )
}
