/**
 * How alike two texts are. The comparisons of names are those of the literature of record linkage; see the source at each.
 */

/**
 * Jaro's similarity with Winkler's bonus for a common beginning, from 0 (nothing in common) to 1 (the same).
 *
 * Winkler, W. E. (1990), String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage.
 */
export function jaroWinkler(a: string, b: string): number {
  const jaro = jaroSimilarity(a, b)
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

const takenA = new Uint8Array(256)
const takenB = new Uint8Array(256)

function jaroSimilarity(a: string, b: string): number {
  if (a === b) return 1
  const lengthA = Math.min(a.length, 256)
  const lengthB = Math.min(b.length, 256)
  if (lengthA === 0 || lengthB === 0) return 0
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1)
  takenA.fill(0, 0, lengthA)
  takenB.fill(0, 0, lengthB)
  let matches = 0
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i)
    const last = Math.min(lengthB - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= last; j++)
      if (takenB[j] === 0 && b.charCodeAt(j) === code) {
        takenA[i] = 1
        takenB[j] = 1
        matches += 1
        break
      }
  }
  if (matches === 0) return 0
  let transposed = 0
  for (let i = 0, j = 0; i < lengthA; i++) {
    if (takenA[i] === 0) continue
    while (takenB[j] === 0) j += 1
    if (a.charCodeAt(i) !== b.charCodeAt(j)) transposed += 1
    j += 1
  }
  return (matches / lengthA + matches / lengthB + (matches - transposed / 2) / matches) / 3
}

/**
 * Whether one text becomes the other by one insertion, deletion or substitution, or by swapping two neighbours, at the most.
 *
 * Damerau, F. J. (1964), A technique for computer detection and correction of spelling errors.
 */
export function withinOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1
  if (at === short.length) return true
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return (
    short.charCodeAt(at) === long.charCodeAt(at + 1) &&
    short.charCodeAt(at + 1) === long.charCodeAt(at) &&
    short.slice(at + 2) === long.slice(at + 2)
  )
}

/**
 * Whether one text becomes the other by two of the edits of `withinOneEdit` at the most: an alignment in a band of five, row by row, that
 * ends as soon as no way is left.
 */
export function withinTwoEdits(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 2) return false
  let [before, last] = [
    new Uint8Array(long.length + 1).fill(3),
    Uint8Array.from({ length: long.length + 1 }, (_, j) => j),
  ]
  for (let i = 1; i <= short.length; i++) {
    const row = new Uint8Array(long.length + 1).fill(3)
    if (i <= 2) row[0] = i
    let least = row[0] as number
    for (let j = Math.max(1, i - 2); j <= Math.min(long.length, i + 2); j++) {
      const same = short.charCodeAt(i - 1) === long.charCodeAt(j - 1)
      let edits = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      )
      const swapped =
        i > 1 &&
        j > 1 &&
        short.charCodeAt(i - 1) === long.charCodeAt(j - 2) &&
        short.charCodeAt(i - 2) === long.charCodeAt(j - 1)
      if (swapped) edits = Math.min(edits, (before[j - 2] as number) + 1)
      row[j] = Math.min(3, edits)
      least = Math.min(least, edits)
    }
    if (least > 2) return false
    ;[before, last] = [last, row]
  }
  return (last[long.length] as number) <= 2
}

/** The code of a name by its sound in four signs, letters without accents given. Russell, R. C. (1918), US patent 1,261,167. */
export function soundex(name: string): string {
  const letters = name.replace(/[^a-z]/g, '')
  if (letters === '') return ''
  let code = letters[0] ?? ''
  let before = digitOf(code)
  for (let i = 1; i < letters.length && code.length < 4; i++) {
    const letter = letters[i] ?? ''
    const digit = digitOf(letter)
    if (digit !== '' && digit !== before) code += digit
    // H and W stand between two letters without parting them; vowels part them.
    if (letter !== 'h' && letter !== 'w') before = digit
  }
  return code.padEnd(4, '0')
}

function digitOf(letter: string): string {
  if ('bfpv'.includes(letter)) return '1'
  if ('cgjkqsxz'.includes(letter)) return '2'
  if ('dt'.includes(letter)) return '3'
  if (letter === 'l') return '4'
  if ('mn'.includes(letter)) return '5'
  return letter === 'r' ? '6' : ''
}
