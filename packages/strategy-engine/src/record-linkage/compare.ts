import type { FoldedRecord } from './person-record.ts'
import { jaroWinkler, soundex, withinOneEdit, withinTwoEdits } from './similarity.ts'

/**
 * What two records say of each other, one comparison after the other. Each has levels, from the most alike (0) to different
 * (the last); `missing` where one of the two says nothing. What is written together is compared together (a town and its
 * postal code, the two lines of an address), because the weights of comparisons are added as if they knew nothing of each other.
 */
export const comparisons = {
  familyName: ['same', 'alike', 'swapped', 'different'],
  givenName: ['same', 'alike', 'initial', 'swapped', 'partly', 'different'],
  street: ['same', 'alike', 'partly', 'different'],
  streetNumber: ['same', 'alike', 'different'],
  addressExtra: ['same', 'alike', 'different'],
  place: [
    'same',
    'code and nearly the town',
    'code alone',
    'town and nearly the code',
    'town alone',
    'nearly',
    'different',
  ],
  email: ['same', 'alike', 'different'],
  phone: ['same', 'alike', 'different'],
  birthDate: ['same', 'alike', 'different'],
} as const
export type Comparison = keyof typeof comparisons
export const comparisonNames = Object.keys(comparisons) as Comparison[]

/** The level of a comparison that cannot be made. */
export const missing = -1

/**
 * Compares a pair and packs the levels into one number, a few bits for each comparison: millions of pairs are kept, and most
 * have the same few patterns.
 * @param strangers whether the two are drawn at random: then first names are compared as closely as those of two whose family names agree
 */
export function comparePair(a: FoldedRecord, b: FoldedRecord, strangers = false): number {
  return (
    nameLevels(a, b, strangers) +
    addressLevels(a, b) +
    packed('email', emailLevel(a.email, b.email)) +
    packed('phone', threeLevels(a.phone, b.phone)) +
    packed('birthDate', threeLevels(a.birthDate, b.birthDate))
  )
}

const bitsOf = 3
const weightOf = Object.fromEntries(comparisonNames.map((name, at) => [name, 2 ** (bitsOf * at)])) as Record<
  Comparison,
  number
>

function packed(name: Comparison, level: number): number {
  return (level + 1) * weightOf[name]
}

/** The level of the comparison at this position in a packed pattern. */
export function levelAt(code: number, at: number): number {
  return ((code >>> (bitsOf * at)) & 7) - 1
}

function alike(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  if (length >= 3 && withinOneEdit(a, b)) return true
  return (length >= 7 && jaroWinkler(a, b) >= 0.9) || soundAlike(a, b)
}

/** Raphaël and Rafaël, Philippe and Filip. */
function soundAlike(a: string, b: string): boolean {
  return a.length >= 4 && b.length >= 4 && soundOf(a) === soundOf(b) && jaroWinkler(a, b) >= 0.86
}

/** The code of a name as it is heard in French. */
const soundOf = kept((name) =>
  soundex(name.replaceAll('ph', 'f').replaceAll('y', 'i').replaceAll('h', '').replaceAll('qu', 'k')),
)

/** Names in each other's field count as swapped when one is found there and nothing speaks against the other. */
function nameLevels(a: FoldedRecord, b: FoldedRecord, strangers: boolean): number {
  const family = nameLevel(a.familyName, b.familyName)
  const given = nameLevel(a.givenName, b.givenName)
  if (!found(family) && !found(given)) {
    const across = nameLevel(a.familyName, b.givenName)
    const back = nameLevel(a.givenName, b.familyName)
    if (found(across) && found(back)) return packed('familyName', 2) + packed('givenName', 3)
    if (found(across) && saysNothing(back, a.givenName, b.familyName)) return packed('familyName', 2)
    if (found(back) && saysNothing(across, a.familyName, b.givenName)) return packed('givenName', 3)
  }
  return (
    packed('familyName', family === 2 ? 3 : family) +
    packed('givenName', given === 2 ? givenApart(a.givenName, b.givenName, strangers || found(family)) : given)
  )
}

function found(level: number): boolean {
  return level === 0 || level === 1
}

/** Nothing, or an initial that fits. */
function saysNothing(level: number, a: string, b: string): boolean {
  return level === missing || (a.length === 1 && b.startsWith(a)) || (b.length === 1 && a.startsWith(b))
}

/** 0 the same, 1 alike, 2 different, or `missing`. */
function nameLevel(a: string, b: string): number {
  if (a === '' || b === '') return missing
  if (a === b) return 0
  return alike(a, b) ? 1 : 2
}

/** An initial, or a short form that begins the other (Dominique, Domi); two slips apart, where that is looked at. */
function givenApart(a: string, b: string, closely: boolean): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if ((short.length === 1 || short.length >= 3) && long.startsWith(short)) return 2
  if (!closely || short.length < 2 || long.length < 3) return 5
  return (long.length > 4 ? withinTwoEdits(a, b) : withinOneEdit(a, b)) ? 4 : 5
}

/**
 * Who moved has another town, another street and another number at once: that is one difference, not three. A number and a
 * second line mean something within a street only, a street within a town.
 */
function addressLevels(a: FoldedRecord, b: FoldedRecord): number {
  const place = placeLevel(a, b)
  const streets = streetLevels(a, b)
  const street = levelAt(streets, 2)
  if (street !== 3)
    return streets + packed('place', place) + packed('streetNumber', threeLevels(a.streetNumber, b.streetNumber))
  return packed('place', place) + packed('street', place === 6 ? missing : street)
}

/** The two lines of an address are compared as they stand or crosswise, whichever fits better. */
function streetLevels(a: FoldedRecord, b: FoldedRecord): number {
  const street = streetLevel(a.street, b.street)
  if (!found(street) && (a.addressExtra !== '' || b.addressExtra !== '')) {
    const across = streetLevel(a.street, b.addressExtra)
    const back = streetLevel(a.addressExtra, b.street)
    if (found(across) || found(back))
      return (
        packed('street', Math.min(...[across, back].filter(found))) +
        packed('addressExtra', found(across) && found(back) ? 1 : missing)
      )
  }
  return packed('street', street) + packed('addressExtra', extraLevel(a.addressExtra, b.addressExtra))
}

/** 0 the same, 1 alike, 2 half of the words or more in common, 3 different. */
function streetLevel(a: string, b: string): number {
  if (a === '' || b === '') return missing
  if (a === b) return 0
  if (withinOneEdit(a, b)) return 1
  const common = commonWords(a, b)
  if (common === 1 || jaroWinkler(a, b) >= 0.93) return 1
  return common >= 0.5 ? 2 : 3
}

function extraLevel(a: string, b: string): number {
  if (a === '' || b === '') return missing
  if (a === b) return 0
  return jaroWinkler(a, b) >= 0.9 || commonWords(a, b) >= 0.5 ? 1 : 2
}

const wordsOf = kept((line) => line.split(' '))

/** The share of the shorter text's words that the other has too, nearly. */
function commonWords(a: string, b: string): number {
  const [few, many] = a.length < b.length ? [wordsOf(a), wordsOf(b)] : [wordsOf(b), wordsOf(a)]
  return (
    few.filter((word) => many.some((other) => word === other || (word.length > 2 && withinOneEdit(word, other))))
      .length / few.length
  )
}

/** Another figure in an address of e-mail is another person's; another letter may be a slip. */
function emailLevel(a: string, b: string): number {
  const level = threeLevels(a, b)
  return level === 1 && a.replace(/\D/g, '') !== b.replace(/\D/g, '') ? 2 : level
}

/** 0 the same, 1 one slip apart, 2 different. */
function threeLevels(a: string, b: string): number {
  if (a === '' || b === '') return missing
  if (a === b) return 0
  return Math.min(a.length, b.length) > 1 && withinOneEdit(a, b) ? 1 : 2
}

/** A town and its postal code, together: each says what the other says. */
function placeLevel(a: FoldedRecord, b: FoldedRecord): number {
  const town = nameLevel(a.locality, b.locality)
  const code = threeLevels(a.postalCode, b.postalCode)
  if (town === missing && code === missing) return missing
  if (code === 0) return town === 0 ? 0 : town === 1 ? 1 : 2
  if (town === 0) return code === 1 ? 3 : 4
  return town === 1 || code === 1 ? 5 : 6
}

const mostKept = 200_000

/** What was worked out of a text is kept: the same names and streets are compared again and again. */
function kept<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let found = known.get(text)
    if (found === undefined) {
      if (known.size >= mostKept) known.clear()
      found = work(text)
      known.set(text, found)
    }
    return found
  }
}
