import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { doubtfulContacts, markDoubtful } from './queries/doubts.ts'
import { countOn } from './queries/counts.ts'
import { lockContacts, lockJourneys } from './queries/locks.ts'

const batchSize = 200

/**
 * Contacts that were handed to the messages count as sent; where nobody knows whether the message left, they are uncertain too, until
 * whoever carries it tells. What they cost stays spent and when they were sent stays known: should it have left, nothing is counted twice.
 * @returns how many became uncertain
 */
export async function doubtContacts(ctx: Ctx): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const found = await doubtfulContacts(tx, batchSize)
    if (found.length === 0) return 0
    // In the order in which events lock them: what is told meanwhile comes before or after, whole.
    await lockJourneys(
      tx,
      found.map(({ journey_id }) => journey_id),
    )
    await lockContacts(tx, found)
    const doubted = await markDoubtful(tx, found)
    await countOn(
      tx,
      doubted.flatMap(({ journey_id: journeyId, node_id: nodeId }) => {
        const at = { journeyId, nodeId, what: 'contact' as const }
        return [
          { ...at, key: 'sent', n: -1 },
          { ...at, key: 'unknown', n: 1 },
        ]
      }),
    )
    return doubted.length
  })
}
