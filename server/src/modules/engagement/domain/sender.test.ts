import { expect, test } from 'vitest'
import { parseSender } from './sender.ts'

test('reads a sender with and without a name', () => {
  expect(parseSender('Alizé <boutique@alize.example>')).toEqual({
    name: 'Alizé',
    address: 'boutique@alize.example',
    domain: 'alize.example',
  })
  expect(parseSender('"Alizé, Nantes" <n@alize.example>').name).toBe('Alizé, Nantes')
  expect(parseSender('n@alize.example')).toEqual({
    name: 'n@alize.example',
    address: 'n@alize.example',
    domain: 'alize.example',
  })
  expect(parseSender('<n@alize.example>').name).toBe('n@alize.example')
})
