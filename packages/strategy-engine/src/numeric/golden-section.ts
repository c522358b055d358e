/** The lowest point of a function with one valley between two points, by the golden section (J. Kiefer 1953). */
export function lowestBetween(f: (x: number) => number, low: number, high: number, tolerance = 1e-12): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)]
  let [atLeft, atRight] = [f(left), f(right)]
  while (high - low > tolerance * (1 + Math.abs(low) + Math.abs(high))) {
    if (atLeft > atRight) {
      ;[low, left, atLeft] = [left, right, atRight]
      right = low + golden * (high - low)
      atRight = f(right)
    } else {
      ;[high, right, atRight] = [right, left, atLeft]
      left = high - golden * (high - low)
      atLeft = f(left)
    }
  }
  return (low + high) / 2
}
