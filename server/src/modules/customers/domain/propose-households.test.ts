import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ComparedParty } from './person-of-party.ts'
import { proposeHouseholds } from './propose-households.ts'

const home = { street: '17 rue des Goélands', postalCode: '44000', locality: 'Nantes' }
const nobody: ComparedParty = { id: '', name: '', email: null, phone: null, address: null }
const people = (...given: readonly Partial<ComparedParty>[]): ComparedParty[] =>
  given.map((one, nth) => ({ ...nobody, id: String(nth), ...one }))
const pairsOf = (...given: readonly Partial<ComparedParty>[]) => proposeHouseholds(people(...given))

test('one name at one address is proposed with its reasons, however both are written', () => {
  const [pair] = pairsOf(
    { name: 'Anne Le Goff', address: home },
    { name: 'Yann LE GOFF', address: { ...home, street: '17, r. des Goelands' } },
  )
  expect(pair).toMatchObject({
    a: '0',
    b: '1',
    reasons: [
      { evidence: 'name', weight: 0.7 },
      { evidence: 'address', weight: 0.35 },
    ],
  })
  expect(pair?.score).toBeCloseTo(1 - 0.3 * 0.65, 10)
  expect(pairsOf({ name: 'Goff Anne', address: home }, { name: 'Yann Goff', address: home })).toHaveLength(1)
})

test('of two names, an address wants a telephone or a mailbox beside it; a telephone wants the name', () => {
  const [anne, bruno] = [{ name: 'Anne Petit' }, { name: 'Bruno Grand' }]
  const phone = '+33240000001'
  expect(pairsOf({ ...anne, address: home }, { ...bruno, address: home })).toEqual([])
  expect(pairsOf({ ...anne, phone }, { ...bruno, phone })).toEqual([])
  expect(pairsOf({ ...anne, phone, address: home }, { ...bruno, phone, address: home })).toHaveLength(1)
  expect(pairsOf({ name: 'Anne Petit', phone }, { name: 'Carl Petit', phone })).toHaveLength(1)
})

test('who may be one person is no household, nor are two flats, nor a home of nine', () => {
  const at = (name: string, street2?: string) => ({ name, address: { ...home, street2 } })
  for (const name of ['A Petit', 'Ann Petit', 'Anne Petit', 'Petit Anne'])
    expect(pairsOf(at('Anne Petit'), at(name))).toEqual([])
  expect(pairsOf(at('Anne Petit', 'Apt 2'), at('Carl Petit', 'Appartement 3'))).toEqual([])
  expect(pairsOf(at('Anne Petit', 'Apt 2'), at('Carl Petit', 'Appartement 2'))).toHaveLength(1)
  const many = ['Anne', 'Bob', 'Carl', 'Dora', 'Élie', 'Fanny', 'Guy', 'Hugo', 'Irma'].map((name) =>
    at(`${name} Petit`),
  )
  expect(pairsOf(...many)).toEqual([])
  expect(pairsOf(...many.slice(1))).toHaveLength(28)
})

const someone = fc.record({
  name: fc.constantFrom('Anne Petit', 'Carl Petit', 'Petit Dora', 'Bruno Grand', 'Petit', ''),
  email: fc.constantFrom(null, 'maison@exemple.fr', 'autre@exemple.fr'),
  phone: fc.constantFrom(null, '+33240000001', '+33240000002'),
  address: fc.constantFrom(null, home, { ...home, street2: 'Apt 2' }, { ...home, street: '18 rue des Goélands' }),
})

test('whatever the order of people, the same pairs come with the same scores, each once', () => {
  fc.assert(
    fc.property(fc.array(someone, { maxLength: 9 }), (drawn) => {
      const list = people(...drawn)
      const found = proposeHouseholds(list)
      expect(proposeHouseholds([...list].reverse())).toEqual(found)
      expect(new Set(found.map(({ a, b }) => `${a} ${b}`)).size).toBe(found.length)
      for (const { a, b, score, reasons } of found) {
        expect(a < b).toBe(true)
        expect(score).toBeGreaterThanOrEqual(0.6)
        expect(reasons.length).toBeGreaterThan(1)
      }
    }),
  )
})
