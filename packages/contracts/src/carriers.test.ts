import { expect, test } from 'vitest'
import { carrierNamed, carriers, cleanNumber, trackingPage } from './carriers.ts'

test('every example is a number of its own carrier, and leads to a page', () => {
  for (const { name, example, isNumber } of carriers) {
    expect([name, isNumber(example)]).toEqual([name, true])
    expect(trackingPage(name, example)).toContain(example)
  }
})

test.each([
  ['UPS', '1Z 5R89 3903 5756 7127', true],
  ['UPS', '1Z5R89390357567128', false],
  ['Chronopost', 'RR473124829FR', true],
  ['Chronopost', 'RR473124828FR', false],
  ['Colissimo', '6A 123 456 789 01', true],
  ['Colissimo', '6A12345', false],
  ['DPD', '0123456789012', false],
  ['GLS', '00ABC12X', true],
  ['Mondial Relay', '123456789', false],
])('%s %s: %s', (name, number, right) => {
  expect(carrierNamed(name)?.isNumber(cleanNumber(number))).toBe(right)
})

test('a carrier is known by its name as people write it; another has no page', () => {
  expect(carrierNamed('mondial relay')?.code).toBe('mondial-relay')
  expect(carrierNamed('MondialRelay')?.code).toBe('mondial-relay')
  expect(carrierNamed('Escale Express')).toBeUndefined()
  expect(trackingPage('Escale Express', '42')).toBeNull()
})
