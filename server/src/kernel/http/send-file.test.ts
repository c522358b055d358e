import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attachment } from './send-file.ts'

test('a name keeps its letters for clients that can read them, and is plain for the others', () => {
  expect(attachment('Balade à Nantes.gpx')).toBe(
    `attachment; filename="Balade a Nantes.gpx"; filename*=UTF-8''Balade%20%C3%A0%20Nantes.gpx`,
  )
  expect(attachment('…')).toBe(`attachment; filename="..."; filename*=UTF-8''%E2%80%A6`)
})

test('no name breaks out of the header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(attachment(name)).toMatch(/^attachment; filename="[\w .()-]+"; filename\*=UTF-8''[\w%.!~-]*$/)
    }),
  )
})
