/** An hour of somebody's day, with how many of their acts say so. */
export type OwnHour = { readonly hour: number; readonly acts: number; readonly there: number }

/** Fewer acts say nothing of when somebody acts. */
export const fewestActs = 5

/**
 * The hour of their day at which somebody acts most: an act just before or after it counts half, for who acts at ten to six acts at six
 * too. Of hours that are level, the earliest. Null where too few acts are known.
 *
 * @param acts how many at each hour, from 0 to 23
 */
export function ownHour(acts: readonly number[]): OwnHour | null {
  const at = (hour: number) => acts[(hour + 24) % 24] ?? 0
  const all = acts.reduce((sum, n) => sum + n, 0)
  if (all < fewestActs) return null
  const weight = (hour: number) => 2 * at(hour) + at(hour - 1) + at(hour + 1)
  let best = 0
  for (let hour = 1; hour < 24; hour++) if (weight(hour) > weight(best)) best = hour
  return { hour: best, acts: all, there: at(best) }
}
