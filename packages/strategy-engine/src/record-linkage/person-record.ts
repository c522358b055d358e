/** What is known of a person, as it was written down: anything may be missing, mistyped, in the wrong field or out of date. */
export type PersonRecord = {
  readonly id: string
  readonly givenName?: string | null
  readonly familyName?: string | null
  readonly streetNumber?: string | null
  readonly street?: string | null
  /** A building, a floor, a property, a place name: the other line of an address. */
  readonly addressExtra?: string | null
  readonly locality?: string | null
  readonly postalCode?: string | null
  readonly email?: string | null
  /** In any notation; compared by its last nine digits. */
  readonly phone?: string | null
  /** As digits, year first: 1984-05-31 or 19840531. */
  readonly birthDate?: string | null
}

export const personFields = [
  'givenName',
  'familyName',
  'streetNumber',
  'street',
  'addressExtra',
  'locality',
  'postalCode',
  'email',
  'phone',
  'birthDate',
] as const
export type PersonField = (typeof personFields)[number]

/** A record as it is compared: every field folded, an empty text where nothing is known. */
export type FoldedRecord = Readonly<Record<PersonField, string>>

/** Words of streets that are written in full or not, in French and English, brought to one form. */
const streetWords: Readonly<Record<string, string>> = {
  av: 'avenue',
  ave: 'avenue',
  bd: 'boulevard',
  bld: 'boulevard',
  blvd: 'boulevard',
  bvd: 'boulevard',
  ch: 'chemin',
  che: 'chemin',
  chem: 'chemin',
  crs: 'cours',
  imp: 'impasse',
  pl: 'place',
  r: 'rue',
  rte: 'route',
  sq: 'square',
  all: 'allee',
  res: 'residence',
  bat: 'batiment',
  apt: 'appartement',
  appt: 'appartement',
  st: 'saint',
  ste: 'sainte',
  rd: 'road',
  cres: 'crescent',
  cct: 'circuit',
  dr: 'drive',
  crt: 'court',
  ct: 'court',
  ln: 'lane',
  tce: 'terrace',
  cl: 'close',
  gr: 'grove',
}

/** Folds a record: small letters without accents, one space between words, abbreviations of addresses written in full. */
export function foldRecord(record: PersonRecord): FoldedRecord {
  return {
    givenName: foldName(record.givenName),
    familyName: foldName(record.familyName),
    streetNumber: foldText(record.streetNumber).replace(/ /g, ''),
    street: foldAddress(record.street),
    addressExtra: foldAddress(record.addressExtra),
    locality: foldAddress(record.locality),
    postalCode: foldText(record.postalCode).replace(/ /g, ''),
    email: (record.email ?? '').trim().toLowerCase(),
    phone: (record.phone ?? '').replace(/\D/g, '').slice(-9),
    birthDate: (record.birthDate ?? '').replace(/\D/g, ''),
  }
}

/** Letters without accents, digits, single spaces. */
export function foldText(text: string | null | undefined): string {
  if (text === null || text === undefined) return ''
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** A name in one piece: whether Jean-Luc is written with a hyphen, a space or neither says nothing. */
function foldName(text: string | null | undefined): string {
  return foldText(text).replace(/ /g, '')
}

function foldAddress(text: string | null | undefined): string {
  const folded = foldText(text)
  return folded === ''
    ? ''
    : folded
        .split(' ')
        .map((word) => streetWords[word] ?? word)
        .join(' ')
}
