import { planRoutes, type Effort } from './plan-routes.ts'
import type { Plan, Stop } from './problem.ts'

/**
 * The plan with one more stop, others being moved to other routes if need be: for a window that `insertionOf` finds no place in. Null
 * when no such plan was found; then the window must not be offered. Ends at the first plan that keeps everything, so it costs tens of
 * milliseconds for 200 stops when there is one and the whole effort when there is none.
 */
export function replanWith(plan: Plan, stop: Stop, options: Effort & { readonly seed: number }): Plan | null {
  const stops = [...plan.problem.stops.filter(({ id }) => id !== stop.id), stop]
  const leftOut = new Set(plan.unserved.map((one) => one.stop.id))
  leftOut.delete(stop.id)
  const problem = { ...plan.problem, stops: stops.filter(({ id }) => !leftOut.has(id)) }
  const found = planRoutes(problem, { ...options, objective: plan.objective, from: plan, until: 'served' })
  if (found.unserved.length > 0) return null
  return {
    ...found,
    problem: { ...found.problem, stops },
    unserved: plan.unserved.filter((one) => one.stop.id !== stop.id),
  }
}
