import { expect, test } from 'vitest'
import { createRest } from './rest.ts'

const mb = 1024 * 1024

function resting() {
  const seen = { collections: 0 }
  return { seen, look: createRest(() => void (seen.collections += 1)) }
}

test('an idle process whose young generation is large collects until it is small', () => {
  const { seen, look } = resting()
  look({ busy: 0.6, youngBytes: 120 * mb })
  expect(seen.collections).toBe(0)
  look({ busy: 0.001, youngBytes: 120 * mb })
  look({ busy: 0.001, youngBytes: 120 * mb })
  expect(seen.collections).toBe(2)
  look({ busy: 0.001, youngBytes: mb })
  look({ busy: 0.001, youngBytes: mb })
  expect(seen.collections).toBe(2)
})

test('it gives up when that does not help, and tries again after work', () => {
  const { seen, look } = resting()
  for (let n = 0; n < 20; n++) look({ busy: 0, youngBytes: 60 * mb })
  expect(seen.collections).toBe(4)
  look({ busy: 0.5, youngBytes: 60 * mb })
  look({ busy: 0, youngBytes: 60 * mb })
  expect(seen.collections).toBe(5)
})
