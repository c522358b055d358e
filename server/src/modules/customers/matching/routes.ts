import type { Match } from '@ecluse/contracts/matching.ts'
import { matchingEndpoints as endpoints } from '@ecluse/contracts/matching.ts'
import { command } from '../../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { matchParties } from '../jobs/match-parties.ts'
import { pairView } from '../pair-view.ts'
import { listMatches, type MatchRow } from '../queries/matches.ts'
import { partiesByIds, type PartyRow } from '../queries/parties.ts'
import { settleMatch } from './decide-match.ts'

/** Customers that may be one: the queue, and what is decided of it. */
export const matchingRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'listMatches',
    endpoints.listMatches,
    async ({ db }, { query: { state, cursor, limit } }) => {
      const after = decodeCursor(cursor, [cursorPatterns.text, cursorPatterns.uuid, cursorPatterns.uuid])
      const rows = await listMatches(db, { state, after, limit: limit + 1 })
      const parties = await partiesByIds(db, [...new Set(rows.flatMap((row) => [row.party_id, row.other_id]))])
      const byId = new Map(parties.map((party) => [party.id, party]))
      return pageOf(
        rows,
        limit,
        (row) => matchView(row, byId),
        (row) => [String(row.probability), row.party_id, row.other_id],
      )
    },
  )

  implement(app, services, 'decideMatch', endpoints.decideMatch, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      await settleMatch(ctx, tx, { partyId: params.customerId, otherId: params.otherId }, body.decision)
      return {}
    }),
  )

  implement(app, services, 'findMatches', endpoints.findMatches, (ctx) =>
    command(ctx, async (tx) => {
      await enqueue(tx, matchParties, {}, { key: matchParties.name, keepRunAt: true })
      return {}
    }),
  )
}

function matchView(row: MatchRow, parties: ReadonlyMap<string, PartyRow>): Match {
  return { ...pairView(row, parties), probability: row.probability }
}
