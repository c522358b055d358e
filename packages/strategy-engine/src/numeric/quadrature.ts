/** Places in [0, 1] and their weights, by which a smooth function is summed to its integral. */
export interface Quadrature {
  places: Float64Array
  weights: Float64Array
}

/**
 * The rule of C. F. Gauss (1814) with `count` places: exact for polynomials up to degree 2·count − 1. Places are the roots of Legendre's
 * polynomial, by Newton's method.
 */
export function gaussQuadrature(count: number): Quadrature {
  const [places, weights] = [new Float64Array(count), new Float64Array(count)]
  for (let at = 0; at < count; at++) {
    let x = Math.cos((Math.PI * (at + 0.75)) / (count + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let [before, value] = [1, x]
      for (let n = 2; n <= count; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n]
      slope = (count * (x * value - before)) / (x * x - 1)
      const move = value / slope
      x -= move
      if (Math.abs(move) < 1e-16) break
    }
    places[at] = (1 - x) / 2
    weights[at] = 1 / ((1 - x * x) * slope * slope)
  }
  return { places, weights }
}
