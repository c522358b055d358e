import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../kernel/config.ts'
import { refuse } from '../../kernel/errors.ts'

/** What the link sent to a mailbox carries: the request it is for. Nothing is kept of it. */
export function writeLinkToken(config: Config, requestId: string): string {
  return Buffer.from(`${requestId}.${signatureOf(config, requestId)}`).toString('base64url')
}

/** @throws rights.link_invalid when it is not one of ours */
export function readLinkToken(config: Config, token: string): string {
  const [requestId = '', signature = ''] = Buffer.from(token, 'base64url').toString('latin1').split('.')
  const given = Buffer.from(signature)
  const right = Buffer.from(signatureOf(config, requestId))
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw refuse('rights.link_invalid')
  return requestId
}

function signatureOf({ sessionSecret }: Config, requestId: string): string {
  return createHmac('sha256', sessionSecret).update(`rights link\0${requestId}`).digest('base64url')
}
