import { expect, test } from 'vitest'
import { intlOf } from './messages.ts'

test('papers and mails write the first day of a month as French does', () => {
  const day = '2026-05-01T12:00:00Z'
  const long = { dateStyle: 'long', timeZone: 'Europe/Paris' } as const
  expect(intlOf('fr').formatDate(day, long)).toBe('1er mai 2026')
  expect(intlOf('fr').formatDate(day, { ...long, dateStyle: 'full' })).toBe('vendredi 1er mai 2026')
  expect(intlOf('en').formatDate(day, long)).toBe('1 May 2026')
})
