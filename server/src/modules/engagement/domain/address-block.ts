import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import { shorterName, shorterStreet } from './address-shortening.ts'

/** Why an address cannot be printed on a letter so that machines read it. */
export type AddressFault =
  | 'name_too_long'
  | 'complement_too_long'
  | 'street_too_long'
  | 'locality_too_long'
  | 'postal_code'
  | 'empty_line'
  | 'unreadable'

/** The lines as printed, or what keeps them from it, with the line. */
export type AddressBlock =
  | { readonly lines: readonly string[]; readonly shortened: boolean }
  | { readonly fault: AddressFault; readonly line: string }

const mostCharacters = 38

/** A line, and what may be tried in turn when it is too long. */
type Line = { readonly text: string; readonly shorter?: Iterable<string>; readonly fault: AddressFault }

/** Posted as within France: its territories, and Monaco. */
const domestic = new Set('FR GP MQ GF RE PM YT BL MF TF WF PF NC MC'.split(' '))

/**
 * The address block of a letter (NF Z10-011): at most six lines of 38 characters from the most particular to the most general: name,
 * place within (flat, floor), place without (building), number and street, box or hamlet, postal code and town; empty ones left out.
 * The last three in unaccented capitals without any sign. A word is shortened only in a line that does not fit, never the last word
 * of a street; what still does not fit is refused, never cut. Abroad, the order of the country, its name in French on the last line.
 */
export function addressBlock(address: PostalAddress): AddressBlock {
  const lines = domestic.has(address.country) ? frenchLines(address) : foreignLines(address)
  const printed: string[] = []
  let shortened = false
  for (const { text, shorter = [], fault } of lines) {
    const fitting = [text, ...shorter].find((one) => one.length <= mostCharacters)
    if (fitting === undefined) return { fault, line: text }
    if (fitting === '') return { fault: 'empty_line', line: text }
    if (/[^\p{Script=Latin}\p{N}\p{P}\p{S}\p{M} ]/u.test(fitting)) return { fault: 'unreadable', line: text }
    shortened ||= fitting !== text
    printed.push(fitting)
  }
  const last = printed.at(-1) ?? ''
  if (domestic.has(address.country) && !/^\d{5} [A-Z]/.test(last)) return { fault: 'postal_code', line: last }
  return { lines: printed, shortened }
}

function frenchLines({ name, street, street2, postalCode, locality }: PostalAddress): Line[] {
  const extra = (street2 ?? '')
    .split(/[,;\n]/)
    .map(spaced)
    .filter((part) => part !== '')
  const of = (kind: Complement) => extra.filter((part) => complementOf(part) === kind)
  const inside = of('inside').join(' ')
  const outside = of('outside').join(' ')
  const box = plain(of('box').join(' '))
  const road = plain(oneNumber(street))
  const town = plain(`${postalCode.replace(/\s/g, '')} ${withoutDistrict(locality)}`)
  return [
    { text: spaced(name), shorter: shorterName(spaced(name)), fault: 'name_too_long' as const },
    ...present({ text: inside, fault: 'complement_too_long' }),
    ...present({ text: outside, shorter: shorterStreet(plain(outside)), fault: 'complement_too_long' }),
    { text: road, shorter: shorterStreet(road), fault: 'street_too_long' },
    ...present({ text: box, shorter: shorterStreet(box), fault: 'complement_too_long' }),
    { text: town, shorter: [town.replace(/\bSAINT(E?)\b/g, 'ST$1')], fault: 'locality_too_long' },
  ]
}

/** In these countries the code follows the town. */
const codeLast = new Set('GB IE US CA AU NZ IN'.split(' '))

function foreignLines({ name, street, street2, postalCode, locality, country }: PostalAddress): Line[] {
  const town = spaced(codeLast.has(country) ? `${locality} ${postalCode}` : `${postalCode} ${locality}`).toUpperCase()
  const called = new Intl.DisplayNames('fr', { type: 'region' }).of(country) ?? country
  return [
    { text: spaced(name), shorter: shorterName(spaced(name)), fault: 'name_too_long' },
    ...present({ text: spaced(street2 ?? ''), fault: 'complement_too_long' }),
    { text: spaced(street), fault: 'street_too_long' },
    { text: town, fault: 'locality_too_long' },
    { text: plain(called), fault: 'locality_too_long' },
  ]
}

const present = (line: Line): Line[] => (line.text === '' ? [] : [line])

type Complement = 'inside' | 'outside' | 'box'

/** Which line a complement belongs on; what says nothing of itself is taken for a building. */
function complementOf(part: string): Complement {
  if (/^(B\.?\s?P\.?|C\.?S\.?|T\.?S\.?A\.?) ?\d|^(lieu[ -]?dit|hameau|poste restante|bo[iî]te postale)\b/iu.test(part))
    return 'box'
  const within =
    /^(app?t?|appartement|porte|[ée]tage|rez[ -]de|esc|escalier|couloir|chambre|bo[iî]te aux lettres|bal|chez|c\/o|studio|logement)(?![\p{L}])/iu
  return within.test(part) || /^\d+ ?(er|e|[èe]me) [ée]tage\b/iu.test(part) ? 'inside' : 'outside'
}

/** The first of several numbers: `12-14 rue` and `12/14 rue` are 12. */
const oneNumber = (street: string): string => street.replace(/^\s*(\d+)\s*(?:[-/–]|\bà\b)\s*\d+\b/u, '$1')

/** `Paris 12e` is 75012 PARIS; `Paris Cedex 12` keeps its number. */
function withoutDistrict(locality: string): string {
  const spread = locality.replace(/\s*\b\d{1,2}\s*(?:er|e|[èe]me)(?:\s+arr(?:\.|t|ondissement)?)?\.?\s*$/iu, '')
  return spread === '' ? locality : spread.replace(/\bc[ée]dex\b/giu, 'CEDEX')
}

const spaced = (text: string): string => text.normalize('NFC').replace(/,/g, ' ').replace(/\s+/gu, ' ').trim()

/** Capitals without accents, digits and spaces. */
function plain(text: string): string {
  const letters = text.replace(/œ/gi, 'OE').replace(/æ/gi, 'AE').replace(/ø/gi, 'O').replace(/ł/gi, 'L').toUpperCase()
  return letters
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
