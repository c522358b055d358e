import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../../kernel/config.ts'

/** A link of a message to one person. */
export type FollowedLink = {
  readonly partyId: string
  readonly contactId: string
  /** Where it leads; empty: the link that nobody sees. */
  readonly href: string
}

const idBytes = 16
const macBytes = 16

/** Writes a link that leads through us. It names its own target, and only this server can write one: it leads nowhere else. */
export function writeLinkToken(config: Config, { partyId, contactId, href }: FollowedLink): string {
  const said = Buffer.concat([bytesOf(partyId), bytesOf(contactId), Buffer.from(href)])
  return Buffer.concat([macOf(config, said), said]).toString('base64url')
}

/** What a link says; null when it is none of ours. */
export function readLinkToken(config: Config, token: string): FollowedLink | null {
  const whole = Buffer.from(token, 'base64url')
  const said = whole.subarray(macBytes)
  if (said.length < 2 * idBytes || !timingSafeEqual(whole.subarray(0, macBytes), macOf(config, said))) return null
  return {
    partyId: idOf(said.subarray(0, idBytes)),
    contactId: idOf(said.subarray(idBytes, 2 * idBytes)),
    href: said.subarray(2 * idBytes).toString(),
  }
}

/** Half of the hash is more than anybody guesses, and keeps addresses short. */
function macOf({ sessionSecret }: Config, said: Buffer): Buffer {
  return createHmac('sha256', sessionSecret).update('followed link\0').update(said).digest().subarray(0, macBytes)
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
