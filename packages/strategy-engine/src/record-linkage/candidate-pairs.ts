import { comparePair } from './compare.ts'
import type { FoldedRecord } from './person-record.ts'
import { soundex } from './similarity.ts'

/** A block larger than this says too little to be worth its pairs: what is in it is found by its other keys. */
const largestBlock = 120

/**
 * What two records of one person are likely to share, whatever else was mistyped: each is a key, and records with a key in
 * common are compared. An empty key joins nobody.
 */
const keysOf: readonly ((record: FoldedRecord) => string)[] = [
  ({ email }) => email,
  ({ phone }) => phone,
  // Sorted, so that names in each other's field meet.
  ({ familyName, givenName }) =>
    familyName && givenName ? [soundex(familyName), soundex(givenName)].sort().join(' ') : '',
  ({ familyName, givenName, streetNumber }) =>
    familyName && streetNumber ? [familyName.slice(0, 3), givenName.slice(0, 3)].sort().join(' ') + streetNumber : '',
  ({ postalCode, familyName }) => (postalCode && familyName ? `${postalCode} ${soundex(familyName)}` : ''),
  ({ postalCode, givenName }) => (postalCode && givenName ? `${postalCode} ${soundex(givenName)}` : ''),
  ({ postalCode, streetNumber }) => (postalCode && streetNumber ? `${postalCode} ${streetNumber}` : ''),
  ({ street, streetNumber }) => (street && streetNumber ? `${street} ${streetNumber}` : ''),
  ({ street, familyName }) => (street && familyName ? `${street.slice(0, 6)} ${familyName.slice(0, 3)}` : ''),
  ({ street, givenName }) => (street && givenName ? `${street.slice(0, 6)} ${givenName.slice(0, 3)}` : ''),
  ({ locality, familyName }) => (locality && familyName ? `${locality.slice(0, 5)} ${soundex(familyName)}` : ''),
  ({ locality, givenName, streetNumber }) =>
    locality && givenName && streetNumber ? `${locality.slice(0, 5)} ${givenName.slice(0, 2)} ${streetNumber}` : '',
  ({ birthDate, familyName }) => (birthDate && familyName ? `${birthDate} ${familyName[0]}` : ''),
  ({ addressExtra, givenName }) =>
    addressExtra && givenName ? `${addressExtra.slice(0, 8)} ${givenName.slice(0, 3)}` : '',
]

/** Pairs that were compared: positions in the list, and the pattern of levels of each. */
export type ComparedPairs = {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly pattern: Int32Array
}

/** Compares every pair worth comparing, once. */
export function compareCandidates(records: readonly FoldedRecord[]): ComparedPairs {
  const a: number[] = []
  const b: number[] = []
  const pattern: number[] = []
  forEachCandidate(records, (left, right) => {
    a.push(left)
    b.push(right)
    pattern.push(comparePair(records[left] as FoldedRecord, records[right] as FoldedRecord))
  })
  return { a: Int32Array.from(a), b: Int32Array.from(b), pattern: Int32Array.from(pattern) }
}

function forEachCandidate(records: readonly FoldedRecord[], visit: (a: number, b: number) => void): void {
  const keys = keysOf.map((keyOf) => internKeys(records, keyOf))
  keys.forEach(({ members }, nth) => {
    const earlier = keys.slice(0, nth).map(({ ids }) => ids)
    const metBefore = (a: number, b: number): boolean => {
      for (const ids of earlier) if (ids[a] !== -1 && ids[a] === ids[b]) return true
      return false
    }
    for (const block of members)
      for (let i = 0; i < block.length; i++)
        for (let j = i + 1; j < block.length; j++) {
          const [a, b] = [block[i] as number, block[j] as number]
          if (!metBefore(a, b)) visit(a, b)
        }
  })
}

/** The block each record is in by one key, -1 for none, and the members of each block. */
function internKeys(records: readonly FoldedRecord[], keyOf: (record: FoldedRecord) => string) {
  const blocks = new Map<string, number[]>()
  records.forEach((record, at) => {
    const key = keyOf(record)
    if (key === '') return
    const block = blocks.get(key)
    if (block) block.push(at)
    else blocks.set(key, [at])
  })
  const ids = new Int32Array(records.length).fill(-1)
  const members = [...blocks.values()].filter(({ length }) => length > 1 && length <= largestBlock)
  members.forEach((block, id) => {
    for (const at of block) ids[at] = id
  })
  return { ids, members }
}
