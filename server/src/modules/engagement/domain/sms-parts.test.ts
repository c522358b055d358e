import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardOnePart, partsOf, priceOf } from './sms-parts.ts'

const counted = (text: string) => {
  const { encoding, parts, units, unitsLeft } = partsOf(text)
  return [encoding, parts, units, unitsLeft]
}
const a = (count: number) => 'a'.repeat(count)

test.each([
  ['nothing', '', 'GSM-7', 1, 0, 160],
  ['160 characters', a(160), 'GSM-7', 1, 160, 0],
  ['161', a(161), 'GSM-7', 2, 161, 145],
  ['306 = 2 × 153', a(306), 'GSM-7', 2, 306, 0],
  ['307', a(307), 'GSM-7', 3, 307, 152],
  ['70 of UCS-2', `ê${a(69)}`, 'UCS-2', 1, 70, 0],
  ['71', `ê${a(70)}`, 'UCS-2', 2, 71, 63],
  ['134 = 2 × 67', `ê${a(133)}`, 'UCS-2', 2, 134, 0],
  ['135', `ê${a(134)}`, 'UCS-2', 3, 135, 66],
  ['the accents GSM-7 has', 'éèàùìòñäöüÇÉåß', 'GSM-7', 1, 14, 146],
  ['the small c with a cedilla, which it has not', 'ça', 'UCS-2', 1, 2, 68],
  ['French quotation marks', '« oui »', 'UCS-2', 1, 7, 63],
  ['the whole extension table, two each', '^{}\\[~]|€', 'GSM-7', 1, 18, 142],
  ['the euro as the 159th and 160th', `${a(158)}€`, 'GSM-7', 1, 160, 0],
  ['the euro as the 160th and 161st', `${a(159)}€`, 'GSM-7', 2, 161, 145],
  ['the euro is not cut at the edge of a part: 152 in the first', `${a(152)}€${a(10)}`, 'GSM-7', 2, 164, 141],
  ['a new line, however it is written', 'a\r\nb\rc\nd', 'GSM-7', 1, 7, 153],
  ['é in two characters is é', 'e\u0301te\u0301', 'GSM-7', 1, 3, 157],
  ['an emoji is two units', 'ok 👍', 'UCS-2', 1, 5, 65],
  ['an emoji with joiners: eleven', '👨‍👩‍👧‍👦', 'UCS-2', 1, 11, 59],
  ['which stay together: 66 in the first part', `${a(66)}👍${a(3)}`, 'UCS-2', 2, 71, 62],
])('%s', (_, text, ...expected) => expect(counted(text)).toEqual(expected))

test('the guard says what to change: 160 characters with one curly apostrophe', () => {
  const text = `L’offre ${a(152)}`
  expect(partsOf(text)).toMatchObject({ parts: 3, foreign: [{ character: '’', instead: "'" }] })
  expect(guardOnePart(text)).toEqual({ fits: false, excess: 90, fixed: text.replace('’', "'"), fixedFits: true })
  expect(guardOnePart(a(165))).toMatchObject({ fits: false, excess: 5, fixedFits: false })
})

test.each([
  ['Cœur – « cañon »…', 'Coeur - " cañon "...'],
  ['Été à Noël, forêt, garçon, naïf', 'Été à Noel, foret, garcon, naif'],
  ['10\u202F€ l’unité\u00A0!', "10 € l'unité !"],
  ['Bravo 👍🏽', 'Bravo '],
  ['ŒUVRE №', 'OEUVRE No'],
])('%s in GSM-7', (text, fixed) => {
  expect(guardOnePart(text).fixed).toBe(fixed)
  expect(partsOf(fixed).encoding).toBe('GSM-7')
})

test('whatever is written, its fixed text is GSM-7, and the units fill the parts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { units, unitsLeft, parts, encoding } = partsOf(text)
      expect(partsOf(guardOnePart(text).fixed).encoding).toBe('GSM-7')
      const size = encoding === 'GSM-7' ? 153 : 67
      if (parts > 1) expect(units + unitsLeft).toBeLessThanOrEqual(parts * size)
      if (parts > 1) expect(units + unitsLeft).toBeGreaterThan((parts - 1) * (size - 20))
    }),
    { numRuns: 200 },
  )
})

/** The two tables of 3GPP TS 23.038, written down once more. */
const basic = `@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà`
const extension = '^{}\\[~]|€'

test('the same as filling parts by hand, character by character', () => {
  const usual = fc.constantFrom(...Array.from(`${basic.replace('\r', '')}${extension}${extension}${extension}`))
  const foreign = fc.constantFrom('ç', 'ê', '’', '«', 'œ', '👍', '👨‍👩‍👧‍👦', '🇫🇷', '漢')
  const text = (unit: fc.Arbitrary<string>) => fc.array(unit, { maxLength: 500 })
  const mixed = fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: foreign })
  fc.assert(
    fc.property(fc.oneof(text(usual), text(mixed)), (characters) => {
      const gsm = characters.every((one) => basic.includes(one) || extension.includes(one))
      const sizes = characters.map((one) => (gsm ? (extension.includes(one) ? 2 : 1) : one.length))
      const units = sizes.reduce((sum, one) => sum + one, 0)
      const [alone, among] = gsm ? [160, 153] : [70, 67]
      let [parts, used] = [1, 0]
      for (const size of sizes) {
        if (used + size > (units <= alone ? alone : among)) [parts, used] = [parts + 1, 0]
        used += size
      }
      const expected = [gsm ? 'GSM-7' : 'UCS-2', parts, units, (units <= alone ? alone : among) - used]
      expect(counted(characters.join(''))).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('the price of each part, by the longest prefix', () => {
  const prices = [
    { prefix: '+33', millionths: 45_000 },
    { prefix: '+336', millionths: 41_500 },
    { prefix: '+262', millionths: 72_000 },
  ]
  expect(priceOf(3, '+33612345678', prices)).toBe(124_500)
  expect(priceOf(1, '+33712345678', prices)).toBe(45_000)
  expect(priceOf(2, '+262692123456', prices)).toBe(144_000)
  expect(priceOf(1, '+4915112345678', prices)).toBeNull()
})
