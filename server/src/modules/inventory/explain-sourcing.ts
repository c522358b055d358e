import { source, sourceAgain, type Sourcing } from './domain/sourcing/source.ts'
import type { OrderToSource, RefusedLine } from './domain/sourcing/types.ts'
import { dispatchOf, placeOf, placesForDelivery, type SourcingTerms } from './domain/sourcing-terms.ts'
import { unlimited, type RecordedSourcing } from './sourcing-desk.ts'

/**
 * Why places were chosen: the same choice made again, with its reasons, from what it was made from. Pure: the same record
 * always tells the same.
 * @param nowMs the moment of the decision
 */
export function explainSourcing(
  terms: SourcingTerms,
  recorded: Omit<RecordedSourcing, 's'>,
  order: OrderToSource,
  nowMs: number,
  refusals: readonly RefusedLine[] = [],
): Sourcing {
  const limits = new Map(recorded.l?.map(([index, left, loadBasisPoints]) => [index, { left, loadBasisPoints }]))
  const columns = new Map(terms.places.map((place, index) => [place.id, index]))
  const rows = new Map(order.lines.map((line, index) => [line.variantId, recorded.a[index] ?? []]))
  const asked = order.destination.method === 'delivery' ? placesForDelivery(terms) : terms.places
  const places = asked.map((facts) =>
    placeOf(
      facts,
      terms.carriage,
      [dispatchOf(facts, nowMs)],
      limits.get(columns.get(facts.id) ?? -1) ?? { left: null, loadBasisPoints: 0 },
    ),
  )
  const snapshot = {
    nowMs,
    places: recorded.full ? unlimited(places) : places,
    available: (variantId: string, placeId: string) => rows.get(variantId)?.[columns.get(placeId) ?? -1] ?? 0,
  }
  return refusals.length > 0
    ? sourceAgain(order, snapshot, terms.rules, refusals)
    : source(order, snapshot, terms.rules)
}
