import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Purpose } from '@ecluse/contracts/consents.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { canonicalJson, type ChainValue } from '../../../kernel/chain.ts'

/** A message as whoever carries it is asked to. */
export type CarriedText = {
  /** The same for each attempt of one message: whoever carries it sends it once. */
  readonly key: string
  /** E.164, or what names devices or a profile. */
  readonly to: string
  readonly text: string
  /** Of what has one: notifications. */
  readonly title: string
  /** Where it leads, when that is not in its text. */
  readonly link: string | null
  readonly partyId: string | null
  readonly purpose: Purpose
  readonly locale: Locale
}

/** Whoever carries short messages: one for each medium. */
export type TextProvider = {
  /** @throws TextRefused when it refused for good; anything else is tried again */
  send(message: CarriedText): Promise<{ reference: string | null }>
}

/** The number does not exist, or will never take this: trying again is no use. */
export class TextRefused extends Error {
  /** As a mail server says it (RFC 5321): one rule decides for all media. */
  readonly responseCode = 550

  constructor(reason: string) {
    super(reason)
    this.name = 'TextRefused'
  }
}

/** How long ago what is signed may have been: what was overheard cannot be sent again later. */
const freshMs = 5 * 60_000

/** The seal of what is exchanged: HMAC-SHA256, in hexadecimal, of the time, a dot, and the body as canonical JSON (RFC 8785). */
export function textSignature(secret: string, timestamp: string, body: ChainValue): string {
  return createHmac('sha256', secret)
    .update(`${timestamp}.${canonicalJson(body)}`)
    .digest('hex')
}

/** Whether a body was sealed with the secret, not long ago. */
export function isSealed(
  secret: string,
  { timestamp, signature, body }: { timestamp: string; signature: string; body: ChainValue },
  now: Date,
): boolean {
  const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : 0
  if (Math.abs(now.getTime() - at) > freshMs) return false
  const right = Buffer.from(textSignature(secret, timestamp, body))
  const given = Buffer.from(signature)
  return given.length === right.length && timingSafeEqual(given, right)
}

type HttpTextSettings = {
  readonly url: string
  readonly secret: string
  /** What is sent of a message, with whom it comes from. */
  readonly bodyOf: (message: CarriedText) => Readonly<Record<string, string>>
}

/**
 * Carries messages by an HTTP provider: a POST of what `bodyOf` makes of them, sealed, under an idempotency key. A refusal of 400, 404 or 422 is
 * for good; anything else, and a silence of ten seconds, is tried again under the same key.
 */
export function httpTexts({ url, secret, bodyOf }: HttpTextSettings, now: () => Date): TextProvider {
  return {
    async send(message) {
      const body = bodyOf(message)
      const timestamp = String(Math.floor(now().getTime() / 1_000))
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': message.key,
          'x-ecluse-timestamp': timestamp,
          'x-ecluse-signature': textSignature(secret, timestamp, body),
        },
        body: canonicalJson(body),
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      })
      const told = (await answer.text()).slice(0, 300)
      if ([400, 404, 422].includes(answer.status)) throw new TextRefused(`${answer.status} ${told}`)
      if (!answer.ok) throw new Error(`${answer.status} ${told}`)
      const { reference } = JSON.parse(told) as { reference?: unknown }
      if (typeof reference !== 'string' || reference === '') throw new Error('the answer has no reference')
      return { reference }
    },
  }
}
