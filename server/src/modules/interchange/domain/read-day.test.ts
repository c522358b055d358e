import { expect, test } from 'vitest'
import { readDay, readYes } from './read-day.ts'

test('days are read as both languages write them, and only days that exist', () => {
  expect(['2024-02-29', '29/02/2024', '1.3.2024', '2024-03-02T10:00:00Z', '2024-03-02 10:00'].map(readDay)).toEqual([
    '2024-02-29',
    '2024-02-29',
    '2024-03-01',
    '2024-03-02',
    '2024-03-02',
  ])
  expect(['2023-02-29', '31/04/2024', '2024-13-01', '03/2024', 'hier', ''].map(readDay)).toEqual(Array(6).fill(null))
})

test('yes and no are read in both languages, and nothing said is neither', () => {
  expect(['oui', 'YES', '1', 'non', 'No', '0', '', 'peut-être'].map(readYes)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    undefined,
    null,
  ])
})
