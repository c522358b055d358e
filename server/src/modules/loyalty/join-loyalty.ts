import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { assert } from '../../kernel/assert.ts'
import { refuse } from '../../kernel/errors.ts'
import { giveCard, membersOf, partyById, survivorsOf } from '../customers/public.ts'
import { cardNumberOf } from './domain/card-number.ts'
import { insertMembership, membershipsOf } from './queries/members.ts'
import { currentProgramme } from './queries/programmes.ts'

/**
 * Makes a customer a member and gives them a card, which from then on identifies them; who is a member stays what they are.
 * @param partyId anybody who is this customer; the membership is theirs, also after a merge is taken back
 * @returns whom they count as
 * @throws customers.not_found, loyalty.no_programme
 */
export async function joinLoyalty(
  ctx: Ctx,
  tx: Tx,
  { partyId, channelCode, source }: { partyId: string; channelCode: string | null; source: string },
): Promise<string> {
  const customer = await partyById(tx, partyId)
  if (!customer) throw refuse('customers.not_found')
  if (!(await currentProgramme(tx))) throw refuse('loyalty.no_programme')
  const members = await membersOf(tx, partyId)
  if ((await membershipsOf(tx, members)).length > 0) return customer.id
  const number = cardNumberOf(ctx.ids.secret())
  const joined = await insertMembership(tx, {
    party_id: partyId,
    card_number: number,
    joined_at: ctx.clock.now(),
    channel_code: channelCode,
    actor: actorLabel(ctx.actor),
    tier: null,
  })
  // Somebody else was quicker: their card is the one.
  if (!joined) return customer.id
  // One in ten thousand million: rather stop than give somebody another's card.
  assert(await giveCard(ctx, tx, { partyId, number, source, channelCode }), 'a new card is nobody’s')
  const survivors = await survivorsOf(tx, [partyId])
  return survivors.get(partyId) ?? partyId
}
