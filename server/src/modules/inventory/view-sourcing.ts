import type { Sourcing as SourcingView, SourcingReason } from '@ecluse/contracts/sourcing.ts'
import type { Said } from './domain/sourcing/reasons.ts'
import type { Sourcing } from './domain/sourcing/source.ts'
import type { SourcingTerms } from './domain/sourcing-terms.ts'
import type { RecordedSourcing } from './sourcing-desk.ts'

export type NamedLine = {
  readonly id: string
  readonly variantId: string
  readonly name: string
  readonly sku: string
  readonly quantity: number
}

/**
 * A decision with its reasons as the API tells it. Lines are known by their positions while they are sourced: they get
 * their ids back here.
 */
export function viewSourcing(
  sourcing: Sourcing,
  terms: Pick<SourcingTerms, 'places'>,
  recorded: Pick<RecordedSourcing, 'a'>,
  lines: readonly NamedLine[],
  names: ReadonlyMap<string, string>,
): SourcingView {
  const idOf = (position: string | null): string | null =>
    position === null ? null : (lines[Number(position)]?.id ?? position)
  const saidOf = ({ reason, ...said }: Said): SourcingReason => ({
    ...said,
    reason: { code: reason.code, details: { ...reason.details } },
    lineId: idOf(said.lineId),
  })
  const instant = (ms: number): string => new Date(ms).toISOString()
  const columns = new Map(terms.places.map((place, index) => [place.id, index]))
  return {
    plans: sourcing.plans.map((plan) => ({
      costMinor: plan.costMinor,
      behindMinor: plan.behindMinor,
      promiseAt: instant(plan.promiseAtMs),
      legs: plan.legs.map(({ leavesAtMs, arrivesAtMs, ...leg }) => ({
        ...leg,
        leavesAt: instant(leavesAtMs),
        arrivesAt: instant(arrivesAtMs),
      })),
      allocations: plan.allocations.map((share) => ({ ...share, lineId: idOf(share.lineId) ?? share.lineId })),
      said: plan.said.map(saidOf),
    })),
    places: sourcing.places.map((place) => ({
      placeId: place.placeId,
      placeName: names.get(place.placeId) ?? '',
      outcome: place.outcome,
      behindMinor: place.outcome === 'dearer' ? place.behindMinor : null,
      said: place.outcome === 'forbidden' ? place.said.map(saidOf) : [],
      available: lines.map((_, line) => recorded.a[line]?.[columns.get(place.placeId) ?? -1] ?? 0),
    })),
    missing: sourcing.missing.map(({ variantId, wanted, allowed }) => ({ variantId, wanted, allowed })),
    proven: sourcing.proven,
    lines: lines.map(({ id, ...line }) => ({ lineId: id, ...line })),
  }
}
