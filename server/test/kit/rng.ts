import { inject } from 'vitest'
import { createSeededRng } from '../../src/kernel/rng.ts'

/** Randomness of this run's seed, which `setup.ts` tells when a test fails. */
export function createTestRng(): ReturnType<typeof createSeededRng> {
  return createSeededRng(inject('seed'))
}
