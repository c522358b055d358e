/** Numbers and names by which others know somebody; each leads to one person, but for a device, which may go round a family. */
export const externalKinds = ['card', 'marketplace', 'social', 'device'] as const
export type ExternalKind = (typeof externalKinds)[number]
export type ExternalKey = { readonly kind: ExternalKind; readonly value: string }

/** What is known of someone, normalised. */
export type Identity = {
  readonly accountId: string | null
  readonly email: string | null
  /** Whether too many people have the e-mail for it to say who somebody is. */
  readonly emailShared?: boolean
  /** An external system's own number for them. */
  readonly reference: string | null
  /** E.164. */
  readonly phone: string | null
  /** Folded name, compared only together with the telephone or with an e-mail that many have. */
  readonly foldedName: string
  readonly external?: readonly ExternalKey[]
}

export type Key = {
  readonly kind: 'account' | 'email' | 'reference' | 'phone_name' | 'email_name' | ExternalKind
  readonly value: string
}

/** A key as text, for maps. */
export function keyText({ kind, value }: Key): string {
  return `${kind} ${value}`
}

/**
 * The keys that lead from an identity to a party, strongest first. A telephone is shared by a household: it counts only
 * with the name, and only when nothing better is known; so does an e-mail that many people have. A device leads somewhere only
 * when nothing else is known. Empty when nothing leads anywhere.
 */
export function keysOf(identity: Identity): Key[] {
  const { accountId, email, emailShared, reference, phone, foldedName, external = [] } = identity
  const keys: Key[] = []
  if (accountId !== null) keys.push({ kind: 'account', value: accountId })
  if (reference !== null) keys.push({ kind: 'reference', value: reference })
  keys.push(...external.filter(({ kind }) => kind !== 'device'))
  if (email !== null)
    keys.push(emailShared ? { kind: 'email_name', value: `${email} ${foldedName}` } : { kind: 'email', value: email })
  if (keys.length === 0 && phone !== null) keys.push({ kind: 'phone_name', value: `${phone} ${foldedName}` })
  if (keys.length === 0) keys.push(...external)
  return keys
}

/** What a party already has of which there can be only one. */
export type Singles = { readonly accountId: string | null; readonly reference: string | null }

export type Match = {
  readonly partyId: string
  readonly created: boolean
  /** Keys of the identity that lead to another party: they stay there. When matching is strict, nothing else is done. */
  readonly foreign: readonly Key[]
}

/**
 * Decides which party each identity is, and which keys are newly taken. Two parties are never merged: the strongest key
 * that is known decides, and an e-mail leads to a party only if that party has no other account and no other reference.
 * A party keeps its first reference.
 *
 * @param owners the party each key leads to already; changed in place as identities are decided, in order
 * @param singles account and reference of the parties in `owners`; changed in place
 * @param strict whether an identity some of whose keys lead elsewhere is left alone altogether
 */
export function matchParties(
  identities: readonly Identity[],
  owners: Map<string, string>,
  singles: Map<string, Singles>,
  newId: () => string,
  strict = false,
): { matches: (Match | null)[]; taken: { key: Key; partyId: string }[] } {
  const taken: { key: Key; partyId: string }[] = []
  const matches = identities.map((identity): Match | null => {
    const keys = keysOf(identity)
    if (keys.length === 0) return null
    const known = keys
      .map(({ kind, value }) => ({ kind, owner: owners.get(keyText({ kind, value })) }))
      .find(({ kind, owner }) => owner !== undefined && leads(kind, identity, singles.get(owner)))?.owner
    const partyId = known ?? newId()
    const before = singles.get(partyId)
    const foreign = keys.filter(
      (key) =>
        (owners.get(keyText(key)) ?? partyId) !== partyId ||
        (key.kind === 'reference' && !compatible(key.value, before?.reference ?? null)),
    )
    if (strict && foreign.length > 0) return { partyId, created: false, foreign }
    for (const key of keys) {
      if (owners.has(keyText(key)) || foreign.includes(key)) continue
      owners.set(keyText(key), partyId)
      taken.push({ key, partyId })
    }
    singles.set(partyId, {
      accountId: before?.accountId ?? identity.accountId,
      reference: before?.reference ?? identity.reference,
    })
    return { partyId, created: known === undefined, foreign }
  })
  return { matches, taken }
}

/** Whether a key of this kind leads to a party that has these: nothing stronger that was given may say otherwise. */
function leads(kind: Key['kind'], identity: Identity, singles: Singles | undefined): boolean {
  if (singles === undefined || kind === 'account') return true
  if (!compatible(identity.accountId, singles.accountId)) return false
  return kind === 'reference' || compatible(identity.reference, singles.reference)
}

function compatible(given: string | null, held: string | null): boolean {
  return given === null || held === null || given === held
}
