import parsePhoneNumber from 'libphonenumber-js/min'

/** An e-mail address as it is compared: trimmed, in lower case. Nothing cleverer: two addresses that differ are two addresses. */
export function normaliseEmail(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}

/**
 * A telephone number as E.164 (ITU-T); null when it is not one. Numbers without a country are read as French.
 */
export function normalisePhone(text: string): string | null {
  const number = parsePhoneNumber(text, 'FR')
  return number?.isValid() ? number.number : null
}

/** A name as it is compared: without accents, capitals, or spaces that do not matter. */
export function foldName(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
}
