import { betaCdf, gammaCdf } from './gamma-functions.ts'

/** Φ(x), the standard normal distribution function, through the incomplete gamma function; exact tails on both sides. */
export function normalCdf(x: number): number {
  return x < 0 ? 0.5 * erfc(-x / Math.SQRT2) : 1 - 0.5 * erfc(x / Math.SQRT2)
}

/** The complementary error function, 2/√π ∫ₓ^∞ e^−t² dt: a series near 0, a continued fraction in the tail. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  if (x < 2) return 1 - gammaCdf(x * x, 0.5)
  // Evaluated from the back: 1/(x + (1/2)/(x + (2/2)/(x + …))).
  let fraction = 0
  for (let k = 120; k >= 1; k--) fraction = k / 2 / (x + fraction)
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction))
}

/** The standard normal density. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)

/**
 * The standard normal quantile for 0 < p < 1: a rational start (Abramowitz, Stegun 26.2.23) and Halley's steps on Φ to full precision.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
  for (let step = 0; step < 4; step++) {
    const error = (normalCdf(x) - p) / normalDensity(x)
    x -= error / (1 + (x * error) / 2)
  }
  return x
}

/** The distribution function of Student's t. */
export function studentCdf(t: number, degrees: number): number {
  const tail = 0.5 * betaCdf(degrees / (degrees + t * t), degrees / 2, 0.5)
  return t > 0 ? 1 - tail : tail
}

/** The quantile of Student's t, by halving: sure, and quick enough for tables. */
export function studentQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return -studentQuantile(1 - p, degrees)
  let high = 1
  while (studentCdf(high, degrees) < p && high < 1e300) high *= 2
  return bisect((t) => studentCdf(t, degrees) - p, 0, high)
}

/** The distribution function of χ². */
export const chiSquareCdf = (x: number, degrees: number): number => gammaCdf(x / 2, degrees / 2)

/** The root of an increasing function between two points, to the last bit or so. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) return middle
    if (f(middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
