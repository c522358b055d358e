import { may, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { lockReservation } from '../queries/locks.ts'
import { refuse } from '../../../kernel/errors.ts'
import { selectPolicies, type ReservationRow } from '../queries/reservations.ts'

/** The reservation a cart belongs to, while it is open. The caller has the cart's lock. */
export async function openReservationOf(tx: Tx, cartId: string): Promise<ReservationRow | undefined> {
  const row = await lockReservation(tx, cartId)
  return row?.ended_at ? undefined : row
}

/**
 * Visitors may not make a reservation larger than its shop allows, by way of its cart.
 * @throws orders.reservation_limit
 */
export async function requireReservable(
  ctx: Ctx,
  tx: Tx,
  { site_id: siteId }: ReservationRow,
  lines: readonly { quantity: number }[],
): Promise<void> {
  if (may(ctx.actor, 'orders:read')) return
  const [policy] = await selectPolicies(tx, siteId)
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (policy && units > policy.mostUnits)
    throw refuse('orders.reservation_limit', { kind: 'units', most: policy.mostUnits })
}
