import { inject, onTestFailed } from 'vitest'
import { createSeededRng } from '../../src/kernel/rng.ts'

/**
 * Randomness of this run's seed, for use inside a test: when the test fails, the seed is told, and `ECLUSE_SEED=… npx vitest`
 * runs the same again.
 */
export function createTestRng(): ReturnType<typeof createSeededRng> {
  const seed = inject('seed')
  onTestFailed(() => console.error(`seed ${seed}: run again with ECLUSE_SEED=${seed}`))
  return createSeededRng(seed)
}
