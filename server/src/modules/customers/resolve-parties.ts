import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import {
  keysOf,
  keyText,
  matchParties,
  type Identity,
  type Key,
  type Match,
  type Singles,
} from './domain/match-parties.ts'
import { foldName, normaliseEmail, normalisePhone } from './domain/normalise.ts'
import { projectParties, recordIdentifications, type IdentificationRow } from './queries/identifications.ts'
import { lockKeys } from './queries/locks.ts'
import { giveKeys, insertParties, ownersOf, singlesOf, type OwnerRow } from './queries/parties.ts'

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
  readonly locale: Locale
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
  const identities = inputs.map(identityOf)
  const { matches, taken } = await match(ctx, tx, identities, strict)
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
  if (changed.size > 0) await projectParties(tx, [...changed], now)
  return matches.map((found) => found && { ...found, changed: changed.has(found.partyId) })
}

function identityOf({ name, email, phone, accountId, reference }: PartyInput): Identity {
  return {
    accountId: accountId ?? null,
    reference: reference?.trim() || null,
    email: email ? normaliseEmail(email) : null,
    phone: phone ? normalisePhone(phone) : null,
    foldedName: foldName(name),
  }
}

/** Reads first, and locks only the keys of identities that are not known by all their keys: most buyers come back. */
async function match(
  ctx: Ctx,
  tx: Tx,
  identities: readonly Identity[],
  strict: boolean,
): Promise<ReturnType<typeof matchParties>> {
  const keys = identities.flatMap(keysOf)
  const owners = ownerMap(keys.length > 0 ? await ownersOf(tx, keys) : [])
  const open = identities.filter((identity) => keysOf(identity).some((key) => !owners.has(keyText(key))))
  const unsettled: Key[] = open.flatMap(keysOf)
  if (unsettled.length > 0) for (const [key, owner] of ownerMap(await lockKeys(tx, unsettled))) owners.set(key, owner)
  const parties = [...new Set(owners.values())]
  const singles = new Map<string, Singles>()
  for (const row of parties.length > 0 ? await singlesOf(tx, parties) : [])
    singles.set(row.id, { accountId: row.account_id, reference: row.reference })
  return matchParties(identities, owners, singles, () => ctx.ids.next(), strict)
}

function ownerMap(rows: readonly OwnerRow[]): Map<string, string> {
  return new Map(rows.flatMap((row) => (row.party_id === null ? [] : [[keyText(row), row.party_id] as const])))
}

/** What an input says, but for identifiers that lead to another party: those are not this party's. */
function identificationsOf(
  ctx: Ctx,
  input: PartyInput,
  identity: Identity,
  { partyId, foreign }: Match,
  at: Date,
): IdentificationRow[] {
  const notTheirs = new Set<string>(foreign.map(({ kind }) => kind))
  const said: [IdentificationRow['kind'], string | null][] = [
    ['name', input.name.trim() || null],
    ['locale', input.locale],
    ['phone', identity.phone],
    ['email', identity.email],
    ['account', identity.accountId],
    ['reference', identity.reference],
    ['address', input.address ? JSON.stringify(input.address) : null],
  ]
  return said.flatMap(([kind, value]) =>
    value === null || notTheirs.has(kind)
      ? []
      : [{ partyId, id: ctx.ids.next(), kind, value, source: input.source, at }],
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
