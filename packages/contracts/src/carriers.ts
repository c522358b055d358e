/**
 * Carriers whose parcel numbers have a known form: what a number must look like, and the page that follows it. A carrier that is not
 * listed takes any number. Forms are those the carriers publish; check digits are those of UPU S10 (La Poste, Chronopost) and UPS.
 */
export type Carrier = {
  readonly code: string
  readonly name: string
  /** Whether a number, without spaces and in capitals, can be one of this carrier's. */
  readonly isNumber: (number: string) => boolean
  /** An example, for whoever types one. */
  readonly example: string
  readonly page: (number: string) => string
}

const matches =
  (pattern: RegExp) =>
  (number: string): boolean =>
    pattern.test(number)

/** UPU S10: two letters, eight digits, a check digit, a country; weights 8 6 4 2 3 5 9 7, modulo 11. */
function isS10(number: string): boolean {
  const found = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(number)
  if (!found) return false
  const weights = [8, 6, 4, 2, 3, 5, 9, 7]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(found[1]?.[index]), 0)
  const rest = 11 - (sum % 11)
  return Number(found[2]) === (rest === 10 ? 0 : rest === 11 ? 5 : rest)
}

/** UPS: `1Z`, fifteen letters or digits, a check digit; letters count from A = 2, every second place twice, modulo 10. */
function isUps(number: string): boolean {
  const body = /^1Z([\dA-Z]{15})(\d)$/.exec(number)
  if (!body) return false
  const sum = Array.from(body[1] ?? '').reduce((total, sign, index) => {
    const value = /\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 63) % 10
    return total + value * (index % 2 === 0 ? 1 : 2)
  }, 0)
  return Number(body[2]) === (10 - (sum % 10)) % 10
}

/** The carriers we know, in the order they are offered. */
export const carriers: readonly Carrier[] = [
  {
    code: 'colissimo',
    name: 'Colissimo',
    isNumber: (number) => isS10(number) || /^\d[A-Z\d]\d{11}$/.test(number),
    example: '6A12345678901',
    page: (number) => `https://www.laposte.fr/outils/suivre-vos-envois?code=${number}`,
  },
  {
    code: 'chronopost',
    name: 'Chronopost',
    isNumber: (number) => isS10(number) || /^\d{14}[\dA-Z]$/.test(number),
    example: 'XY123456785FR',
    page: (number) => `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${number}`,
  },
  {
    code: 'dpd',
    name: 'DPD',
    isNumber: matches(/^\d{14}[\dA-Z]?$/),
    example: '01234567890123',
    page: (number) => `https://trace.dpd.fr/fr/trace/${number}`,
  },
  {
    code: 'gls',
    name: 'GLS',
    isNumber: matches(/^(?:\d{11,12}|[\dA-Z]{8})$/),
    example: '12345678901',
    page: (number) => `https://gls-group.com/FR/fr/suivi-colis/?match=${number}`,
  },
  {
    code: 'mondial-relay',
    name: 'Mondial Relay',
    isNumber: matches(/^(?:\d{8}|\d{10}|\d{12})$/),
    example: '12345678',
    page: (number) => `https://www.mondialrelay.fr/suivi-de-colis/?numeroExpedition=${number}`,
  },
  {
    code: 'ups',
    name: 'UPS',
    isNumber: isUps,
    example: '1Z12345E0205271686',
    page: (number) => `https://www.ups.com/track?tracknum=${number}`,
  },
  {
    code: 'dhl',
    name: 'DHL Express',
    isNumber: matches(/^\d{10,11}$/),
    example: '1234567890',
    page: (number) => `https://www.dhl.com/fr-fr/home/suivi.html?tracking-id=${number}`,
  },
  {
    code: 'fedex',
    name: 'FedEx',
    isNumber: matches(/^(?:\d{12}|\d{15}|\d{20})$/),
    example: '123456789012',
    page: (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`,
  },
]

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/g, '')

/** The carrier a name means, as people write it; undefined when it is not one we know. */
export function carrierNamed(name: string): Carrier | undefined {
  return carriers.find((carrier) => plain(carrier.name) === plain(name) || plain(carrier.code) === plain(name))
}

/** A parcel's number as it is kept: no spaces, capitals. */
export function cleanNumber(number: string): string {
  return number.replace(/[\s.-]/g, '').toUpperCase()
}

/** The page that follows a parcel, when its carrier is known and its number given. */
export function trackingPage(carrier: string | null, number: string | null): string | null {
  const known = carrier === null ? undefined : carrierNamed(carrier)
  return known && number !== null && known.isNumber(cleanNumber(number)) ? known.page(cleanNumber(number)) : null
}
