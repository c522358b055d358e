import { householdEndpoints as endpoints, type HouseholdProposal } from '@ecluse/contracts/households.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { pairView } from '../pair-view.ts'
import { listProposals, type ProposalRow } from '../queries/households.ts'
import { partiesByIds, type PartyRow } from '../queries/parties.ts'
import { noteRead } from '../reads/note-read.ts'
import { joinHousehold, leaveHousehold } from './change-household.ts'
import { settleProposal } from './decide-proposal.ts'
import { readHousehold } from './read-household.ts'

/** Who lives with whom: what is proposed, and what somebody says. */
export const householdRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'listHouseholdProposals',
    endpoints.listHouseholdProposals,
    async ({ db }, { query: { state, cursor, limit } }) => {
      const after = decodeCursor(cursor, [cursorPatterns.text, cursorPatterns.uuid, cursorPatterns.uuid])
      const rows = await listProposals(db, { state, after, limit: limit + 1 })
      const parties = await partiesByIds(db, [...new Set(rows.flatMap((row) => [row.party_id, row.other_id]))])
      const byId = new Map(parties.map((party) => [party.id, party]))
      return pageOf(
        rows,
        limit,
        (row) => proposalView(row, byId),
        (row) => [String(row.score), row.party_id, row.other_id],
      )
    },
  )

  implement(
    app,
    services,
    'decideHouseholdProposal',
    endpoints.decideHouseholdProposal,
    (ctx, { params: { customerId, otherId }, body }) =>
      command(ctx, async (tx) => {
        await settleProposal(ctx, tx, { partyId: customerId, otherId }, body.decision)
        return {}
      }),
  )

  implement(
    app,
    services,
    'getCustomerHousehold',
    endpoints.getCustomerHousehold,
    (ctx, { params: { customerId } }) => {
      noteRead(ctx, customerId, 'profile')
      return readHousehold(ctx.db, customerId)
    },
  )

  implement(app, services, 'joinHousehold', endpoints.joinHousehold, (ctx, { params: { customerId }, body }) =>
    command(ctx, async (tx) => {
      const pair = { partyId: customerId, otherId: body.otherId, source: 'staff' } as const
      const { householdId } = await joinHousehold(ctx, tx, pair)
      return { householdId }
    }),
  )

  implement(app, services, 'leaveHousehold', endpoints.leaveHousehold, (ctx, { params: { customerId }, body }) =>
    command(ctx, async (tx) => {
      await leaveHousehold(ctx, tx, { partyId: customerId, everybody: body.everybody, source: 'staff' })
      return {}
    }),
  )
}

function proposalView(row: ProposalRow, parties: ReadonlyMap<string, PartyRow>): HouseholdProposal {
  return { ...pairView(row, parties), score: row.score }
}
