/**
 * What points are worth at so many cents for a hundred, rounded to the cent, halves up. Value added tax is not in it: what a partner pays
 * for points and is paid for them is invoiced apart, and whether it bears tax is for those who write that invoice.
 */
export function worthOfPoints(points: number, minorPer100: bigint): bigint {
  return (BigInt(points) * minorPer100 + 50n) / 100n
}

/** What is undone of an amount as more of its points come back: all of them together undo all of it, whatever was rounded between. */
export function shareUndone(
  whole: { points: number; minor: bigint },
  before: { points: number; minor: bigint },
  points: number,
): bigint {
  const until = BigInt(before.points + points)
  return (2n * whole.minor * until + BigInt(whole.points)) / (2n * BigInt(whole.points)) - before.minor
}
