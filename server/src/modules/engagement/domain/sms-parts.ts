import { SegmentedMessage } from 'sms-segments-calculator'

/** What a text message is when it leaves. */
export type SmsParts = {
  /** What is sent: composed characters (NFC), one line feed for each new line. */
  readonly text: string
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly parts: number
  /** Septets (GSM-7) or sixteen-bit units (UCS-2), those of the headers of the parts not counted. */
  readonly units: number
  /** How many more fit before another part begins. */
  readonly unitsLeft: number
  /** Each character GSM-7 has not, once, with what may stand for it; an empty text: leave it out. */
  readonly foreign: readonly { readonly character: string; readonly instead: string }[]
}

/** A part alone, and a part among several, whose header takes six octets (3GPP TS 23.040, 9.2.3.24.1). */
const sizeOfPart = { 'GSM-7': { alone: 160, among: 153 }, 'UCS-2': { alone: 70, among: 67 } } as const
const bitsOf = { 'GSM-7': 7, 'UCS-2': 16 } as const

/**
 * The parts a text is sent in (3GPP TS 23.038 and 23.040): GSM-7 where all its characters have one there, those of the extension
 * table counting two, else UCS-2. A character is never split between two parts, nor an emoji with its joiners.
 */
export function partsOf(message: string): SmsParts {
  const text = message.replace(/\r\n?/g, '\n').normalize('NFC')
  const { encodingName: encoding, segments, graphemes } = new SegmentedMessage(text)
  const bits = bitsOf[encoding]
  const used = segments.map((segment) => segment.messageSizeInBits() / bits)
  const size = sizeOfPart[encoding][segments.length === 1 ? 'alone' : 'among']
  const foreign = new Set(encoding === 'GSM-7' ? [] : graphemes.filter((one) => !isGsm(one)))
  return {
    text,
    encoding,
    parts: segments.length,
    units: used.reduce((sum, one) => sum + one, 0),
    unitsLeft: Math.max(0, size - (used.at(-1) ?? 0)),
    foreign: [...foreign].map((character) => ({ character, instead: insteadOf(character) })),
  }
}

/** What keeps a text from being one part of 160 characters; `fixed` is the same text with what may stand for each foreign character. */
export function guardOnePart(message: string): { fits: boolean; excess: number; fixed: string; fixedFits: boolean } {
  const { text, encoding, parts, units } = partsOf(message)
  const fixed = inGsm(text)
  return {
    fits: parts === 1,
    excess: Math.max(0, units - sizeOfPart[encoding].alone),
    fixed,
    fixedFits: partsOf(fixed).parts === 1,
  }
}

/** A price for each part, in millionths of a unit of the currency, of the numbers (E.164) that begin so. */
export type SmsPrice = { readonly prefix: string; readonly millionths: number }

/** What a text to a number costs, in millionths of a unit of the currency, by the longest prefix; null where no price is known. */
export function priceOf(parts: number, phone: string, prices: readonly SmsPrice[]): number | null {
  const [price] = prices
    .filter(({ prefix }) => phone.startsWith(prefix))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)
  return price === undefined ? null : price.millionths * parts
}

function inGsm(text: string): string {
  const { encodingName, graphemes } = new SegmentedMessage(text)
  return encodingName === 'GSM-7' ? text : graphemes.map((one) => (isGsm(one) ? one : insteadOf(one))).join('')
}

function isGsm(character: string): boolean {
  return new SegmentedMessage(character).encodingName === 'GSM-7'
}

const spoken: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
  '…': '...',
  '•': '-',
  '×': 'x',
  œ: 'oe',
  Œ: 'OE',
  '°': 'o',
  '\u00A0': ' ',
  '\u202F': ' ',
  '\u2009': ' ',
}

/** The same in GSM-7: what is usual in print for a typewriter’s sign, a letter without its accent; nothing for an emoji. */
function insteadOf(character: string): string {
  const instead = spoken[character] ?? character.normalize('NFKD').replace(/\p{M}/gu, '')
  return instead !== character && isGsm(instead) ? instead : ''
}
