import { randomBytes } from 'node:crypto'

/** Where randomness comes from: the system's, or a seeded generator in simulations. */
export type Rng = {
  uint32(): number
  bytes(length: number): Buffer
}

/** Randomness fit for secrets, drawn from the system in blocks because each draw has a price. */
export function createSystemRng(): Rng {
  const blockSize = 4096
  let block = randomBytes(blockSize)
  let position = 0
  const take = (length: number): Buffer => {
    if (length > blockSize) return randomBytes(length)
    if (position + length > blockSize) {
      block = randomBytes(blockSize)
      position = 0
    }
    position += length
    return block.subarray(position - length, position)
  }
  return { uint32: () => take(4).readUInt32LE(0), bytes: (length) => take(length) }
}

/** A generator that can be run again, with what simulations draw. */
export type SeededRng = Rng & { float(): number; below(n: number): number }

/** A seeded generator (mulberry32): the same seed gives the same run. Never for secrets in production. */
export function createSeededRng(seed: number): SeededRng {
  let state = seed >>> 0
  const uint32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  return {
    uint32,
    bytes: (length) => Buffer.from(Array.from({ length }, () => uint32() & 255)),
    float: () => uint32() / 4_294_967_296,
    below: (n) => Math.floor((uint32() / 4_294_967_296) * n),
  }
}
