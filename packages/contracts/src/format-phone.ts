import type { Locale } from './scalars.ts'

/**
 * A telephone number as it is read aloud. A French one kept internationally (“+33261910114”) is “02 61 91 01 14” to French eyes and
 * “+33 2 61 91 01 14” to others; any other is given as it was kept.
 */
export function formatPhone(phone: string, locale: Locale): string {
  const [, first = '', rest = ''] = /^(?:\+33|0)([1-9])(\d{8})$/.exec(phone.replaceAll(/[\s.-]/g, '')) ?? []
  if (first === '') return phone
  const pairs = rest.match(/\d\d/g) ?? []
  return [locale === 'fr' ? `0${first}` : `+33${noBreak}${first}`, ...pairs].join(noBreak)
}
const noBreak = '\u00a0'
