import { readGs1 } from '@ecluse/contracts/gs1.ts'
import { readLetterCode } from '@ecluse/contracts/letter-code.ts'

/** The code of a pass as it is written on paper and screens; one may begin with a figure and an X. */
const writtenPass = /^\s*[\da-z]{4}-[\da-z]{4}\s*$/i

/** What was typed or scanned: how many (`3*` before it) of what. */
export function readTyped(text: string): { quantity: number; words: string } {
  if (writtenPass.test(text)) return { quantity: 1, words: text.trim() }
  const times = /^\s*(\d{1,3})\s*[*x×]\s*(.*)$/i.exec(text)
  const quantity = Number(times?.[1] ?? 1)
  if (!times || quantity === 0) return { quantity: 1, words: text.trim() }
  return { quantity, words: (times[2] ?? '').trim() }
}

/** Whether a text can be a SKU or a barcode, which is one word with a figure or two hyphens in it, or is a GS1 symbol. */
export function looksLikeCode(words: string): boolean {
  if (readGs1(words, new Date())) return true
  return /^[\p{L}\d._/-]{3,80}$/u.test(words) && /\d|[-_/].+[-_/]/.test(words)
}

/** Whether a text can only be a barcode: nobody searches for eight figures or more. */
export function looksLikeBarcode(words: string): boolean {
  return /^\d{8,14}$/.test(words)
}

/** Whether a text can be the code of a pass: eight letters and figures, in one group or two. */
export function looksLikePass(words: string): boolean {
  return /^[\da-z]{4}[\s-]?[\da-z]{4}$/i.test(words)
}

/** Whether a text is the code of a letter, or the address in the square on it. */
export const isLetter = (words: string): boolean => readLetterCode(words) !== null
