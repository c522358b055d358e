const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const halfLogTwoPi = 0.9189385332046728

/** ln Γ(x) for x > 0, relative error about 1e-14 (C. Lanczos 1964; coefficients for g = 7). Stirling's series for large x. */
export function logGamma(x: number): number {
  if (x >= 12) {
    const inverse = 1 / x
    const square = inverse * inverse
    const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))))
    return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + series
  }
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const shifted = x - 1
  let sum = lanczos[0]!
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (shifted + i)
  const t = shifted + 7.5
  return halfLogTwoPi + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** ψ(x) = d/dx ln Γ(x), x > 0: recurrence up to 8, then the asymptotic series (Abramowitz, Stegun 6.3.18). */
export function digamma(x: number): number {
  let result = 0
  while (x < 10) {
    result -= 1 / x
    x += 1
  }
  const square = 1 / (x * x)
  const series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
  return result + Math.log(x) - 0.5 / x - series
}

/** ψ′(x), x > 0 (Abramowitz, Stegun 6.4.12). */
export function trigamma(x: number): number {
  let result = 0
  while (x < 10) {
    result += 1 / (x * x)
    x += 1
  }
  const inverse = 1 / x
  const square = inverse * inverse
  const series = 1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - square * (5 / 66))))
  return result + inverse + square / 2 + inverse * square * series
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b). */
export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/**
 * P(a, x), the regularised lower incomplete gamma function, a > 0, x ≥ 0: the distribution function of a gamma variate with shape a.
 * A power series below a + 1, a continued fraction above (Abramowitz, Stegun 6.5.29 and 6.5.31).
 */
export function gammaCdf(x: number, a: number): number {
  if (Number.isNaN(x)) return NaN
  if (x <= 0) return 0
  if (x === Infinity) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
      term *= x / (a + n)
      sum += term
    }
    return Math.min(1, sum * front)
  }
  return Math.max(0, 1 - front * upperFraction(x, a))
}

/** The continued fraction of Γ(a, x) e^x x^−a by the modified method of W. J. Lentz. */
function upperFraction(x: number, a: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / nonZero(an * d + b, tiny)
    c = nonZero(b + an / c, tiny)
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return h
}

const nonZero = (x: number, tiny: number): number => (Math.abs(x) < tiny ? tiny : x)

/** I_x(a, b), the regularised incomplete beta function: the distribution function of a beta variate (Abramowitz, Stegun 26.5.8). */
export function betaCdf(x: number, a: number, b: number): number {
  if (Number.isNaN(x)) return NaN
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny)
  let h = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d, tiny)
    c = nonZero(1 + even / c, tiny)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d, tiny)
    c = nonZero(1 + odd / c, tiny)
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return h
}

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1 and positive a, b, c, as its power series, summed until a term no
 * longer counts. Above z = ½ Euler's transformation is taken when it makes the terms fall faster.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  if (z > 0.5 && c - a > 0 && c - b > 0 && a + b > c) {
    return (1 - z) ** (c - a - b) * hypergeometricSeries(c - a, c - b, c, z)
  }
  return hypergeometricSeries(a, b, c, z)
}

function hypergeometricSeries(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < 1_000_000; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) <= Math.abs(sum) * 1e-16) break
  }
  return sum
}
