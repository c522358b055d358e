import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { lockParties } from '../queries/locks.ts'
import { survivorsOf } from '../queries/merges.ts'

/** How often it is looked again whom two parties were merged into meanwhile. */
const mostLooks = 5

/**
 * Locks whom two parties were merged into in the end; both stand by themselves until the transaction ends.
 * @throws customers.not_found, customers.already_one
 */
export async function lockRoots(tx: Tx, a: string, b: string): Promise<[string, string]> {
  for (let look = 0; look < mostLooks; look++) {
    const survivors = await survivorsOf(tx, [a, b])
    const [rootA, rootB] = [survivors.get(a), survivors.get(b)]
    if (rootA === undefined || rootB === undefined) throw refuse('customers.not_found')
    if (rootA === rootB) throw refuse('customers.already_one')
    const locked = await lockParties(tx, [rootA, rootB])
    if (locked.every(({ survivor_id }) => survivor_id === null)) return [rootA, rootB]
  }
  throw refuse('customers.already_one')
}
