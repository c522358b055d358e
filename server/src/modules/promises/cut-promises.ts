import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../kernel/db.ts'
import { cutCommitted } from './queries/promises.ts'

/** A part of a committed promise, to be settled by itself: what leaves today of what leaves in two parcels. */
export type Cut = { readonly poolId: string; readonly id: string; readonly partId: string; readonly quantity: bigint }

/** Cuts parts off committed promises; together they still promise what they did. Fewer units than the promise has, each. */
export async function cutPromises(tx: Tx, cuts: readonly Cut[]): Promise<void> {
  if (cuts.length === 0) return
  const made = await cutCommitted(tx, cuts)
  assert(made.length === cuts.length, 'a part is cut off a committed promise of more')
}
