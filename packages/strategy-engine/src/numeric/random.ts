/** A seeded source of chance: the same seed gives the same numbers on every machine. Not for secrets. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  float(): number
  /** Uniform whole number in [0, n). */
  below(n: number): number
  /** Normal with mean 0 and variance 1. */
  normal(): number
  /** Exponential with mean 1. */
  exponential(): number
  /** Gamma with the given shape and scale 1. */
  gamma(shape: number): number
  beta(a: number, b: number): number
  poisson(mean: number): number
  /** Gumbel (type I extreme value) with location 0 and scale 1: the noise of logit utilities. */
  gumbel(): number
  /** The index drawn with probability proportional to its weight. */
  weighted(weights: ArrayLike<number>): number
  /** Another, independent source: the same key of the same seed gives the same one, whatever was drawn in between. */
  stream(key: number): Random
}

/** Spreads a seed over the state (D. Steele, G. Lea, C. Flood 2014: a splittable mix, here on 32 bits). */
function mixer(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) | 0
  }
}

/** A seed of 53 bits for the stream of a key, in which every bit of seed and key has its say, however deep streams are nested. */
function childSeed(high: number, low: number, key: number): number {
  const mix = mixer(low ^ Math.imul(key, 0x9e3779b1) ^ Math.imul(high + 1, 0x85ebca6b))
  return (mix() & 0x1fffff) * 4_294_967_296 + ((mix() ^ key) >>> 0)
}

/**
 * A generator of the xoshiro family, 128 bits of state, scrambler ++ (D. Blackman, S. Vigna 2021, Scrambled linear pseudorandom
 * number generators), with the distributions that models draw from. `seed` may be any number; its 53 whole bits count.
 */
export function createRandom(seed: number): Random {
  const high = Math.floor(seed / 4_294_967_296)
  const mix = mixer((seed >>> 0) ^ Math.imul(high, 0x85ebca6b))
  let a = mix()
  let b = mix()
  let c = mix()
  let d = mix() | 1

  function next(): number {
    const sum = (a + d) | 0
    const result = (((sum << 7) | (sum >>> 25)) + a) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }

  const float = (): number => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992
  const distributions = createDistributions(float)
  return {
    float,
    below: (n) => Math.floor(float() * n),
    ...distributions,
    stream: (key) => createRandom(childSeed(high, seed >>> 0, key)),
  }
}

function createDistributions(float: () => number): Omit<Random, 'float' | 'below' | 'stream'> {
  let spare = NaN

  /** G. Marsaglia's polar method; it makes two at a time. */
  function normal(): number {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = NaN
      return kept
    }
    for (;;) {
      const u = 2 * float() - 1
      const v = 2 * float() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s)
        spare = v * scale
        return u * scale
      }
    }
  }

  const exponential = (): number => -Math.log1p(-float())

  /** G. Marsaglia, W. W. Tsang 2000; below shape 1 by the power of a uniform. */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * (1 - float()) ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log1p(-float()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }

  /** By products of uniforms; a large mean is halved until it is small, since sums of Poissons are Poisson. */
  function poisson(mean: number): number {
    if (mean > 30) return poisson(mean / 2) + poisson(mean / 2)
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = float(); product > limit; product *= float()) count++
    return count
  }

  function weighted(weights: ArrayLike<number>): number {
    let total = 0
    for (let i = 0; i < weights.length; i++) total += weights[i]!
    let left = float() * total
    for (let i = 0; i < weights.length - 1; i++) {
      left -= weights[i]!
      if (left < 0) return i
    }
    return weights.length - 1
  }

  return {
    normal,
    exponential,
    gamma,
    beta: (a, b) => {
      const first = gamma(a)
      return first / (first + gamma(b))
    },
    poisson,
    gumbel: () => -Math.log(-Math.log1p(-float()) || Number.MIN_VALUE),
    weighted,
  }
}
