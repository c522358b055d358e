import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { decideProposal, householdEventsOf, householdsOf, noteConfirmed, proposalOf } from '../queries/households.ts'
import { survivorsOf } from '../queries/merges.ts'
import { joinHousehold, leaveHousehold } from './change-household.ts'

type Pair = { readonly partyId: string; readonly otherId: string }
type Decision = 'confirm' | 'apart' | 'later' | 'reopen'

/**
 * Decides whether two customers live together. Taking it back takes out of the household whoever came into it by it, and puts the pair
 * into the queue again; of who lives apart it is never proposed again until somebody reopens it.
 * @throws customers.proposal_not_found, customers.match_decided when somebody was quicker, and what joining throws
 */
export async function settleProposal(ctx: Ctx, tx: Tx, pair: Pair, decision: Decision): Promise<void> {
  const proposal = await proposalOf(tx, pair.partyId, pair.otherId)
  if (!proposal) throw refuse('customers.proposal_not_found')
  const by = { actor: actorLabel(ctx.actor), at: ctx.clock.now() }
  const to = ({ confirm: 'confirmed', apart: 'apart', later: 'later', reopen: 'open' } as const)[decision]
  const from = decision === 'reopen' ? (['confirmed', 'apart', 'later'] as const) : (['open', 'later'] as const)
  if (!(await decideProposal(tx, { ...pair, from, to }, by))) throw refuse('customers.match_decided')
  if (decision === 'confirm') {
    const { eventIds } = await joinHousehold(ctx, tx, { ...pair, source: 'proposal' })
    await noteConfirmed(tx, { ...pair, eventIds })
  }
  if (decision === 'reopen' && proposal.state === 'confirmed') await takeBack(ctx, tx, pair, proposal.event_ids)
}

/** Whoever came by this proposal and was not heard of since leaves; who lived there before stays. */
async function takeBack(ctx: Ctx, tx: Tx, pair: Pair, eventIds: readonly string[]): Promise<void> {
  const roots = [...new Set((await survivorsOf(tx, [pair.partyId, pair.otherId])).values())]
  for (const root of roots) {
    const [last] = await householdEventsOf(tx, [root])
    if (last && eventIds.includes(last.id) && (await householdsOf(tx, [root])).has(root))
      await leaveHousehold(ctx, tx, { partyId: root, everybody: false, source: 'proposal' })
  }
}
