import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { normaliseCode, orderNumberOf, returnNumberOf } from './order-number.ts'

test('numbers are three groups of four readable characters, the same for the same order', () => {
  const ids = Array.from({ length: 2_000 }, () => randomUUID())
  const numbers = ids.map(orderNumberOf)
  for (const number of numbers) expect(number).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(new Set(numbers).size).toBe(ids.length)
  expect(ids.map(orderNumberOf)).toEqual(numbers)
  expect(returnNumberOf(ids[0] ?? '')).toMatch(/^R-[0-9A-Z]{8}$/)
})

test('a code is read however it is typed', () => {
  expect(normaliseCode(' 7k3f-9qxo il ')).toBe('7K3F9QX011')
})
