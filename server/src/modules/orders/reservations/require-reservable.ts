import { may, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { lockReservation } from '../queries/locks.ts'
import { refuse } from '../../../kernel/errors.ts'
import { selectPolicies } from '../queries/reservations.ts'

/**
 * Visitors may not make a reservation larger than its shop allows, by way of its cart.
 * @throws orders.reservation_limit
 */
export async function requireReservable(
  ctx: Ctx,
  tx: Tx,
  cartId: string,
  lines: readonly { quantity: number }[],
): Promise<void> {
  if (may(ctx.actor, 'orders:read')) return
  const row = await lockReservation(tx, cartId)
  if (!row || row.ended_at) return
  const [policy] = await selectPolicies(tx, row.site_id)
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (policy && units > policy.mostUnits)
    throw refuse('orders.reservation_limit', { kind: 'units', most: policy.mostUnits })
}
