import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { touchedByPreparation } from './use-prepare.ts'

/** Marks several preparations prepared, one after the other; the toast takes all of them back. */
export function usePrepareMany() {
  const t = useT()
  return useAct({
    act: async (preparations: readonly Fulfillment[]) => {
      for (const { id } of preparations) await call(endpoints.markPrepared, { params: { fulfillmentId: id } })
      return preparations
    },
    touches: touchedByPreparation,
    done: (preparations) => t('preparation.preparedMany', { count: preparations.length }),
    undo: async (preparations) => {
      for (const { id } of preparations) await call(endpoints.undoPrepared, { params: { fulfillmentId: id } })
    },
  })
}

/** The same from a list of orders: finds what each has to prepare, then prepares it. */
export function usePrepareOrders() {
  const t = useT()
  return useAct({
    act: async (orders: readonly { id: string; number: string }[]) => {
      const prepared: Fulfillment[] = []
      for (const order of orders) {
        const query = { q: order.number, state: 'to_prepare' as const, locale: currentLocale() }
        const { items } = await call(endpoints.listFulfillments, { query })
        for (const { id, orderId } of items) {
          if (orderId === order.id) prepared.push(await call(endpoints.markPrepared, { params: { fulfillmentId: id } }))
        }
      }
      return prepared
    },
    touches: touchedByPreparation,
    done: (preparations) => t('preparation.preparedMany', { count: preparations.length }),
    undo: async (preparations) => {
      for (const { id } of preparations) await call(endpoints.undoPrepared, { params: { fulfillmentId: id } })
    },
  })
}
