import type { Queryable } from '../../../kernel/db.ts'
import { readContactPolicy } from './contact-policy.ts'
import { isHeldOut } from './domain/draw.ts'

/** Whether chance keeps a customer, given by everybody who is this one, from all that is tried on customers. */
export async function isHeldOutOfAll(db: Queryable, memberIds: readonly string[]): Promise<boolean> {
  const { heldOutPercent } = await readContactPolicy(db)
  return isHeldOut(null, heldOutPercent, memberIds)
}
