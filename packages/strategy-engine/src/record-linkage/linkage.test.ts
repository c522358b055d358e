import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inventPeople } from './invented-people.ts'
import { judgeLinkage } from './judge-linkage.ts'
import { linkRecords } from './link-records.ts'
import { foldRecord, type PersonRecord } from './person-record.ts'
import { jaroWinkler, soundex, withinOneEdit, withinTwoEdits } from './similarity.ts'

test('similarities are those of the literature', () => {
  // Winkler (1990), table of examples; Jaro-Winkler with prefix weight 0.1.
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3)
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3)
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3)
  expect(jaroWinkler('abc', 'xyz')).toBe(0)
  // The National Archives' rules for Soundex.
  const codes = { robert: 'R163', rupert: 'R163', ashcraft: 'A261', tymczak: 'T522', pfister: 'P236', honeyman: 'H555' }
  for (const [name, code] of Object.entries(codes)) expect(soundex(name).toUpperCase()).toBe(code)
})

test('one edit is an insertion, a deletion, a substitution or a swap of neighbours', () => {
  /** The same by trying every edit. */
  const byTrying = (a: string, b: string): boolean => {
    const letters = [...new Set(b)]
    const edits = [a]
    for (let at = 0; at <= a.length; at++) {
      edits.push(a.slice(0, at) + a.slice(at + 1))
      if (at + 1 < a.length) edits.push(a.slice(0, at) + (a[at + 1] ?? '') + (a[at] ?? '') + a.slice(at + 2))
      for (const letter of letters)
        edits.push(a.slice(0, at) + letter + a.slice(at), a.slice(0, at) + letter + a.slice(at + 1))
    }
    return edits.includes(b)
  }
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(short, short, (a, b) => withinOneEdit(a, b) === byTrying(a, b)),
    { numRuns: 2_000 },
  )
})

test('however a name or an address is written, it is folded to one form', () => {
  expect(
    foldRecord({
      id: '1',
      givenName: 'Jean-Luc',
      familyName: ' D’Œuvré ',
      street: '12, Bd. St-Germain',
      phone: '+33 6 12 34 56 78',
      email: ' Jean@Exemple.FR',
    }),
  ).toMatchObject({
    givenName: 'jeanluc',
    familyName: 'doeuvre',
    street: '12 boulevard saint germain',
    phone: '612345678',
    email: 'jean@exemple.fr',
  })
})

test('two edits are one after the other, where letters are not touched twice', () => {
  const letters = fc.constantFrom('a', 'b', 'c', 'd')
  const word = fc.string({ unit: letters, minLength: 1, maxLength: 7 })
  const edit = fc.record({ at: fc.nat(7), letter: letters, kind: fc.constantFrom('in', 'out', 'other') })
  const edited = (text: string, { at, letter, kind }: { at: number; letter: string; kind: string }): string => {
    const place = Math.min(at, text.length)
    return text.slice(0, place) + (kind === 'out' ? '' : letter) + text.slice(kind === 'in' ? place : place + 1)
  }
  fc.assert(
    fc.property(word, edit, edit, (text, one, other) => {
      const after = edited(edited(text, one), other)
      return withinTwoEdits(text, after) && withinTwoEdits(after, text)
    }),
    { numRuns: 2_000 },
  )
  fc.assert(
    fc.property(word, word, (a, b) => !withinOneEdit(a, b) || withinTwoEdits(a, b)),
    { numRuns: 500 },
  )
  for (const [a, b] of [
    ['andre', 'nrde'],
    ['ines', 'ivmes'],
    ['jules', 'kvles'],
  ] as const)
    expect(withinTwoEdits(a, b)).toBe(true)
  expect(withinTwoEdits('paul', 'marc')).toBe(false)
  expect(withinTwoEdits('abcde', 'edcba')).toBe(false)
})

const camille = {
  givenName: 'Camille',
  familyName: 'Riveloup',
  streetNumber: '8',
  street: 'place Royale',
  locality: 'Nantes',
  postalCode: '44000',
  phone: '0240000001',
}

/** A few people among many others: weights are learnt from all of them. */
function among(records: readonly PersonRecord[]) {
  const { records: others } = inventPeople({ people: 800, copies: 150, seed: 3, contacts: true })
  return linkRecords([...others, ...records])
}

test('a slip makes a name that nobody has: Louis and Luois are one, Louis and Louise two', () => {
  const at = { ...camille, phone: '', familyName: 'Trévidic', street: 'rue des Mouettes' }
  const linkage = among([
    { id: 'a', ...at, givenName: 'Louis' },
    { id: 'b', ...at, givenName: 'Luois' },
    { id: 'c', ...at, givenName: 'Louise' },
  ])
  expect(linkage.explain('a', 'b').probability).toBeGreaterThan(linkage.explain('a', 'c').probability)
})

test('an initial that does not fit speaks for nobody, wherever it stands', () => {
  const linkage = among([
    { id: 'sophie', ...camille, givenName: 'Sophie', phone: '' },
    { id: 'a', ...camille, givenName: 'Riveloup', familyName: 'A', phone: '' },
    { id: 's', ...camille, givenName: 'Riveloup', familyName: 'S', phone: '' },
  ])
  expect(linkage.explain('sophie', 'a').probability).toBeLessThan(0.1)
  expect(linkage.explain('sophie', 's').probability).toBeGreaterThan(linkage.explain('sophie', 'a').probability)
})

test('one person in two records is found; relatives under one roof are two people', () => {
  const linkage = among([
    { id: 'web', ...camille, email: 'camille.r@exemple.fr' },
    { id: 'shop', ...camille, givenName: 'Camile', street: 'pl. Royale', email: '' },
    { id: 'swapped', ...camille, givenName: 'Riveloup', familyName: 'Camille', phone: '' },
    { id: 'brother', ...camille, givenName: 'Baptiste' },
  ])
  const groupOf = (id: string) => linkage.groups.find((group) => group.includes(id))
  expect([...(groupOf('web') ?? [])].sort()).toEqual(['shop', 'swapped', 'web'])
  expect(groupOf('brother')).toEqual(['brother'])
  const why = linkage.explain('web', 'shop')
  expect(why.probability).toBeGreaterThan(0.98)
  expect(why.reasons.find(({ comparison }) => comparison === 'givenName')?.level).toBe('alike')
  expect(linkage.explain('web', 'brother').probability).toBeLessThan(0.5)
})

test('a telephone that many people gave speaks for none of them, and is told', () => {
  const customers = ['Anna', 'Boris', 'Chloé', 'Denis', 'Élise', 'Farid'].map((givenName, nth) => ({
    id: `counter-${nth}`,
    givenName,
    familyName: `Famille${'abcdef'[nth]}`,
    phone: '0240999999',
  }))
  const linkage = among(customers)
  expect(linkage.shared).toContainEqual({ field: 'phone', value: '240999999', people: 6 })
  for (const { id } of customers) expect(linkage.groups).toContainEqual([id])
})

test('the order of the records changes nothing', () => {
  const { records } = inventPeople({ people: 400, copies: 200, seed: 11 })
  const groupsOf = (list: readonly PersonRecord[]) =>
    linkRecords(list)
      .groups.map((group) => [...group].sort().join(' '))
      .sort()
  expect(groupsOf([...records].reverse())).toEqual(groupsOf(records))
})

test.each([1, 2])(
  'of names and addresses alone, with slips, swaps and gaps: F1 0.97 at precision 0.995 (seed %i)',
  (seed) => {
    const { records, personOf } = inventPeople({ people: 2_000, copies: 800, seed, households: 0 })
    const { groups } = linkRecords(records)
    const { precision, f1 } = judgeLinkage(groups, (id) => personOf.get(id) ?? id)
    expect(precision).toBeGreaterThanOrEqual(0.995)
    expect(f1).toBeGreaterThanOrEqual(0.97)
  },
)

test('three in ten live with somebody of their name: F1 0.97 at precision 0.995', () => {
  const { records, personOf } = inventPeople({ people: 4_000, copies: 1_000, seed: 3, households: 0.3 })
  const { groups } = linkRecords(records, { joinFrom: 0.85 })
  const { precision, f1 } = judgeLinkage(groups, (id) => personOf.get(id) ?? id)
  expect(precision).toBeGreaterThanOrEqual(0.995)
  expect(f1).toBeGreaterThanOrEqual(0.97)
})

test('with households, and contacts that change: hardly anybody is taken for somebody else', () => {
  const { records, personOf } = inventPeople({ people: 2_000, copies: 800, seed: 5, households: 0.1, contacts: true })
  const { groups } = linkRecords(records)
  const { precision, recall } = judgeLinkage(groups, (id) => personOf.get(id) ?? id)
  expect(precision).toBeGreaterThanOrEqual(0.97)
  expect(recall).toBeGreaterThanOrEqual(0.93)
})
