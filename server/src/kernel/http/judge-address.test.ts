import { expect, test } from 'vitest'
import { addressFault, isPrivateAddress } from './judge-address.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a00:1',
  'fd00::1',
  'fe80::1',
  'ff02::1',
  '2002:a00:1::',
  '2001:0:1::',
  'not an address',
])('%s is private', (ip) => expect(isPrivateAddress(ip)).toBe(true))

test.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:2800:220:1::1', '2a01:e0a::1'])('%s is public', (ip) =>
  expect(isPrivateAddress(ip)).toBe(false),
)

test.each([
  ['https://hooks.example.com/ecluse', null, null],
  ['http://hooks.example.com/ecluse', 'scheme', null],
  ['ftp://hooks.example.com', 'scheme', 'scheme'],
  ['javascript:alert(1)', 'scheme', 'scheme'],
  ['https://user:pass@hooks.example.com', 'credentials', 'credentials'],
  ['https://user@hooks.example.com', 'credentials', 'credentials'],
  ['https://localhost/x', 'private', null],
  ['https://LOCALHOST./x', 'private', null],
  ['https://printer.local/x', 'private', null],
  ['https://127.1/x', 'private', null],
  ['https://0x7f000001/x', 'private', null],
  ['https://2130706433/', 'private', null],
  ['https://[::1]/x', 'private', null],
  ['https://[::ffff:127.0.0.1]/x', 'private', null],
  ['https://169.254.169.254/latest/meta-data', 'private', null],
  ['http://127.0.0.1:4000/x', 'scheme', null],
  ['http://8.8.8.8/x', 'scheme', 'scheme'],
  ['nonsense', 'scheme', 'scheme'],
])('%s: %s, and where private addresses are allowed: %s', (url, strict, lenient) => {
  expect(addressFault(url, false)).toBe(strict)
  expect(addressFault(url, true)).toBe(lenient)
})
