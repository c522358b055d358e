import { expect, test } from 'vitest'
import { comesFromUs } from './origin.ts'

const trustedOrigins = ['https://alize.example']
const from = (secFetchSite?: string, origin?: string, host = 'alize.example') =>
  comesFromUs({ secFetchSite, origin, host, trustedOrigins })

test('believes the browser first, then the origin', () => {
  expect(from('same-origin')).toBe(true)
  // A form under a strict referrer policy sends an empty origin.
  expect(from('same-origin', 'null')).toBe(true)
  expect(from('cross-site', 'https://alize.example')).toBe(true)
  expect(from('cross-site', 'https://ailleurs.example')).toBe(false)
  expect(from('same-site')).toBe(false)
  expect(from('none')).toBe(false)
})

test('without the browser’s word, an origin is ours by name or by the host asked', () => {
  expect(from(undefined, 'https://alize.example')).toBe(true)
  expect(from(undefined, 'http://192.168.1.5:3000', '192.168.1.5:3000')).toBe(true)
  expect(from(undefined, 'http://192.168.1.5:3001', '192.168.1.5:3000')).toBe(false)
  expect(from(undefined, 'null')).toBe(false)
  expect(from(undefined, 'pas une adresse')).toBe(false)
  expect(from()).toBeUndefined()
})
