import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test, vi } from 'vitest'
import { signedHeaders } from './webhook-signature.ts'
import { newSecret, readSecret } from './webhook-secret.ts'

const at = 1_614_265_330
afterEach(() => vi.useRealTimers())
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test('the vector of the specification', () => {
  const headers = signedHeaders([readSecret(secret)], {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at,
    body: '{"test": 2432232314}',
  })
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('while two secrets are good, holders of either are convinced, and nobody else', () => {
  const fresh = newSecret(Buffer.alloc(32, 7))
  vi.useFakeTimers({ now: at * 1_000 })
  const body = '{"type":"orders.order_placed","data":{"name":"vélo"}}'
  const headers = signedHeaders([readSecret(fresh), readSecret(secret)], { id: 'msg_1', at, body })
  for (const held of [fresh, secret]) expect(new Webhook(held).verify(body, headers)).toMatchObject({ data: {} })
  expect(() => new Webhook(newSecret(Buffer.alloc(32, 8))).verify(body, headers)).toThrow()
  expect(() => new Webhook(secret).verify(body.replace('v', 'w'), headers)).toThrow()
})
