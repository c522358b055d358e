import { createHmac, timingSafeEqual } from 'node:crypto'
import { consentPurposes, media, type ConsentPurpose, type Medium } from '@ecluse/contracts/consents.ts'
import type { Config } from '../../../kernel/config.ts'
import { refuse } from '../../../kernel/errors.ts'

/** What the links of messages carry: whom they were sent to, and what they may do. Nothing is kept of them. */
export type ConsentToken =
  | { readonly may: 'confirm'; readonly partyId: string; readonly entryId: string }
  | { readonly may: 'prefer'; readonly partyId: string; readonly medium: Medium; readonly purpose: ConsentPurpose }

/** Writes a token that only this server can write. */
export function writeToken(config: Config, token: ConsentToken): string {
  const text =
    token.may === 'confirm'
      ? `c.${token.partyId}.${token.entryId}`
      : `p.${token.partyId}.${token.medium}.${token.purpose}`
  return Buffer.from(`${text}.${signatureOf(config, text)}`).toString('base64url')
}

/** @throws customers.link_invalid when it is not one of ours, or may not do this */
export function readToken<May extends ConsentToken['may']>(
  config: Config,
  written: string,
  may: May,
): Extract<ConsentToken, { may: May }> {
  const parts = Buffer.from(written, 'base64url').toString('latin1').split('.')
  const signature = Buffer.from(parts.pop() ?? '')
  const right = Buffer.from(signatureOf(config, parts.join('.')))
  if (signature.length !== right.length || !timingSafeEqual(signature, right)) throw refuse('customers.link_invalid')
  const [kind, partyId = '', third = '', fourth = ''] = parts
  const medium = media.find((one) => one === third)
  const purpose = consentPurposes.find((one) => one === fourth)
  const token: ConsentToken | null =
    kind === 'c'
      ? { may: 'confirm', partyId, entryId: third }
      : medium && purpose
        ? { may: 'prefer', partyId, medium, purpose }
        : null
  if (token?.may !== may) throw refuse('customers.link_invalid')
  return token as Extract<ConsentToken, { may: May }>
}

function signatureOf({ sessionSecret }: Config, text: string): string {
  return createHmac('sha256', sessionSecret).update(`consent link\0${text}`).digest('base64url')
}
