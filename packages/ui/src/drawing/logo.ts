/**
 * Marks and lettering. Écluse: an É whose stem is a lock gate, whose bars are water, and whose accent is the beam that opens
 * the gate. Alizé: three breaths of wind. The letters are drawn with one line of one width, so no font is needed.
 */
import { colours } from '../tokens.ts'
import { toHex } from '../oklch.ts'
import { compactPath } from './path-data.ts'
import { escapeXml } from './svg.ts'

const identity = toHex(colours.light.primary)
const paper = toHex(colours.light.paper)

export interface LogoOptions {
  /** Any CSS colour; `currentColor` follows the text when the drawing is inlined. */
  colour?: string
  title?: string
}

const marks = {
  ecluse: {
    d: 'M19 21L19 54M19 21C25 17 29 17 34 21C39 25 43 25 48 21M19 37.5C25 33.5 29 33.5 34 37.5C38 41 41 41 44 38.5M19 54C25 50 29 50 34 54C39 58 43 58 48 54M28 10.5L42 5.5',
    width: 6.5,
  },
  alize: {
    d: 'M8 25L40 25C50 25 50 11 41 11C36 11 33 14 33 18M8 37L52 37C60 37 61 49 52 50C48 50 46 48 45 45M14 49L32 49',
    width: 6,
  },
} as const satisfies Record<Company, { d: string; width: number }>

export const companies = ['ecluse', 'alize'] as const
export type Company = (typeof companies)[number]

/** The mark alone, on a square canvas of 64. */
export function drawMark(company: Company, { colour = identity, title }: LogoOptions = {}): string {
  return svg(64, 64, markPath(company, colour), title)
}

/** The mark with its name, 64 high. */
export function drawLogo(company: Company, { colour = identity, title }: LogoOptions = {}): string {
  const word = lettering[company]
  const letters = word.letters.map(([letter, x]) => shift(glyphs[letter]!, x)).join('')
  const name = `<path transform="translate(86 52) scale(.5)" stroke="${escapeXml(colour)}" stroke-width="12" d="${letters}"/>`
  return svg(word.width, 64, markPath(company, colour) + name, title)
}

/** A tile for browsers' tabs and home screens. */
export function drawFavicon(company: Company, { title }: { title?: string } = {}): string {
  const tile = `<rect width="64" height="64" rx="14" fill="${identity}"/>`
  return svg(64, 64, `${tile}<g transform="translate(5.5 6) scale(.82)">${markPath(company, paper)}</g>`, title)
}

function markPath(company: Company, colour: string): string {
  const { d, width } = marks[company]
  return `<path stroke="${escapeXml(colour)}" stroke-width="${width}" d="${compactPath(d)}"/>`
}

function svg(width: number, height: number, body: string, title?: string): string {
  const role = title ? `role="img" aria-label="${escapeXml(title)}"` : 'aria-hidden="true"'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${role} fill="none" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`
}

/** Centre lines of letters; the small letters are 60 high, on a baseline at 0, y downward. */
const glyphs: Record<string, string> = {
  a: 'M60 -30A30 30 0 1 1 0 -30A30 30 0 1 1 60 -30M60 -60L60 0',
  c: 'M51 -51A30 30 0 1 0 51 -9',
  e: 'M1 -31L60 -31A30 30 0 1 0 50 -8',
  é: 'M1 -31L60 -31A30 30 0 1 0 50 -8M24 -80L44 -92',
  i: 'M0 -60L0 0M0 -88L0 -88',
  l: 'M0 -92L0 0',
  s: 'M44 -51C38 -64 2 -64 3 -45C4 -27 47 -34 47 -15C47 4 8 4 0 -11',
  u: 'M0 -60L0 -27A27 27 0 0 0 54 -27L54 -60M54 -60L54 0',
  z: 'M0 -59L50 -59L0 -1L52 -1',
}

const lettering: Record<Company, { width: number; letters: readonly (readonly [letter: string, x: number])[] }> = {
  ecluse: {
    width: 298,
    letters: [
      ['é', 0],
      ['c', 84],
      ['l', 164],
      ['u', 194],
      ['s', 278],
      ['e', 352],
    ],
  },
  alize: {
    width: 232,
    letters: [
      ['a', 0],
      ['l', 88],
      ['i', 118],
      ['z', 144],
      ['é', 222],
    ],
  },
}

/** A letter moved along its line; only x changes, and the radii and flags of arcs stay. */
function shift(d: string, by: number): string {
  return d.replace(/([MLCA])([^MLCA]*)/g, (_, command: string, text: string) => {
    const numbers = text.trim().split(/ +/).map(Number)
    const xAt = (i: number) => (command === 'A' ? i % 7 === 5 : i % 2 === 0)
    return command + numbers.map((value, i) => (xAt(i) ? value + by : value)).join(' ')
  })
}
