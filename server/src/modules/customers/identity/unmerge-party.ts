import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { branchesUnder } from '../domain/merge-tree.ts'
import { regroupHouseholds } from '../households/change-household.ts'
import { learntOf, projectParties } from '../queries/identifications.ts'
import { lockParties } from '../queries/locks.ts'
import { branchesOf, insertMerge, survivorsOf, takeOut } from '../queries/merges.ts'
import { markShared } from './mark-shared.ts'

/** How often it is looked again whom a party was merged into meanwhile. */
const mostLooks = 5

/**
 * Takes one merge back: the party stands by itself again, with those that had been merged into it before. What was learned since
 * is with whom its identifiers lead to, for that is where it was written.
 * @returns whom it was merged into
 * @throws customers.not_found, customers.not_merged
 */
export async function unmergeParty(ctx: Ctx, tx: Tx, partyId: string, note: string | null = null): Promise<string> {
  for (let look = 0; look < mostLooks; look++) {
    const root = (await survivorsOf(tx, [partyId])).get(partyId)
    if (root === undefined) throw refuse('customers.not_found')
    if (root === partyId) throw refuse('customers.not_merged')
    const locked = await lockParties(tx, [root, partyId])
    const party = locked.find(({ id }) => id === partyId)
    if (party?.survivor_id !== root || locked.some(({ id, survivor_id }) => id === root && survivor_id !== null))
      continue
    const now = ctx.clock.now()
    await takeOut(tx, partyId, branchesUnder(partyId, await branchesOf(tx, root)))
    await insertMerge(tx, {
      absorbed_id: partyId,
      id: ctx.ids.next(),
      act: 'unmerged',
      survivor_id: root,
      rule: 'staff',
      note,
      actor: actorLabel(ctx.actor),
      at: now,
    })
    await countDevicesAgain(tx, [root, partyId], now)
    await projectParties(tx, [root, partyId], now)
    await regroupHouseholds(ctx, tx, [root, partyId])
    const payload = { survivorId: root, absorbedId: partyId }
    await publish(tx, ctx, [{ type: 'customers.parties_unmerged', version: 1, aggregateId: root, payload }])
    return root
  }
  throw refuse('customers.not_merged')
}

/** A device of one customer may be one of two, now that they are: it leads to neither, as if they had never been one. */
async function countDevicesAgain(tx: Tx, roots: readonly string[], now: Date): Promise<void> {
  const under = await Promise.all(roots.map((root) => branchesOf(tx, root)))
  const learnt = await learntOf(tx, [...roots, ...under.flat().map(({ id }) => id)])
  const devices = learnt.filter(({ kind }) => kind === 'device')
  const rows = devices.map(({ party_id, kind, value }) => ({ partyId: party_id, kind, value }))
  await markShared(tx, rows, new Set(), new Map(), now)
}
