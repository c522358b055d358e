import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, chainKey, checkChain, sealLink, type ChainLink } from './chain.ts'

const key = chainKey('a secret of the server', 'test')

function chainOf(values: readonly string[]): ChainLink[] {
  const links: ChainLink[] = []
  for (const value of values) links.push(sealLink(key, { value }, links.at(-1)?.hash ?? null))
  return links
}

test('one way of writing a value down', () => {
  expect(canonicalJson({ b: [1, 'é"', null], a: { d: true, c: -3 } })).toBe(
    '{"a":{"c":-3,"d":true},"b":[1,"é\\"",null]}',
  )
  expect(() => canonicalJson({ a: 0.5 })).toThrow('whole numbers')
})

test('whatever is changed, moved, taken out or signed by another is found at its place', () => {
  const values = fc.array(fc.string(), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(values, fc.nat(), fc.constantFrom('change', 'drop', 'swap', 'key'), (given, nth, what) => {
      const links = chainOf(given)
      expect(checkChain(key, links)).toBeNull()
      const at = nth % links.length
      const link = links[at] as ChainLink
      if (what === 'change') {
        const forged = sealLink(key, { value: 'forged\u0000' }, link.previous)
        expect(checkChain(key, links.with(at, { ...link, content: forged.content }))).toEqual({ at, fault: 'hash' })
        // Who knows how to hash, but not the key.
        const stranger = sealLink(chainKey('another secret', 'test'), { value: 'forged' }, link.previous)
        expect(checkChain(key, links.with(at, { ...stranger, key_id: key.id }))).toEqual({ at, fault: 'signature' })
      }
      if (what === 'drop' && at < links.length - 1)
        expect(checkChain(key, links.toSpliced(at, 1))).toEqual({ at, fault: 'order' })
      if (what === 'swap' && at > 0) {
        const swapped = links.with(at, links[at - 1] as ChainLink).with(at - 1, link)
        expect(checkChain(key, swapped)).toEqual({ at: at - 1, fault: 'order' })
      }
      if (what === 'key') expect(checkChain(chainKey('another secret', 'test'), links)?.fault).toBe('unknown_key')
    }),
  )
})
