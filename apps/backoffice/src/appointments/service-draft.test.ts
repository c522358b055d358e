import { expect, test } from 'vitest'
import { codeOf, startsOf, startsText } from './service-draft.ts'

test('a code is made from a name', () => {
  expect(codeOf('Étude posturale, vélo d’appoint')).toBe('etude-posturale-velo-d-appoint')
  expect(codeOf('!')).toBe('service')
})

test('weekly times are read as they are written, in French and in English', () => {
  expect(startsOf('')).toBeNull()
  expect(startsOf('sa 10:00, mercredi 18h30')).toEqual([
    { weekday: 6, at: '10:00' },
    { weekday: 3, at: '18:30' },
  ])
  expect(startsOf('we 9:05')).toEqual([{ weekday: 3, at: '09:05' }])
  expect(startsOf('sa 25:00')).toBeUndefined()
  expect(startsOf('dix heures')).toBeUndefined()
  expect(startsOf(startsText([{ weekday: 7, at: '11:00' }]))).toEqual([{ weekday: 7, at: '11:00' }])
})
