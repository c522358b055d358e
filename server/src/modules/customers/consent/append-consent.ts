import type { ConsentPurpose, Medium, Preferences, WordingVersion } from '@ecluse/contracts/consents.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { chainKey, sealLink } from '../../../kernel/chain.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { lockParty } from '../queries/locks.ts'
import { addressesOf, insertConsent, lastConsent, setOppositions, type ConsentRow } from '../queries/consents.ts'
import { fingerprintFor, oppositionsOf } from './fingerprints.ts'

export type ConsentInput = {
  readonly partyId: string
  readonly act: ConsentRow['act']
  /** Null: of all media, of all purposes. */
  readonly medium: Medium | null
  readonly purpose: ConsentPurpose | null
  /** Where it was said: newsletter, preferences, unsubscribe, staff … */
  readonly source: string
  readonly wording: WordingVersion | null
  readonly locale: Locale
  /** What shows that it was said: form, order, network address without its end. */
  readonly proof: Readonly<Record<string, string>>
  /** The address it is said of; kept as a fingerprint, and in clear only until a question is answered. */
  readonly address?: string | null
  readonly preferences?: Preferences | null
}

/** The purpose of the key that signs consents. */
export const consentKey = 'consent'

/**
 * Adds an entry to a party's chain of consents. A refusal also goes to the list of oppositions, for each address known of the
 * party, and stays there whatever becomes of the party; a yes takes the address it was given for off it.
 * @returns the entry's id
 * @throws customers.not_found
 */
export async function appendConsent(ctx: Ctx, tx: Tx, input: ConsentInput): Promise<string> {
  const { partyId, act, medium, purpose, source, preferences } = input
  if (!(await lockParty(tx, partyId))) throw refuse('customers.not_found')
  const last = await lastConsent(tx, partyId)
  const at = ctx.clock.now()
  const row = { party_id: partyId, sequence: (last?.sequence ?? 0) + 1, id: ctx.ids.next(), act, medium, purpose, at }
  const address = input.address && medium ? fingerprintFor(ctx.config, medium, input.address) : null
  const content = {
    party: partyId,
    sequence: row.sequence,
    id: row.id,
    act,
    medium,
    purpose,
    at: at.toISOString(),
    source,
    wording: input.wording,
    locale: input.locale,
    address: address?.toString('base64url') ?? null,
    proof: input.proof,
    preferences: preferences ?? null,
    actor: actorLabel(ctx.actor),
  }
  const link = sealLink(chainKey(ctx.config.sessionSecret, consentKey), content, last?.hash ?? null)
  await insertConsent(tx, { ...row, ...link }, act === 'asked' ? (input.address ?? null) : null)
  await keepOppositions(ctx, tx, input, at)
  const payload = { partyId, consentId: row.id, act, medium, purpose }
  await publish(tx, ctx, [{ type: `customers.consent_${act}`, version: 1, aggregateId: partyId, payload }])
  return row.id
}

async function keepOppositions(ctx: Ctx, tx: Tx, input: ConsentInput, at: Date): Promise<void> {
  const { partyId, act, medium, purpose, source } = input
  if (act !== 'withdrawn' && act !== 'granted') return
  const known = await addressesOf(tx, [partyId])
  // A yes counts for the address it was given for; without one, for those of the party.
  const concerned =
    act === 'granted' && input.address ? known.filter(({ value }) => sameAddress(value, input.address ?? '')) : known
  const rows = oppositionsOf(ctx.config, concerned, medium, purpose)
  await setOppositions(tx, rows, { at, source, opposed: act === 'withdrawn' })
}

function sameAddress(known: string, given: string): boolean {
  return known.toLowerCase() === given.trim().toLowerCase()
}
