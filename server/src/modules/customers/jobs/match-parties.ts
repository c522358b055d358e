import { inTransaction } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { job } from '../../../kernel/jobs.ts'
import { isSure } from '../domain/person-of-party.ts'
import { mergeParties } from '../identity/merge-parties.ts'
import { linkParties } from '../matching/link-parties.ts'
import { matchPartiesJob } from './names.ts'
import { keepProposals } from '../queries/households.ts'
import { comparedParties, decideMatch, dropStale, keepMatches } from '../queries/matches.ts'

/**
 * Compares all customers with each other each night, and when staff ask: merges what cannot be otherwise, queues what may be, and
 * proposes who may live together.
 */
export const matchParties = job({
  ...matchPartiesJob,
  schedule: '23 2 * * *',
  async run(ctx) {
    const { pairs, homes } = await linkParties(await comparedParties(ctx.db))
    const now = ctx.clock.now()
    await keepMatches(ctx.db, pairs, now)
    await dropStale(ctx.db, pairs)
    await inTransaction(ctx.db, (tx) => keepProposals(tx, homes, now))
    for (const { a, b, probability, reasons } of pairs) {
      if (!isSure(probability, reasons)) continue
      const [partyId, otherId] = a < b ? ([a, b] as const) : ([b, a] as const)
      await inTransaction(ctx.db, async (tx) => {
        // Whoever was told apart by somebody stays so.
        const pair = { partyId, otherId, from: ['open', 'later'], to: 'merged' } as const
        if (await decideMatch(tx, pair, { actor: null, at: now }))
          await mergeParties(ctx, tx, { survivorId: partyId, absorbedId: otherId, rule: 'exact' })
      }).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        ctx.log.warn({ err: error, partyId, otherId }, 'customers not merged')
      })
    }
  },
})
