import { createIds } from '../../../kernel/ids.ts'
import { createSeededRng } from '../../../kernel/rng.ts'
import { expect, test } from 'vitest'
import { normaliseCode, orderNumberOf, returnNumberOf } from './order-number.ts'

test('numbers are three groups of four readable characters, the same for the same order', () => {
  const source = createIds({ now: () => new Date('2026-03-02T09:00:00Z') }, createSeededRng(1))
  const ids = Array.from({ length: 2_000 }, () => source.next())
  const numbers = ids.map(orderNumberOf)
  for (const number of numbers) expect(number).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(new Set(numbers).size).toBe(ids.length)
  expect(ids.map(orderNumberOf)).toEqual(numbers)
  expect(returnNumberOf(ids[0] ?? '')).toMatch(/^R-[0-9A-Z]{8}$/)
})

test('a code is read however it is typed', () => {
  expect(normaliseCode(' 7k3f-9qxo il ')).toBe('7K3F9QX011')
})
