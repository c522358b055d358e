import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrastOf } from './contrast.ts'
import { pictureSize } from './picture-size.ts'
import { fillVariables, hasStrayBraces, variablesIn } from './variables.ts'

test('variables are filled, and an empty one leaves its place to what was written for that', () => {
  const text = 'Bonjour {{ first_name | à vous }}, {{code}} {{shop}}'
  expect(fillVariables(text, { first_name: 'Léa', code: 'A{{shop}}', shop: 'Alizé' })).toBe(
    'Bonjour Léa, A{{shop}} Alizé',
  )
  expect(fillVariables(text, { first_name: '  ' })).toBe('Bonjour à vous,  ')
  expect(variablesIn(text)).toEqual([
    { name: 'first_name', fallback: 'à vous' },
    { name: 'code', fallback: null },
    { name: 'shop', fallback: null },
  ])
  expect(['{{a}} {{b|c}}', 'a { b } c'].map(hasStrayBraces)).toEqual([false, false])
  expect(['{{a', '{{A}}', '{{a|{{b}}}}', 'a}}'].map(hasStrayBraces)).toEqual([true, true, true, true])
})

test('whatever is typed, filling leaves no variable that was known', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const filled = fillVariables(`${before}{{code|x}}${after}`, {})
      expect(variablesIn(filled).filter(({ name }) => name === 'code')).toEqual([])
    }),
  )
})

test('contrast is that of WCAG', () => {
  expect(contrastOf('#ffffff', '#000000')).toBe(21)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrastOf('#ffffff', '#767676')).toBeCloseTo(4.54, 2)
})

test('a picture is what its bytes say, whatever its name', () => {
  const png = Buffer.alloc(24)
  png.write('\u0089PNG\r\n\u001a\n', 'latin1')
  png.write('IHDR', 12, 'latin1')
  png.writeUInt32BE(640, 16)
  png.writeUInt32BE(480, 20)
  expect(pictureSize(png)).toEqual({ mediaType: 'image/png', width: 640, height: 480 })
  expect(pictureSize(Buffer.from('4749463839610500070000', 'hex'))).toEqual({
    mediaType: 'image/gif',
    width: 5,
    height: 7,
  })
  const jpeg = Buffer.from('ffd8ffe000040000ffc000110800300040030122000211010311010000', 'hex')
  expect(pictureSize(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 64, height: 48 })
  for (const other of ['', '<svg/>', 'ffd8', 'GIF89a']) expect(pictureSize(Buffer.from(other))).toBeNull()
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void pictureSize(Buffer.from(bytes))))
})
