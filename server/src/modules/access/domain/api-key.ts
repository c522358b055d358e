import { createHash, createHmac } from 'node:crypto'
import type { Ids } from '../../../kernel/ids.ts'

const mark = 'ecl_'
const secretPattern = /^ecl_[A-Za-z0-9_-]{43,44}$/

/** A new secret: 256 random bits, two secrets of 128. */
export function newApiKeySecret(ids: Ids): string {
  return mark + ids.secret() + ids.secret()
}

/**
 * The secret of a key asked for under an idempotency key. The answer to the first request is stored without the secret;
 * the same request again makes the same one from the server's own, so it can be shown again and is stored nowhere.
 */
export function repeatableApiKeySecret(serverSecret: string, scope: string, key: string): string {
  return mark + createHmac('sha256', serverSecret).update(`api key\0${scope}\0${key}`).digest('base64url')
}

/** Whether a bearer token has the form of our keys; any other is not worth a look in the database. */
export function isApiKeySecret(token: string): boolean {
  return secretPattern.test(token)
}

/** What is stored of a secret. */
export function apiKeyHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The part that is shown in lists: 36 of 256 bits, too few to help a guess. */
export function apiKeyPrefix(secret: string): string {
  return secret.slice(0, mark.length + 6)
}
