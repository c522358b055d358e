/** Letters and digits that cannot be taken for one another when they are read aloud or typed. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const length = 8

/** Which letter checks the others: each is weighed by its place, so that one wrong and two swapped are found. */
function checkOf(body: string): string {
  const sum = Array.from(body).reduce((before, letter, at) => before + (alphabet.indexOf(letter) + 1) * (at + 2), 0)
  return alphabet[sum % 31] ?? ''
}

/**
 * The code of a letter, as it is printed: `LT-XXXX-XXXX`, its last letter checking the others.
 * @param random at least seven bytes
 */
export function letterCodeOf(random: Uint8Array): string {
  const body = [...random.subarray(0, length - 1)].map((byte) => alphabet[byte % alphabet.length]).join('')
  const code = `${body}${checkOf(body)}`
  return `LT-${code.slice(0, 4)}-${code.slice(4)}`
}

/** The code of a letter in what was typed or scanned (the code, or an address that holds it); null when there is none. */
export function readLetterCode(text: string): string | null {
  const found = /(?:^|[^A-Z0-9])LT[\s-]?([2-9A-HJ-NP-Z]{4})[\s-]?([2-9A-HJ-NP-Z]{4})(?![A-Z0-9])/.exec(
    text.trim().toUpperCase(),
  )
  if (!found) return null
  const code = `${found[1] ?? ''}${found[2] ?? ''}`
  const body = code.slice(0, length - 1)
  return checkOf(body) === code.at(-1) ? `LT-${code.slice(0, 4)}-${code.slice(4)}` : null
}
