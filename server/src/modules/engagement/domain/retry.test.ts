import { expect, test } from 'vitest'
import { isRefusedForGood, mayHaveLeft, mostAttempts, reasonOf, waitAfter } from './retry.ts'

test('waits longer each time, a day and a half in all', () => {
  const waits = Array.from({ length: mostAttempts - 1 }, (_, index) => waitAfter(index + 1))
  expect(waits.slice(0, 4)).toEqual([30_000, 120_000, 480_000, 1_920_000])
  expect(Math.max(...waits)).toBe(6 * 3600_000)
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3600_000
  expect(hours).toBeGreaterThan(24)
  expect(hours).toBeLessThan(48)
})

test('only a server’s final no is final', () => {
  expect(isRefusedForGood(Object.assign(new Error(), { code: 'EENVELOPE', responseCode: 550 }))).toBe(true)
  expect(isRefusedForGood(Object.assign(new Error(), { code: 'EMESSAGE', responseCode: 451 }))).toBe(false)
  expect(isRefusedForGood(Object.assign(new Error(), { code: 'EAUTH', responseCode: 535 }))).toBe(false)
  expect(isRefusedForGood(Object.assign(new Error(), { code: 'ECONNECTION' }))).toBe(false)
  expect(isRefusedForGood(undefined)).toBe(false)
})

test('what a server refused, or nobody reached, has not left; what broke in between may have', () => {
  const of = (error: object, message = '') => mayHaveLeft(Object.assign(new Error(message), error))
  expect(of({ code: 'EMESSAGE', responseCode: 451 })).toBe(false)
  expect(of({ code: 'ESOCKET', syscall: 'connect' })).toBe(false)
  expect(of({ code: 'EAUTH' })).toBe(false)
  expect(of({ code: 'ETIMEDOUT' }, 'Connection timeout')).toBe(false)
  expect(of({}, 'the database is gone')).toBe(true)
  expect(of({ code: 'ECONNECTION' }, 'Connection closed unexpectedly')).toBe(true)
  expect(of({ code: 'ETIMEDOUT' }, 'Timeout')).toBe(true)
  expect(of({ code: 'ESOCKET', syscall: 'read' })).toBe(true)
})

test('reasons fit one line', () => {
  expect(reasonOf(new Error(`550 no\r\nsuch  user${'x'.repeat(400)}`))).toMatch(/^550 no such userx+$/)
  expect(reasonOf(new Error('y'.repeat(400)))).toHaveLength(300)
  expect(reasonOf('plain')).toBe('plain')
})
