import type { RefusalReason } from '@ecluse/contracts/sourcing.ts'

/** What a shop's refusal changes, to be recorded by whoever keeps the stock. */
export type RefusalEffect = {
  /** Units to add to what is on hand, as a movement of this kind; `null`: the goods are where they were. */
  readonly onHand: { readonly kind: 'count' | 'loss'; readonly units: number } | null
  /** Units to add to what the place keeps for itself. */
  readonly safetyUnits: number
  /** Nothing more is asked of the place today. */
  readonly closesToday: boolean
}

/**
 * Which quantity the reason of a refusal changes. The promise of the refused units is released at the same time, so that
 * what is available at the place stays as it was: the units it lost were promised.
 * - `not_found`: they are not there; the count is put right;
 * - `damaged`: they are there and cannot be sold; they are written off;
 * - `display_only`: they are there and stay; the place keeps as many more for itself;
 * - `too_busy`, `closed`: the stock is right, the place can prepare nothing more today.
 * @param quantity units refused, at least 1
 */
export function effectOfRefusal(reason: RefusalReason, quantity: number): RefusalEffect {
  const nothing: RefusalEffect = { onHand: null, safetyUnits: 0, closesToday: false }
  switch (reason) {
    case 'not_found':
      return { ...nothing, onHand: { kind: 'count', units: -quantity } }
    case 'damaged':
      return { ...nothing, onHand: { kind: 'loss', units: -quantity } }
    case 'display_only':
      return { ...nothing, safetyUnits: quantity }
    case 'too_busy':
    case 'closed':
      return { ...nothing, closesToday: true }
  }
}
