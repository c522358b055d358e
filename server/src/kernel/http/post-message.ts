import { lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { addressFault, isPrivateAddress } from './judge-address.ts'

/** Connections that stay open between messages. */
export type Agents = { readonly http: http.Agent; readonly https: https.Agent }

export function openAgents(): Agents {
  const options = { keepAlive: true, maxSockets: 16, maxFreeSockets: 8 }
  return { http: new http.Agent(options), https: new https.Agent(options) }
}

/** What is posted: JSON, unless its headers (in small letters) say otherwise. */
export type Message = { url: string; headers: Record<string, string>; body: string | Buffer }
export type Limits = { allowPrivate: boolean; timeoutMs: number }

/** What a receiver answered; `status` is null when it did not. */
export type Answer = {
  status: number | null
  error: 'redirect' | 'http' | 'timeout' | 'private_address' | 'dns' | 'tls' | 'connection' | null
  retryAfter: string | undefined
  /** The beginning of the body, or what the system says went wrong. */
  text: string
  durationMs: number
}

/** How much of an answer is read, in bytes, and shown, in characters. */
const mostRead = 16_384
const mostShown = 500

/**
 * Posts a message once. No redirect is followed, nothing is sent inside a private network unless allowed, and the whole exchange
 * has a time limit. A name is resolved here, and the connection goes to what was judged: no second look-up can change it.
 */
export async function postMessage(agents: Agents, message: Message, limits: Limits): Promise<Answer> {
  const began = performance.now()
  const took = (): number => Math.round(performance.now() - began)
  const fault = addressFault(message.url, limits.allowPrivate)
  if (fault) return { status: null, error: 'private_address', retryAfter: undefined, text: fault, durationMs: 0 }
  try {
    const { status, retryAfter, text } = await exchange(agents, new URL(message.url), message, limits)
    return { status, error: errorOf(status), retryAfter, text: readable(text), durationMs: took() }
  } catch (failure) {
    return { status: null, error: failureOf(failure), retryAfter: undefined, text: told(failure), durationMs: took() }
  }
}

function exchange(
  agents: Agents,
  url: URL,
  { headers, body }: Message,
  { allowPrivate, timeoutMs }: Limits,
): Promise<{ status: number; retryAfter: string | undefined; text: string }> {
  const secure = url.protocol === 'https:'
  const content = typeof body === 'string' ? Buffer.from(body) : body
  return new Promise((resolve, reject) => {
    // A timer of our own: whatever becomes of the connection, the exchange ends.
    const timer = setTimeout(() => {
      reject(new TimedOut())
      request.destroy()
    }, timeoutMs)
    const request = (secure ? https : http).request(url, {
      method: 'POST',
      agent: secure ? agents.https : agents.http,
      headers: { 'content-type': 'application/json', ...headers, 'content-length': String(content.length) },
      lookup: guardedLookup(allowPrivate, secure),
    })
    request.on('error', reject)
    request.on('close', () => {
      clearTimeout(timer)
      // Nothing, when it was answered.
      reject(new Error('the connection was closed'))
    })
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      const done = (): void =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          text: Buffer.concat(parts).toString('utf8'),
        })
      response.on('data', (part: Buffer) => {
        parts.push(part)
        size += part.length
        // An endless answer is an answer all the same; the connection is not kept.
        if (size < mostRead) return
        done()
        response.destroy()
      })
      response.on('end', done)
      response.on('error', reject)
    })
    request.end(content)
  })
}

/** Resolves a name to addresses that may be connected to; without TLS only to those of our own network. */
function guardedLookup(allowPrivate: boolean, secure: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const fit = addresses.filter(({ address }) => (isPrivateAddress(address) ? allowPrivate : secure))
      const [first] = fit
      if (!first) return callback(new RefusedAddress(hostname), '', 0)
      if (options.all) return callback(null, fit)
      callback(null, first.address, first.family)
    })
  }
}

class TimedOut extends Error {
  readonly code = 'TIMED_OUT'
  constructor() {
    super('no answer in time')
    this.name = 'TimedOut'
  }
}

class RefusedAddress extends Error {
  readonly code = 'REFUSED_ADDRESS'
  constructor(hostname: string) {
    super(`${hostname} leads to an address that is not sent to`)
    this.name = 'RefusedAddress'
  }
}

function errorOf(status: number): Answer['error'] {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? 'redirect' : 'http'
}

function failureOf(failure: unknown): Answer['error'] {
  const { code = '' } = failure as { code?: string }
  if (code === 'TIMED_OUT') return 'timeout'
  if (code === 'REFUSED_ADDRESS') return 'private_address'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns'
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : 'connection'
}

function told(failure: unknown): string {
  return readable(failure instanceof Error ? failure.message : String(failure))
}

/** Text that can be kept and shown: no control characters, and not much of it. */
function readable(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/g, '')
    .slice(0, mostShown)
    .toWellFormed()
}
