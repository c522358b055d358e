import { expect, test } from 'vitest'
import { codeOf } from './service-draft.ts'

test('a code is made from a name', () => {
  expect(codeOf('Étude posturale, vélo d’appoint')).toBe('etude-posturale-velo-d-appoint')
  expect(codeOf('!')).toBe('service')
})
