import { useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { apiQuery } from '../api.ts'

export type OrderLot = ResponseOf<typeof endpoints.listOrderLots>['items'][number]

/** Lots and serial numbers the buyer of an order has, of its followed articles; those without a number are left out. */
export function useOrderLots(orderId: string): readonly OrderLot[] {
  const query = useQuery(apiQuery(endpoints.listOrderLots, { params: { orderId } }))
  return (query.data?.items ?? []).filter(({ number }) => number !== null)
}

/** Those of a line: of an order whose lines were not noted, those of its article. */
export function lotsOfLine(lots: readonly OrderLot[], line: { id: string; variantId: string }): readonly OrderLot[] {
  return lots.filter(({ lineId, variantId }) => (lineId === null ? variantId === line.variantId : lineId === line.id))
}
