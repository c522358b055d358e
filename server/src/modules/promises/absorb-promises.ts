import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../kernel/db.ts'
import { joinCommitted } from './queries/promises.ts'

/** A committed promise that becomes a part of another one of its pool. */
export type Absorption = { readonly poolId: string; readonly id: string; readonly intoId: string }

/** Joins committed promises to others of their pools, which then promise both; the pools stay as they are. */
export async function absorbPromises(tx: Tx, absorptions: readonly Absorption[]): Promise<void> {
  if (absorptions.length === 0) return
  const joined = await joinCommitted(tx, absorptions)
  assert(joined.length === absorptions.length, 'a committed promise is joined to a committed one')
}
