import type { Tour } from './tour.ts'
import { cheapestPosition, openTours, place, unblinking, type Position, type State } from './state.ts'

/**
 * Puts absent stops into the plan one by one, each time the one that would lose most by waiting: the insertion heuristic I1 of M. M.
 * Solomon ("Algorithms for the vehicle routing and scheduling problems with time window constraints", Operations Research 35, 1987,
 * μ = 1, λ = 1: what a stop costs on its own minus what it costs as a detour), on all routes at once. The stop that is farthest from
 * the depot opens a route when no detour is worth it. Stops for which there is no place stay absent.
 */
export function construct(state: State): void {
  const waiting = new Map(state.absent.map((node) => [node, freshPosition()]))
  let changed: Tour | null = null
  let looked = false
  while (waiting.size > 0) {
    const open = openTours(state, [])
    let chosen = 0
    let most = -Infinity
    for (const [node, best] of waiting) {
      // Only the tour that changed can have become dearer or closed; the others' best place is still known.
      if (!looked || best.tour === changed || best.tour === null) lookAgain(state, open, node, best)
      else if (changed !== null) cheapestPosition(state.model, changed, node, best, unblinking)
      if (best.tour === null) continue
      const alone = 2 * (best.tour.kind.arc[node] as number)
      const gain = best.tour.length === 2 ? -state.model.penalty + alone : alone - best.cost
      if (gain > most) [most, chosen] = [gain, node]
    }
    looked = true
    if (chosen === 0) break
    const { tour, at } = waiting.get(chosen) as Position
    waiting.delete(chosen)
    changed = tour
    if (tour !== null) place(state, chosen, tour, at)
  }
  state.absent = [...waiting.keys()]
}

const freshPosition = (): Position => ({ tour: null, at: 0, cost: Infinity })

function lookAgain(state: State, open: readonly Tour[], node: number, best: Position): void {
  Object.assign(best, freshPosition())
  for (const tour of open) cheapestPosition(state.model, tour, node, best, unblinking)
}
