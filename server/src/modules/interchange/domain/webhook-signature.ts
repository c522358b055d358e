import { createHmac } from 'node:crypto'

/**
 * The headers that prove where a message comes from (Standard Webhooks 1.0): HMAC-SHA256 over id, time and body, once with each
 * secret while two of them are good.
 * @param at seconds since 1970
 */
export function signedHeaders(
  secrets: readonly Buffer[],
  message: { id: string; at: number; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const signed = `${message.id}.${message.at}.${message.body}`
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`)
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.at),
    'webhook-signature': signatures.join(' '),
  }
}
