import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostPayloadBytes, payloadOf } from './notification.ts'
import { areBrowserKeys, vapidKeysOf } from './vapid-keys.ts'

const plain = {
  title: 'Deux jours',
  link: 'https://alize.example/',
  choose: null,
  tag: 'a'.repeat(32),
  locale: 'fr',
} as const

test('whatever is written fits, and is cut between characters only when it must be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 6_000 }), (body) => {
      const written = payloadOf({ ...plain, body })
      const said = (JSON.parse(written) as { body: string }).body
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(mostPayloadBytes)
      if (said === body) return
      expect(Buffer.byteLength(JSON.stringify({ ...plain, body }))).toBeGreaterThan(mostPayloadBytes)
      expect(said.endsWith('…') && body.startsWith(said.slice(0, -1))).toBe(true)
      expect(said.isWellFormed()).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('keys are the same for the same secret, differ for another, and are no secret of anything else', () => {
  const secret = 'a secret of a server, long enough to be one'
  expect(vapidKeysOf(secret)).toEqual(vapidKeysOf(secret))
  expect(vapidKeysOf(`${secret}!`).publicKey).not.toBe(vapidKeysOf(secret).publicKey)
  expect(Buffer.from(vapidKeysOf(secret).publicKey, 'base64url')).toHaveLength(65)
  expect(vapidKeysOf(secret).privateKey).not.toBe(createHmac('sha256', secret).digest('base64url'))
})

test('keys of a browser are a point of the curve and sixteen bytes', () => {
  const { publicKey: p256dh } = vapidKeysOf('somebody’s browser')
  const auth = Buffer.alloc(16, 7).toString('base64url')
  expect(areBrowserKeys({ p256dh, auth })).toBe(true)
  expect(areBrowserKeys({ p256dh, auth: auth.slice(2) })).toBe(false)
  expect(areBrowserKeys({ p256dh: p256dh.slice(0, -4), auth })).toBe(false)
  expect(areBrowserKeys({ p256dh: Buffer.alloc(65, 4).toString('base64url'), auth })).toBe(false)
})
