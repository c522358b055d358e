import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'

/** What a push service was given, and what the browser read of it. */
export type Pushed = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly said: Record<string, unknown>
}

/** A browser that may be notified: where, and with which keys. */
export type Browser = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

type PushService = {
  readonly pushed: Pushed[]
  /** Statuses that are answered next; what comes once there is none is taken. */
  readonly statuses: number[]
  /** A new browser, which reads what is sent to it. */
  browser(name: string): Browser
  close(): void
}

/** A push service with its browsers, on a port of its own: it takes what RFC 8030 says, they decrypt what RFC 8291 says. */
export async function startPushService(): Promise<PushService> {
  const pushed: Pushed[] = []
  const statuses: number[] = []
  const readers = new Map<string, (body: Buffer) => string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = statuses.shift() ?? 201
      const path = request.url ?? ''
      const read = readers.get(path)
      if (status === 201 && read)
        pushed.push({ path, headers: request.headers, said: JSON.parse(read(Buffer.concat(chunks))) })
      response.writeHead(read ? status : 404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    pushed,
    statuses,
    browser(name) {
      const pair = createECDH('prime256v1')
      pair.generateKeys()
      const auth = randomBytes(16)
      readers.set(`/${name}`, (body) => decrypt(body, pair, auth))
      const p256dh = pair.getPublicKey().toString('base64url')
      return { endpoint: `http://127.0.0.1:${port}/${name}`, p256dh, auth: auth.toString('base64url') }
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** RFC 8291, 3.4 over RFC 8188, 2: one record, whose padding ends with 2. */
function decrypt(body: Buffer, pair: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const sender = body.subarray(21, 21 + (body[20] ?? 0))
  const sealed = body.subarray(21 + (body[20] ?? 0))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender])
  const secret = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

/** What a `vapid` header claims, when the key it names signed it (RFC 8292). */
export function vapidClaims(header: string): { claims: Record<string, unknown>; key: string } | null {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header) ?? []
  const [head = '', body = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const signer = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: signer, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return signed ? { claims: JSON.parse(Buffer.from(body, 'base64url').toString()), key } : null
}
