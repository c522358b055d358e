import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import {
  keysOf,
  keyText,
  matchParties,
  type ExternalKey,
  type Identity,
  type Key,
  type Match,
  type Singles,
} from './domain/match-parties.ts'
import { foldName, normaliseEmail, normalisePhone } from './domain/normalise.ts'
import { joinDevices } from './identity/join-devices.ts'
import { markShared } from './identity/mark-shared.ts'
import { projectParties, recordIdentifications, type IdentificationRow } from './queries/identifications.ts'
import { lockKeys } from './queries/locks.ts'
import { giveKeys, insertParties, ownersOf, singlesOf, type OwnerRow } from './queries/parties.ts'
import { tellProfilesChanged } from './tell-changed.ts'

/** What someone said of themself, as they said it. */
export type PartyInput = {
  readonly kind?: 'person' | 'company' | undefined
  readonly name: string
  readonly email?: string | null | undefined
  /** Any way of writing it; numbers that are none are left out. */
  readonly phone?: string | null | undefined
  readonly accountId?: string | null | undefined
  /** An external system's own number for them. */
  readonly reference?: string | null | undefined
  readonly address?: PostalAddress | null | undefined
  /** Loyalty card, device, what a network or a marketplace calls them. */
  readonly external?: readonly ExternalKey[] | undefined
  readonly locale: Locale
  /** The channel it was said in. */
  readonly channelCode?: string | null | undefined
  /** Where this comes from: `order`, `import`, … */
  readonly source: string
  /** When it was said; now unless given. */
  readonly at?: Date | undefined
}

export type ResolvedParty = Match & {
  /** Whether anything new was learned of a party that was known. */
  readonly changed: boolean
}

/**
 * Finds or makes the party of each input, and records what is new of them, in a fixed number of statements. Two parties
 * are never merged; the same input again changes nothing; two transactions at once with one new address make one party.
 * Parties of which something new was learned are locked until the transaction ends.
 *
 * @param options.strict whether an input is left alone when its identifiers lead to two parties (see `foreign`); else the
 *   strongest decides and the others stay where they are
 * @returns in the order of the inputs; null for who gave neither account, reference, e-mail nor telephone
 */
export async function resolveParties(
  ctx: Ctx,
  tx: Tx,
  inputs: readonly PartyInput[],
  { strict = false } = {},
): Promise<(ResolvedParty | null)[]> {
  const { identities, matches, taken } = await match(ctx, tx, inputs.map(identityOf), strict)
  await giveKeys(tx, taken)
  const now = ctx.clock.now()
  const created = new Map<string, { id: string; kind: 'person' | 'company'; name: string; locale: Locale }>()
  const rows: IdentificationRow[] = []
  inputs.forEach((input, index) => {
    const found = matches[index]
    const identity = identities[index]
    if (!found || !identity || (strict && found.foreign.length > 0)) return
    const { partyId } = found
    if (found.created)
      created.set(partyId, { id: partyId, kind: input.kind ?? 'person', name: input.name, locale: input.locale })
    rows.push(...identificationsOf(ctx, input, identity, found, input.at ?? now))
  })
  await insertParties(tx, [...created.values()], now)
  const changed = await recordIdentifications(tx, withoutRepeats(rows))
  if (changed.size > 0) {
    await projectParties(tx, [...changed], now)
    await markShared(tx, rows, changed, created, now)
    await joinDevices(ctx, tx, identities, matches)
    await tellProfilesChanged(ctx, tx, changed)
  }
  return matches.map((found) => found && { ...found, changed: changed.has(found.partyId) })
}

function identityOf({ name, email, phone, accountId, reference, external }: PartyInput): Identity {
  return {
    accountId: accountId ?? null,
    reference: reference?.trim() || null,
    email: email ? normaliseEmail(email) : null,
    phone: phone ? normalisePhone(phone) : null,
    foldedName: foldName(name),
    ...(external && external.length > 0 ? { external } : {}),
  }
}

/** Reads first, and locks only the keys of identities that are not known by all their keys: most buyers come back. */
async function match(
  ctx: Ctx,
  tx: Tx,
  given: readonly Identity[],
  strict: boolean,
): Promise<ReturnType<typeof matchParties> & { identities: readonly Identity[] }> {
  const asked = given.flatMap(keysOf)
  const found = asked.length > 0 ? await ownersOf(tx, asked) : []
  const owners = ownerMap(found)
  const identities = withoutShared(given, found)
  if (identities !== given)
    for (const [key, owner] of ownerMap(await ownersOf(tx, identities.flatMap(keysOf)))) owners.set(key, owner)
  const open = identities.filter((identity) => keysOf(identity).some((key) => !owners.has(keyText(key))))
  const unsettled: Key[] = open.flatMap(keysOf)
  if (unsettled.length > 0) for (const [key, owner] of ownerMap(await lockKeys(tx, unsettled))) owners.set(key, owner)
  const parties = [...new Set(owners.values())]
  const singles = new Map<string, Singles>()
  for (const row of parties.length > 0 ? await singlesOf(tx, parties) : [])
    singles.set(row.id, { accountId: row.account_id, reference: row.reference })
  return { identities, ...matchParties(identities, owners, singles, () => ctx.ids.next(), strict) }
}

function ownerMap(rows: readonly OwnerRow[]): Map<string, string> {
  return new Map(
    rows.flatMap((row) => (row.party_id === null || row.shared ? [] : [[keyText(row), row.party_id] as const])),
  )
}

/** An e-mail that many people have leads to one of them with a name only. A device that several have leads nowhere. */
function withoutShared(identities: readonly Identity[], found: readonly OwnerRow[]): readonly Identity[] {
  const shared = new Set(found.filter((row) => row.shared).map(keyText))
  if (shared.size === 0) return identities
  return identities.map((identity) => ({
    ...identity,
    emailShared: identity.email !== null && shared.has(keyText({ kind: 'email', value: identity.email })),
    external: (identity.external ?? []).filter((key) => !shared.has(keyText(key))),
  }))
}

/** What an input says, but for identifiers that lead to another party: those are not this party's. */
function identificationsOf(
  ctx: Ctx,
  input: PartyInput,
  identity: Identity,
  { partyId, foreign }: Match,
  at: Date,
): IdentificationRow[] {
  const notTheirs = new Set<string>(foreign.map(({ kind }) => (kind === 'email_name' ? 'email' : kind)))
  const said: [IdentificationRow['kind'], string | null][] = [
    ['name', input.name.trim() || null],
    ['locale', input.locale],
    ['phone', identity.phone],
    ['email', identity.email],
    ['account', identity.accountId],
    ['reference', identity.reference],
    ['address', input.address ? JSON.stringify(input.address) : null],
    ...(input.external ?? []).map(({ kind, value }) => [kind, value] as [IdentificationRow['kind'], string]),
  ]
  return said.flatMap(([kind, value]) =>
    value === null || notTheirs.has(kind)
      ? []
      : [
          {
            partyId,
            id: ctx.ids.next(),
            kind,
            value,
            source: input.source,
            channelCode: input.channelCode ?? null,
            at,
          },
        ],
  )
}

/** In the order of time, what one input repeats after another is said once. */
function withoutRepeats(rows: readonly IdentificationRow[]): IdentificationRow[] {
  const last = new Map<string, string>()
  return [...rows]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .filter(({ partyId, kind, value }) => {
      const slot = `${partyId} ${kind}`
      const repeated = last.get(slot) === value
      last.set(slot, value)
      return !repeated
    })
}
