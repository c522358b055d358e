/**
 * Text that was UTF-8, was read as Windows-1252 and written as UTF-8 again: "VÃ©lo", "lâ€™hiver".
 *
 * Only sequences that stand for characters of western European texts are touched, because some of the others are legitimate
 * French: "CAFÉ»" would otherwise become one strange letter.
 */

/** What Windows-1252 shows for the bytes 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252). */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const byteOf = new Map<string, number>()
for (let byte = 0xa0; byte <= 0xff; byte++) byteOf.set(String.fromCharCode(byte), byte)
for (let index = 0; index < high.length; index++) byteOf.set(high[index] ?? '', 0x80 + index)

/** One byte of Windows-1252 as a character. */
export function windows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (char) => high[char.charCodeAt(0) - 0x80] ?? char)
}

const continuation = `[${high.replace(/[\]\\^-]/g, '\\$&')}\u00a0-\u00bf\u0080-\u009f]`
/** Leads of Latin letters (C2–C5), of punctuation and signs (E2), of emoji (F0 9F) and of a byte order mark (EF BB BF). */
const damaged = new RegExp(`(?:[ÂÃÄÅ]${continuation}|â${continuation}{2}|ðŸ${continuation}{2}|ï»¿)`, 'gu')

const decoder = new TextDecoder('utf-8', { fatal: true })

function repairOnce(text: string): string {
  return text.replace(damaged, (sequence) => {
    const bytes = Array.from(sequence, (char) => byteOf.get(char) ?? char.charCodeAt(0))
    try {
      return decoder.decode(Uint8Array.from(bytes))
    } catch {
      return sequence
    }
  })
}

/** The text with double-encoded characters mended, up to three layers deep; the same text when there is nothing to mend. */
export function repairDoubleEncoding(text: string): string {
  let current = text
  for (let layer = 0; layer < 3; layer++) {
    if (!/[ÂÃÄÅâðï]/.test(current)) return current
    const mended = repairOnce(current)
    if (mended === current) return current
    current = mended
  }
  return current
}
