import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createByteCache } from './byte-cache.ts'

describe('a cache of so many bytes', () => {
  it('keeps what is used and lets go of what is not', () => {
    const cache = createByteCache<number>(1_000)
    cache.set('kept', 1, 90)
    for (let n = 0; n < 100; n++) {
      cache.set(`passing-${n}`, n, 90)
      expect(cache.get('kept')).toBe(1)
    }
    expect(cache.get('passing-0')).toBeUndefined()
  })

  it('never keeps more than it may, and answers only what was last set', () => {
    const act = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      bytes: fc.option(fc.integer({ min: 1, max: 60 })),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const cache = createByteCache<number>(200)
        const last = new Map<string, number>()
        acts.forEach(({ key, bytes }, at) => {
          if (bytes === null) {
            const known = cache.get(key)
            if (known !== undefined) expect(known).toBe(last.get(key))
          } else {
            cache.set(key, at, bytes)
            last.set(key, at)
          }
          expect(cache.size()).toBeLessThanOrEqual(200)
        })
        cache.clear()
        expect(cache.size()).toBe(0)
      }),
    )
  })
})
