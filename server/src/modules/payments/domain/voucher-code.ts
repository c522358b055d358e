/** Crockford's base 32: no letter is taken for a digit or another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16

/**
 * The character that checks those before it: Luhn's rule over 32 signs, which finds every single wrong character and nearly every
 * swap of two neighbours.
 */
function checkOf(characters: string): string {
  let sum = 0
  for (const [index, character] of Array.from(characters).toReversed().entries()) {
    const value = alphabet.indexOf(character)
    const weighed = index % 2 === 0 ? value * 2 : value
    sum += Math.floor(weighed / alphabet.length) + (weighed % alphabet.length)
  }
  return alphabet[(alphabet.length - (sum % alphabet.length)) % alphabet.length] ?? ''
}

/** A code from its random part, with its check. */
export const voucherCodeOf = (random: string): string => random + checkOf(random)

/** How many characters of a code are random. */
export const randomLength = length - 1

/** A code as somebody typed or scanned it; null when it cannot be one. */
export function readVoucherCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (code.length !== length || Array.from(code).some((character) => !alphabet.includes(character))) return null
  return checkOf(code.slice(0, -1)) === code.at(-1) ? code : null
}

/** In fours, as it is read aloud. */
export const showVoucherCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
