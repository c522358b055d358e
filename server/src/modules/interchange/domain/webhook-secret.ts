import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

const mark = 'whsec_'
const tagLength = 16
const nonceLength = 12

/** A secret as its holder keeps it, from 32 random bytes. */
export function newSecret(bytes: Buffer): string {
  return mark + bytes.toString('base64')
}

/** The secret asked for under an idempotency key: asked again it is the same, so the answer is kept without it. */
export function repeatableSecret(serverSecret: string, scope: string, key: string): string {
  return newSecret(createHmac('sha256', serverSecret).update(`webhook\0${scope}\0${key}`).digest())
}

/** The bytes that sign. */
export function readSecret(secret: string): Buffer {
  return Buffer.from(secret.slice(mark.length), 'base64')
}

/** Closes a secret so that the database alone does not give it away (AES-256-GCM). */
export function sealSecret(serverSecret: string, secret: string, nonce: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', keyOf(serverSecret), nonce)
  const closed = Buffer.concat([cipher.update(readSecret(secret)), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), closed])
}

/** Opens a sealed secret; undefined when another server secret closed it. */
export function openSecret(serverSecret: string, sealed: Buffer): Buffer | undefined {
  const nonce = sealed.subarray(0, nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(serverSecret), nonce, { authTagLength: tagLength })
  decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
  } catch {
    return undefined
  }
}

const keys = new Map<string, Buffer>()

function keyOf(serverSecret: string): Buffer {
  const known = keys.get(serverSecret)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', serverSecret, '', 'webhook secrets', 32))
  keys.set(serverSecret, key)
  return key
}
