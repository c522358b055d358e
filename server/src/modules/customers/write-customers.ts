import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { normalisePhone } from './domain/normalise.ts'
import { setKinds } from './queries/parties.ts'
import { resolveParties, type PartyInput } from './resolve-parties.ts'
import { tellProfilesChanged } from './tell-changed.ts'

/** A customer as another system knows them. Their e-mail or that system's reference says who they are. */
export type CustomerInput = Omit<PartyInput, 'accountId' | 'source' | 'at'> & { readonly kind: 'person' | 'company' }

export type WrittenCustomer =
  | { readonly outcome: 'created' | 'updated' | 'unchanged'; readonly partyId: string }
  /**
   * `no_key`: neither e-mail nor reference; `invalid_phone`: not a telephone number; `email_of_another`: the reference is
   * one customer's and the e-mail another's. Nothing of that input is written.
   */
  | { readonly outcome: 'refused'; readonly reason: 'no_key' | 'invalid_phone' | 'email_of_another' }

/**
 * Writes customers, set-based, for imports. What an input leaves empty stays as it is; writing the same again changes
 * nothing.
 * @returns in the order of the inputs
 */
export async function writeCustomers(
  ctx: Ctx,
  tx: Tx,
  inputs: readonly CustomerInput[],
  source = 'import',
): Promise<WrittenCustomer[]> {
  const refusals = inputs.map(refusalOf)
  const accepted = inputs.filter((_input, index) => refusals[index] === null)
  const resolved = await resolveParties(
    ctx,
    tx,
    accepted.map((input) => ({ ...input, source })),
    { strict: true },
  )
  const kinds = resolved.flatMap((party, index) => {
    const kind = accepted[index]?.kind
    return party && kind && party.foreign.length === 0 ? [{ id: party.partyId, kind }] : []
  })
  const kindChanged = await setKinds(tx, kinds)
  await tellProfilesChanged(ctx, tx, kindChanged)
  let next = 0
  return refusals.map((reason): WrittenCustomer => {
    if (reason !== null) return { outcome: 'refused', reason }
    const party = resolved[next++]
    if (!party) return { outcome: 'refused', reason: 'no_key' }
    if (party.foreign.length > 0) return { outcome: 'refused', reason: 'email_of_another' }
    const changed = party.changed || kindChanged.has(party.partyId)
    return { outcome: party.created ? 'created' : changed ? 'updated' : 'unchanged', partyId: party.partyId }
  })
}

function refusalOf({ email, phone, reference }: CustomerInput): 'no_key' | 'invalid_phone' | null {
  if (!email?.trim() && !reference?.trim()) return 'no_key'
  return phone?.trim() && normalisePhone(phone) === null ? 'invalid_phone' : null
}
