import { createHash } from 'node:crypto'

const ligatures: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', þ: 'th', ð: 'd', ı: 'i' }

/**
 * A code or handle made from words: lower case, no accents, hyphens between.
 * A text without any Latin letter or digit gets a short fingerprint instead, so that the same text always gives the same code.
 * @param most greatest length of the answer
 */
export function slug(text: string, most: number): string {
  const plain = text
    .toLowerCase()
    .replace(/[œæßøłđþðı]/g, (letter) => ligatures[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (plain === '') return `x-${fingerprint(text)}`
  if (plain.length <= most) return plain
  const mark = fingerprint(plain)
  return `${plain.slice(0, most - mark.length - 1).replace(/-+$/, '')}-${mark}`
}

/** Eight characters that stand for a text: enough to keep two long codes apart once they are cut. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** The code itself, or the first of `code-2`, `code-3`… that is free. The one chosen is added to `taken`. */
export function freeCode(code: string, taken: Set<string>, most: number): string {
  let free = code
  for (let n = 2; taken.has(free); n++) {
    const suffix = `-${n}`
    free = `${code.slice(0, most - suffix.length)}${suffix}`
  }
  taken.add(free)
  return free
}
