import { expect, test } from 'vitest'
import { paperNumbers } from './paper-numbers.ts'

test('figures are written as each language writes them', () => {
  const [fr, en] = [paperNumbers('fr'), paperNumbers('en')]
  expect([fr.money(-23_133.4), fr.money(-0.2), fr.share(-0.777), fr.number(null)]).toEqual([
    '\u221223\u202f133\u202f€',
    '0\u202f€',
    '\u221277,7\u202f%',
    '–',
  ])
  expect([fr.short(-28_000), fr.short(1_250_000), fr.short(0)]).toEqual(['\u221228\u202fk€', '1,3\u202fM€', '0\u202f€'])
  expect([en.money(-23_133), en.share(0.25)]).toEqual(['\u2212€23,133', '25%'])
})
