import { createSeededRng } from '../kernel/rng.ts'
import type { Instance } from './vrplib.ts'

/**
 * Days in the manner of M. M. Solomon (1987), for who has no instances at hand: addresses in clusters, all over, or half and half, on
 * a plane of 100 × 100; windows around a time at which the stop can be served and reached home from.
 */
export function inventDays(seed: number, stops = 100): Instance[] {
  return (['clustered', 'random', 'mixed'] as const).map((kind, at) => inventDay(kind, seed + at, stops))
}

function inventDay(kind: 'clustered' | 'random' | 'mixed', seed: number, stops: number): Instance {
  const rng = createSeededRng(seed)
  const centres = Array.from({ length: 8 }, () => ({ x: 10 + rng.below(80), y: 10 + rng.below(80) }))
  const day = 240
  const service = 10
  const depot = { x: 50, y: 50, demand: 0, earliest: 0, latest: day, service: 0 }
  const customers = Array.from({ length: stops }, (_, at) => {
    const centre = centres[at % centres.length] ?? depot
    const inCluster = kind === 'clustered' || (kind === 'mixed' && at % 2 === 0)
    const x = inCluster ? centre.x + rng.below(11) - 5 : rng.below(101)
    const y = inCluster ? centre.y + rng.below(11) - 5 : rng.below(101)
    const away = Math.ceil(Math.hypot(x - depot.x, y - depot.y))
    const middle = away + rng.below(Math.max(1, day - 2 * away - service))
    const half = 10 + rng.below(20)
    const latest = Math.min(middle + half, day - away - service - 1)
    return { x, y, demand: 1 + rng.below(30), earliest: Math.max(0, middle - half), latest, service }
  })
  return { name: kind, vehicles: 25, capacity: 200, service, nodes: [depot, ...customers] }
}
