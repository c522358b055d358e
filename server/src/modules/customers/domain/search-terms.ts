import { foldName } from './normalise.ts'

/**
 * What a search asks for: folded words that must all be found, and the digits of what may be a telephone number without
 * the zero, the plus or the spaces people write.
 */
export function searchTerms(q: string | undefined): { words: string[]; digits: string | null } {
  const text = foldName(q ?? '')
  const words = text === '' ? [] : text.split(' ')
  const digits = /^[+\d][\d .()/-]*$/.test(text) ? text.replace(/\D/g, '').replace(/^0+/, '') : ''
  return { words, digits: digits.length >= 3 ? digits : null }
}
