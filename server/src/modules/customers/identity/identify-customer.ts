import type { IdentifyInput } from '@ecluse/contracts/customers.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { externalKinds, type ExternalKey } from '../domain/match-parties.ts'
import { noteStoreVisit } from '../interactions/note-store-visit.ts'
import { survivorsOf } from '../queries/merges.ts'
import { resolveParties } from '../resolve-parties.ts'

/**
 * Notes that somebody was seen, with all that says who they are: a card at a till, an application's sign-in, a form, a device
 * nobody knows yet. Who is known is found; what is new of them is kept; what their device did before comes along.
 * A card that was shown is a visit to a shop, one for a day.
 * @throws customers.nothing_identifies when no identifier leads to anybody: a telephone without a name, a tablet that several share
 */
export async function identifyCustomer(
  ctx: Ctx,
  tx: Tx,
  input: IdentifyInput,
): Promise<{ customerId: string; created: boolean }> {
  const valueOf = (kind: string): string | null => input.identifiers.find((one) => one.kind === kind)?.value ?? null
  const external = input.identifiers.flatMap(({ kind, value }): ExternalKey[] => {
    const known = externalKinds.find((one) => one === kind)
    return known ? [{ kind: known, value }] : []
  })
  const [found] = await resolveParties(ctx, tx, [
    {
      name: input.name ?? '',
      email: valueOf('email'),
      phone: valueOf('phone'),
      reference: valueOf('reference'),
      external,
      address: input.address,
      locale: input.locale,
      channelCode: input.channelCode,
      source: input.source,
      at: input.at ? new Date(input.at) : undefined,
    },
  ])
  if (!found) throw refuse('customers.nothing_identifies')
  if (external.some(({ kind }) => kind === 'card')) {
    const at = input.at ? new Date(input.at) : undefined
    await noteStoreVisit(ctx, tx, { partyId: found.partyId, channelCode: input.channelCode ?? null, at })
  }
  const survivors = await survivorsOf(tx, [found.partyId])
  return { customerId: survivors.get(found.partyId) ?? found.partyId, created: found.created }
}
