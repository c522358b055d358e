import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { mergeParties } from '../identity/merge-parties.ts'
import { unmergeParty } from '../identity/unmerge-party.ts'
import { survivorsOf } from '../queries/merges.ts'
import { decideMatch, matchOf } from '../queries/matches.ts'

type Pair = { readonly partyId: string; readonly otherId: string }
export type Decision = 'merge' | 'not_same' | 'later' | 'reopen'

/**
 * Decides whether two customers are one. Taking a merge back puts the pair into the queue again; who is not the same is never
 * proposed again until somebody reopens it.
 * @throws customers.match_not_found, customers.match_decided when somebody was quicker, and what merging throws
 */
export async function settleMatch(ctx: Ctx, tx: Tx, pair: Pair, decision: Decision): Promise<void> {
  const match = await matchOf(tx, pair.partyId, pair.otherId)
  if (!match) throw refuse('customers.match_not_found')
  const by = { actor: actorLabel(ctx.actor), at: ctx.clock.now() }
  const to = ({ merge: 'merged', not_same: 'not_same', later: 'later', reopen: 'open' } as const)[decision]
  const from = decision === 'reopen' ? (['merged', 'not_same', 'later'] as const) : (['open', 'later'] as const)
  if (!(await decideMatch(tx, { ...pair, from, to }, by))) throw refuse('customers.match_decided')
  if (decision === 'merge')
    await mergeParties(ctx, tx, { survivorId: pair.partyId, absorbedId: pair.otherId, rule: 'staff' })
  if (decision === 'reopen' && match.state === 'merged') {
    const survivors = await survivorsOf(tx, [pair.otherId])
    if (survivors.get(pair.otherId) !== pair.otherId) await unmergeParty(ctx, tx, pair.otherId)
  }
}
