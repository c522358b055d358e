import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Proposal } from '@ecluse/contracts/replenishment.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

export type Accept = ReturnType<typeof useAccept>

/** Turns proposals into transfers and drafts of supplier orders. */
export function useAccept(onDone: () => void) {
  const t = useT()
  return useAct({
    act: (proposals: readonly Pick<Proposal, 'variantId' | 'placeId' | 'units'>[], key) =>
      call(
        endpoints.acceptProposals,
        { body: { items: proposals.map(({ variantId, placeId, units }) => ({ variantId, placeId, units })) } },
        { idempotencyKey: key },
      ),
    touches: ['/replenishment', '/transfers', '/supplier-orders'],
    done: ({ transfers, supplierOrders }) =>
      t('replenishment.accepted', { transfers: transfers.length, orders: supplierOrders.length }),
    onDone,
  })
}
