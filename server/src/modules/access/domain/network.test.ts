import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf } from './network.ts'

test('an IPv4 address is its own network, however it is written', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
})

test('an IPv6 address counts by its first 64 bits, however it is shortened', () => {
  expect(networkOf('2001:db8:1:2::1')).toBe('2001:db8:1:2')
  expect(networkOf('2001:0db8:0001:0002:ffff::')).toBe('2001:db8:1:2')
  expect(networkOf('::1')).toBe('0:0:0:0')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0')
})

test('whatever the last 64 bits, the network is the same', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(groups, groups, (high, low) => {
      const address = [...high, ...low].map((group) => group.toString(16)).join(':')
      expect(networkOf(address)).toBe(high.map((group) => group.toString(16)).join(':'))
    }),
  )
})
