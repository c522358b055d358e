/**
 * Formal checks of what identifies a company. Whether it exists is not asked of anyone: only registers know (Sirene, VIES).
 */

/** Whether digits satisfy Luhn's check (ISO/IEC 7812-1, annex B). */
function hasLuhnKey(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const weighed = index % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

/** What people type between groups of digits is left out. */
export function compactIdentifier(text: string): string {
  return text.replace(/[\s.\u202f\u00a0-]/g, '').toUpperCase()
}

/** Whether a SIREN (nine digits, ISO/IEC 6523 scheme 0002) has the key it should. */
export function isSiren(siren: string): boolean {
  return /^\d{9}$/.test(siren) && siren !== '000000000' && hasLuhnKey(siren)
}

const laPoste = '356000000'

/**
 * Whether a SIRET (fourteen digits, ISO/IEC 6523 scheme 0009) has the key it should. The establishments of La Poste are too
 * many for Luhn's key: the sum of their digits is a multiple of five instead, but for the head office.
 */
export function isSiret(siret: string): boolean {
  if (!/^\d{14}$/.test(siret) || !isSiren(siret.slice(0, 9))) return false
  if (hasLuhnKey(siret)) return true
  return siret.startsWith(laPoste) && siret.split('').reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0
}

/** Shapes of VAT numbers after the country's prefix (Directive 2006/112/EC, art. 215; VIES). */
const vatShapes: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9+*]\d{5}[A-W][A-I]?$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{10}\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^[1-9]\d{7}$/,
  SK: /^\d{10}$/,
  XI: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
}

/** Letters of French keys: I and O would be taken for digits. */
const keyLetters = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Whether a French VAT number has the key its SIREN asks for: two digits, or two characters of which one is a letter. */
function hasFrenchVatKey(number: string): boolean {
  const key = number.slice(0, 2)
  const siren = Number(number.slice(2))
  if (/^\d\d$/.test(key)) return Number(key) === (12 + 3 * (siren % 97)) % 97
  const [first, second] = key.split('').map((letter) => keyLetters.indexOf(letter)) as [number, number]
  const rank = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
  return (siren + 1 + Math.floor(rank / 11)) % 11 === rank % 11
}

/** Whether a VAT number of the European Union is well formed; a French one must have its key and belong to a SIREN. */
export function isVatNumber(vat: string): boolean {
  const country = vat.slice(0, 2)
  const number = vat.slice(2)
  if (!vatShapes[country]?.test(number)) return false
  return country !== 'FR' || (isSiren(number.slice(2)) && hasFrenchVatKey(number))
}

/** The SIREN inside a French VAT number, or null. */
export function sirenOfVat(vat: string): string | null {
  return vat.startsWith('FR') && isVatNumber(vat) ? vat.slice(4) : null
}
