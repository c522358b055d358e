/**
 * What a GS1 symbol says (GS1 General Specifications, 3 and 7.8; GS1 Digital Link 1.2): element strings of GS1-128, DataMatrix and
 * QR codes, with or without brackets, and the web addresses of GS1 Digital Link. Names are those of GS1's web vocabulary.
 */
type Gs1 = {
  /** AI 01: fourteen digits. */
  readonly gtin?: string
  /** AI 10. */
  readonly batchOrLotNumber?: string
  /** AI 21. */
  readonly serialNumber?: string
  /** AI 17, as `2027-02-28`. */
  readonly expirationDate?: string
}

/** What scanners send between elements of variable length, and what some send instead. */
const separator = /[\u001d\u00e8|]/

type Reader = { readonly length: number | null; readonly name: keyof Gs1 | null }

/** Elements by their identifier: those kept, and those of predefined length that may stand before them. */
const elements: Readonly<Record<string, Reader>> = {
  '00': { length: 18, name: null },
  '01': { length: 14, name: 'gtin' },
  '02': { length: 14, name: null },
  '10': { length: null, name: 'batchOrLotNumber' },
  '11': { length: 6, name: null },
  '12': { length: 6, name: null },
  '13': { length: 6, name: null },
  '15': { length: 6, name: null },
  '16': { length: 6, name: null },
  '17': { length: 6, name: 'expirationDate' },
  '20': { length: 2, name: null },
  '21': { length: null, name: 'serialNumber' },
  '30': { length: null, name: null },
  '37': { length: null, name: null },
}

/**
 * Reads what a scanner sent; null when it is no GS1 symbol, as a plain EAN or an SKU is not.
 * @param now the moment, for the century of two-digit years
 */
export function readGs1(text: string, now: Date): Gs1 | null {
  const trimmed = text.trim().replace(/^\](?:C1|d2|Q3|e0|J1)/, '')
  const found = /^https?:\/\//i.test(trimmed)
    ? fromLink(trimmed)
    : trimmed.startsWith('(')
      ? bracketed(trimmed)
      : plain(trimmed)
  if (!found || !/^\d{14}$/.test(found['01'] ?? '')) return null
  const expirationDate = found['17'] === undefined ? undefined : dateOf(found['17'], now)
  if (expirationDate === null) return null
  return {
    gtin: found['01'] ?? '',
    ...(found['10'] ? { batchOrLotNumber: found['10'] } : {}),
    ...(found['21'] ? { serialNumber: found['21'] } : {}),
    ...(expirationDate ? { expirationDate } : {}),
  }
}

type Found = Record<string, string>

/** `(01)03760000000017(17)270228(10)L42` */
function bracketed(text: string): Found | null {
  const found: Found = {}
  for (const [, identifier = '', value = ''] of text.matchAll(/\((\d{2,4})\)([^(]*)/g)) found[identifier] = value
  return Object.keys(found).length > 0 ? found : null
}

/** `01037600000000171727022810L42`: elements of predefined length follow each other, others end at a separator. */
function plain(text: string): Found | null {
  const found: Found = {}
  let rest = text.replace(new RegExp(`^(?:${separator.source})+`), '')
  while (rest !== '') {
    const identifier = rest.slice(0, 2)
    const reader = elements[identifier]
    if (!reader) return null
    const end = reader.length === null ? rest.slice(2).search(separator) : reader.length
    const value = end === -1 ? rest.slice(2) : rest.slice(2, 2 + end)
    if (value === '' || (reader.length !== null && value.length < reader.length)) return null
    if (reader.length === null && value.length > 20) return null
    found[identifier] = value
    rest = rest.slice(2 + value.length).replace(new RegExp(`^(?:${separator.source})`), '')
  }
  return found
}

/** `https://id.gs1.org/01/03760000000017/10/L42?17=270228` */
function fromLink(text: string): Found | null {
  if (!URL.canParse(text)) return null
  const { pathname, searchParams } = new URL(text)
  const parts = pathname.split('/').filter(Boolean)
  const start = parts.indexOf('01')
  if (start === -1) return null
  const found: Found = {}
  for (let i = start; i + 1 < parts.length; i += 2) found[parts[i] ?? ''] = decodeURIComponent(parts[i + 1] ?? '')
  found['01'] = (found['01'] ?? '').padStart(14, '0')
  for (const [name, value] of searchParams) if (/^\d{2,4}$/.test(name)) found[name] = value
  return found
}

/** YYMMDD with a day 00 for the last of the month; the century is the one that lies nearest (7.12). Null when it is no date. */
function dateOf(digits: string, now: Date): string | null {
  const [, yy = '', mm = '', dd = ''] = /^(\d{2})(\d{2})(\d{2})$/.exec(digits) ?? []
  const thisYear = now.getUTCFullYear()
  const difference = Number(yy) - (thisYear % 100)
  const century = Math.floor(thisYear / 100) + (difference >= 51 ? -1 : difference <= -50 ? 1 : 0)
  const year = century * 100 + Number(yy)
  const month = Number(mm)
  if (yy === '' || month < 1 || month > 12) return null
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = dd === '00' ? lastDay : Number(dd)
  if (day > lastDay) return null
  return `${year}-${mm}-${String(day).padStart(2, '0')}`
}
