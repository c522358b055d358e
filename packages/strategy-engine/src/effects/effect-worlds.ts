import type { Random } from '../numeric/random.ts'
import type { Panel } from './panel.ts'

export interface PanelWorld {
  units: number
  treated: number
  periods: number
  start: number
  /** The lift every treated unit gets from `start` on. */
  lift: number
  /** Size of what follows neither unit nor period, and how much of it lasts from one period to the next. */
  noise: number
  persistence: number
  /** Size of trends that units share to different degrees: what difference-in-differences cannot see. */
  factors?: number
}

/** Sales of invented shops: levels, a common season, noise that lasts, shared trends, and a lift that is known. */
export function inventPanel(random: Random, world: PanelWorld): Panel {
  const season = Array.from({ length: world.periods }, random.normal)
  const trend = season.map(() => 0)
  for (let t = 1; t < world.periods; t++) trend[t] = trend[t - 1]! + random.normal() / Math.sqrt(world.periods)
  const innovation = world.noise * Math.sqrt(1 - world.persistence ** 2)
  const outcomes = Array.from({ length: world.units }, (_, unit) => {
    const [level, pull] = [10 + 2 * random.normal(), (world.factors ?? 0) * random.normal()]
    let noise = world.noise * random.normal()
    return Float64Array.from(season, (shock, t) => {
      noise = t === 0 ? noise : world.persistence * noise + innovation * random.normal()
      const lifted = unit < world.treated && t >= world.start ? world.lift : 0
      return level + shock + pull * trend[t]! + noise + lifted
    })
  })
  return {
    units: outcomes.map((_, at) => `shop${at + 1}`),
    periods: season.map((_, t) => t + 1),
    outcomes,
    treated: Array.from({ length: world.treated }, (_, at) => at),
    start: world.start,
  }
}
