import { expect, inject, test } from 'vitest'
import { createTestDatabase } from '../test/kit/database.ts'
import { testConfig } from '../test/kit/services.ts'
import { simulate } from './simulate.ts'

const parts = { config: testConfig(), ...(await createTestDatabase({ poolSize: 20 })) }

/** A short run; `npm run simulate -- --seeds 10000` is the long one. */
test('some hours of a small shop hold every invariant', { timeout: 60_000 }, async () => {
  const { done, steps } = await simulate(parts, inject('seed'), 40)
  expect(steps).toBe(40)
  expect(Object.values(done).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(40)
})
