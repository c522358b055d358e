import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import type { PickupState } from './pickup-queries.ts'

/**
 * The order of work: late first, then what is promised soonest. What was handed over is shown latest first, and only since
 * the start of this till's day; a search (state null) shows what is open before what is done.
 */
export function sortPickups(items: readonly Fulfillment[], state: PickupState | null, now = new Date()): Fulfillment[] {
  if (state === 'handed_over') {
    const midnight = new Date(now).setHours(0, 0, 0, 0)
    return items
      .filter(({ closedAt }) => closedAt !== null && Date.parse(closedAt) >= midnight)
      .toSorted((a, b) => timeOf(b.closedAt) - timeOf(a.closedAt))
  }
  const isOpen = ({ state: its }: Fulfillment) => its === 'to_prepare' || its === 'ready'
  return items.toSorted(
    (a, b) =>
      Number(isOpen(b)) - Number(isOpen(a)) || Number(b.late) - Number(a.late) || timeOf(a.dueAt) - timeOf(b.dueAt),
  )
}

function timeOf(at: string | null): number {
  return at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at)
}
