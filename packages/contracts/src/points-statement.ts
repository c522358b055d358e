import type { PointMovement } from './loyalty.ts'

/** What became of the points of a purchase: still to come, active since an instant, or taken back before they were. */
export type PurchaseState =
  { readonly state: 'waiting' } | { readonly state: 'active'; readonly since: string } | { readonly state: 'gone' }

/** A movement as a member reads it; of a purchase, with what became of its points. */
export type StatementLine = { readonly movement: PointMovement; readonly purchase: PurchaseState | null }

/**
 * The statement of a member: the ledger books a purchase twice, as its points are earned and as they become active; a member reads it once,
 * with its state. What was booked too long ago to be among the movements is shown by what is.
 */
export function statementOf(movements: readonly PointMovement[]): StatementLine[] {
  const earned = new Set(movements.flatMap(({ cause, order }) => (cause === 'earned' && order ? [order.id] : [])))
  return movements
    .filter(({ cause, order }) => cause !== 'activated' || !order || !earned.has(order.id))
    .map((movement) => ({ movement, purchase: purchaseOf(movement, movements) }))
}

function purchaseOf({ cause, order }: PointMovement, movements: readonly PointMovement[]): PurchaseState | null {
  if (cause !== 'earned' || !order) return null
  const same = movements.filter((one) => one.order?.id === order.id)
  if (same.reduce((sum, { pending }) => sum + pending, 0) > 0) return { state: 'waiting' }
  const activated = same.find((one) => one.cause === 'activated')
  return activated ? { state: 'active', since: activated.at } : { state: 'gone' }
}
