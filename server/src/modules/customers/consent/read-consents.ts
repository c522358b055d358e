import {
  consentPurposes,
  media,
  type CustomerConsents,
  type Medium,
  type Preferences,
} from '@ecluse/contracts/consents.ts'
import { chainKey, checkChain } from '../../../kernel/chain.ts'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { lastWish, mayContact, type ConsentEntry, type Contact, type Permission } from '../domain/may-contact.ts'
import { addressesOf, consentsOf, isOpposed, type ConsentRow } from '../queries/consents.ts'
import { membersOf } from '../queries/merges.ts'
import { restrictedAt } from '../queries/restrictions.ts'
import { isRestricted } from '../domain/is-restricted.ts'
import { consentKey } from './append-consent.ts'
import { chainsByParty } from './chains.ts'
import { addressKind, fingerprintFor, fingerprintOf } from './fingerprints.ts'

type Content = {
  readonly source: string
  readonly wording: string | null
  readonly address: string | null
  readonly proof: Record<string, string>
  readonly preferences: Preferences | null
  readonly actor: string | null
}

/** What holds of who wished nothing. */
export const noWish: Preferences = { subjectsOff: [], frequency: 'any', pausedUntil: null }

/** What a contact would be, of a customer or of an address alone. */
export type ContactQuestion = Omit<Contact, 'address'> & {
  readonly partyId: string | null
  /** The e-mail, the telephone or the postal address, as JSON, it would go to. */
  readonly address?: string | null | undefined
}

/** Whether a contact is permitted, and what says so. Reads the chains of all who are one customer, and the list of oppositions. */
export async function permissionFor(config: Config, db: Queryable, question: ContactQuestion): Promise<Permission> {
  const { partyId, medium, purpose, at } = question
  if (purpose === 'service') return mayContact([], false, { medium, purpose, at })
  const members = partyId === null ? [] : await membersOf(db, partyId)
  const chains = chainsOf(await consentsOf(db, members))
  const given = question.address ? fingerprintFor(config, medium, question.address) : null
  const fingerprints = given ? [given] : await knownFingerprints(config, db, members, medium)
  const opposed = fingerprints.length > 0 && (await isOpposed(db, fingerprints, { medium, purpose, at }))
  const restricted = isRestricted(await restrictedAt(db, members), at)
  return mayContact(chains, opposed, { ...question, address: given?.toString('base64url'), restricted })
}

async function knownFingerprints(
  config: Config,
  db: Queryable,
  members: readonly string[],
  medium: Medium,
): Promise<Buffer[]> {
  const kind = addressKind[medium]
  if (members.length === 0 || kind === undefined) return []
  const known = await addressesOf(db, members)
  return known.filter((one) => one.kind === kind).map(({ value }) => fingerprintOf(config, kind, value))
}

/** Rows of consents, party after party, as they are replayed: one chain for each. */
export function chainsOf(rows: readonly ConsentRow[]): ConsentEntry[][] {
  return chainsByParty(rows).map((chain) => chain.map(entryOf))
}

function entryOf(row: ConsentRow): ConsentEntry {
  const { source, address, preferences } = JSON.parse(row.content) as Content
  const { id, act, medium, purpose, at } = row
  return { id, act, medium, purpose, at, source, address, preferences }
}

/**
 * What a customer allows at a moment, cell by cell, with every entry and whether the chains are what was written.
 * @throws customers.not_found
 */
export async function readConsents(ctx: Ctx, db: Queryable, partyId: string, at: Date): Promise<CustomerConsents> {
  const members = await membersOf(db, partyId)
  if (members.length === 0) throw refuse('customers.not_found')
  const rows = await consentsOf(db, members)
  const chains = chainsOf(rows)
  const cells: CustomerConsents['cells'] = []
  for (const medium of media)
    for (const purpose of consentPurposes) {
      const { allowed, reason, entry } = await permissionFor(ctx.config, db, { partyId, medium, purpose, at })
      cells.push({
        medium,
        purpose,
        allowed,
        reason,
        at: entry?.at.toISOString() ?? null,
        source: entry?.source ?? null,
      })
    }
  const key = chainKey(ctx.config.sessionSecret, consentKey)
  const wishes = chains.map((chain) => lastWish(chain, at)).filter((wish) => wish !== null)
  const latest = wishes.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  return {
    at: at.toISOString(),
    cells,
    preferences: latest?.preferences ?? noWish,
    entries: rows.toReversed().map((row) => {
      const { source, wording, proof, actor } = JSON.parse(row.content) as Content
      const { id, act, medium, purpose } = row
      return {
        id,
        memberId: row.party_id,
        act,
        medium,
        purpose,
        at: row.at.toISOString(),
        source,
        wording,
        proof,
        actor,
      }
    }),
    intact: chainsByParty(rows).every((chain) => checkChain(key, chain) === null && chain.every(sameAsContent)),
  }
}

/** What is read by column is what was sealed. */
export function sameAsContent(row: ConsentRow): boolean {
  const content = JSON.parse(row.content) as Record<string, unknown>
  return (
    content['party'] === row.party_id &&
    content['sequence'] === row.sequence &&
    content['id'] === row.id &&
    content['act'] === row.act &&
    content['medium'] === row.medium &&
    content['purpose'] === row.purpose &&
    content['at'] === row.at.toISOString()
  )
}
