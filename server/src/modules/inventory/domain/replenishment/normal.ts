/** The standard normal distribution and its loss functions (Snyder and Shen, Fundamentals of Supply Chain Theory, 2019, app. C). */

const halfLogTwoPi = 0.918_938_533_204_672_7

function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z - halfLogTwoPi)
}

/** Φ by its Taylor series (Marsaglia, Evaluating the Normal Distribution, J. Stat. Soft. 11, 2004); absolute error below 1e-14. */
export function normalBelow(z: number): number {
  if (z < -8) return 0
  if (z > 8) return 1
  let sum = z
  let term = z
  let before = 0
  for (let i = 3; sum !== before; i += 2) {
    before = sum
    term *= (z * z) / i
    sum += term
  }
  return 0.5 + sum * normalDensity(z)
}

/** The z below which a share of cases lies, by bisection; 0 < share < 1. */
export function normalQuantile(share: number): number {
  let low = -8
  let high = 8
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (normalBelow(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Expected excess over z: E[(Z − z)⁺]. */
export function normalLoss(z: number): number {
  return normalDensity(z) - z * (1 - normalBelow(z))
}

/** Second-order loss: ½ E[((Z − z)⁺)²]. */
export function normalSecondLoss(z: number): number {
  return ((z * z + 1) * (1 - normalBelow(z)) - z * normalDensity(z)) / 2
}
