import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** Answers that a step of a preparation makes old. */
export const touchedByPreparation = [
  '/fulfillments',
  '/orders',
  '/supplier-orders',
  '/today',
  '/stock',
  '/messages',
] as const

/** Everything is picked; can be taken back from the toast. */
export function usePrepare() {
  const t = useT()
  return useAct({
    act: (preparation: Fulfillment) => call(endpoints.markPrepared, { params: { fulfillmentId: preparation.id } }),
    touches: touchedByPreparation,
    done: ({ orderNumber }) => t('preparation.prepared', { number: orderNumber }),
    undo: ({ id }) => call(endpoints.undoPrepared, { params: { fulfillmentId: id } }),
  })
}

/** Back to "to prepare". */
export function useUndoPrepare() {
  const t = useT()
  return useAct({
    act: (preparation: Fulfillment) => call(endpoints.undoPrepared, { params: { fulfillmentId: preparation.id } }),
    touches: touchedByPreparation,
    done: ({ orderNumber }) => t('preparation.unprepared', { number: orderNumber }),
    undo: ({ id }) => call(endpoints.markPrepared, { params: { fulfillmentId: id } }),
  })
}
