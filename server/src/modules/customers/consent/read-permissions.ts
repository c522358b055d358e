import type { Config } from '../../../kernel/config.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { mayContact, type Contact, type Permission } from '../domain/may-contact.ts'
import { consentsOf, oppositionsAgainst } from '../queries/consents.ts'
import { isRestricted } from '../domain/is-restricted.ts'
import { restrictedAt } from '../queries/restrictions.ts'
import { fingerprintFor } from './fingerprints.ts'
import { chainsOf } from './read-consents.ts'

/** What one of many contacts would be: of a customer, told by everybody who is them, to one address. */
export type ContactOfMany = Omit<Contact, 'address'> & {
  readonly memberIds: readonly string[]
  readonly address: string
}

/**
 * Whether each of many contacts is permitted, in two statements for them all. It judges each as `permissionFor` does one.
 * @returns in the order they were asked
 */
export async function permissionsFor(
  config: Config,
  db: Queryable,
  questions: readonly ContactOfMany[],
): Promise<Permission[]> {
  const memberIds = [...new Set(questions.flatMap((question) => question.memberIds))]
  const fingerprints = questions.map(({ medium, address }) => fingerprintFor(config, medium, address))
  const known = fingerprints.filter((one) => one !== null)
  const [rows, oppositions, restrictions] = await Promise.all([
    consentsOf(db, memberIds),
    oppositionsAgainst(db, known),
    restrictedAt(db, memberIds),
  ])
  const rowsOf = new Map<string, typeof rows>()
  for (const row of rows) {
    const chain = rowsOf.get(row.party_id)
    if (chain) chain.push(row)
    else rowsOf.set(row.party_id, [row])
  }
  const chainOf = new Map([...rowsOf].map(([partyId, chain]) => [partyId, chainsOf(chain).flat()]))
  const opposedBy = new Map<string, typeof oppositions>()
  for (const one of oppositions) {
    const key = one.fingerprint.toString('base64url')
    opposedBy.set(key, [...(opposedBy.get(key) ?? []), one])
  }
  return questions.map(({ memberIds: members, ...contact }, nth) => {
    const address = fingerprints[nth]?.toString('base64url')
    const { at, medium, purpose } = contact
    const opposed = (opposedBy.get(address ?? '') ?? []).some(
      (one) =>
        one.medium === medium &&
        one.purpose === purpose &&
        one.at <= at &&
        (one.lifted_at === null || one.lifted_at > at),
    )
    const chains = members.flatMap((id) => {
      const chain = chainOf.get(id)
      return chain ? [chain] : []
    })
    const theirs = restrictions.filter(({ party_id }) => members.includes(party_id))
    return mayContact(chains, opposed, { ...contact, address, restricted: isRestricted(theirs, at) })
  })
}
