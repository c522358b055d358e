import { createECDH, createHmac } from 'node:crypto'

/** The keys a push service knows us by (RFC 8292), each as web browsers and libraries want them: base64url. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string }

const curve = 'prime256v1'

/**
 * The keys of this server, made from its secret and kept nowhere: all its processes have the same, and a restart changes nothing.
 * Another secret makes other keys, and browsers have to be allowed anew.
 */
export function vapidKeysOf(sessionSecret: string): VapidKeys {
  const pair = createECDH(curve)
  for (let attempt = 0; ; attempt++) {
    const key = createHmac('sha256', sessionSecret).update(`vapid\0${attempt}`).digest()
    try {
      pair.setPrivateKey(key)
    } catch (error) {
      // One in four thousand million is no number of the curve.
      if (attempt < 8) continue
      throw error
    }
    return { publicKey: pair.getPublicKey().toString('base64url'), privateKey: key.toString('base64url') }
  }
}

/** Whether these are keys a browser gives out (RFC 8291): a point of the curve, and sixteen bytes. */
export function areBrowserKeys({ p256dh, auth }: { readonly p256dh: string; readonly auth: string }): boolean {
  if (Buffer.from(auth, 'base64url').length !== 16) return false
  const pair = createECDH(curve)
  pair.generateKeys()
  try {
    pair.computeSecret(Buffer.from(p256dh, 'base64url'))
    return Buffer.from(p256dh, 'base64url').length === 65
  } catch {
    return false
  }
}
