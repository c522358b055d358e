import { createHmac } from 'node:crypto'
import { consentPurposes, media, type ConsentPurpose, type Medium } from '@ecluse/contracts/consents.ts'
import type { Config } from '../../../kernel/config.ts'
import { foldName, normaliseEmail, normalisePhone } from '../domain/normalise.ts'
import type { OppositionRow } from '../queries/consents.ts'

/** By which kind of address each medium reaches somebody. */
export const addressKind: Readonly<Partial<Record<Medium, 'email' | 'phone' | 'address'>>> = {
  email: 'email',
  sms: 'phone',
  phone: 'phone',
  letter: 'address',
  visit: 'address',
}

/**
 * What stands for an address where it may not be kept: it can be compared, and only by who has the server's secret. An address of
 * letters is its name, street and postal code, folded.
 */
export function fingerprintOf({ sessionSecret }: Config, kind: 'email' | 'phone' | 'address', value: string): Buffer {
  return createHmac('sha256', sessionSecret)
    .update(`address\0${kind}\0${normalised(kind, value)}`)
    .digest()
}

/** The fingerprint of an address of a medium; null for media that have none. */
export function fingerprintFor(config: Config, medium: Medium, value: string): Buffer | null {
  const kind = addressKind[medium]
  return kind === undefined ? null : fingerprintOf(config, kind, value)
}

function normalised(kind: 'email' | 'phone' | 'address', value: string): string {
  if (kind === 'email') return normaliseEmail(value)
  if (kind === 'phone') return normalisePhone(value) ?? value.replace(/\D/g, '')
  const { name, street, postalCode } = JSON.parse(value) as Record<string, string | undefined>
  return [name, street, postalCode].map((part) => foldName(part ?? '')).join('\n')
}

/** What is opposed when somebody refuses a medium and a purpose (null: all of them), for each of their addresses. */
export function oppositionsOf(
  config: Config,
  addresses: readonly { kind: 'email' | 'phone' | 'address'; value: string }[],
  medium: Medium | null,
  purpose: ConsentPurpose | null,
): OppositionRow[] {
  const refused = medium === null ? media : [medium]
  const of = purpose === null ? consentPurposes : [purpose]
  return refused.flatMap((one) =>
    addresses
      .filter(({ kind }) => kind === addressKind[one])
      .flatMap(({ kind, value }) => {
        const fingerprint = fingerprintOf(config, kind, value)
        return of.map((what): OppositionRow => ({ fingerprint, medium: one, purpose: what }))
      }),
  )
}
