import type { DatedWindow } from '@ecluse/contracts/windows.ts'
import { requireSite, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { changeCapacity, lockPools } from '../promises/public.ts'
import { selectCalendar, selectWindow, siteOfPlace, updateWindows, type WindowRow } from './queries/windows.ts'

type Change = {
  closed?: boolean | undefined
  capacity?: number | undefined
  overbook: boolean
  reason?: string | undefined
}

/**
 * Closes or opens one window, or changes how many deliveries it takes. Below what is taken only on purpose, and with a reason: nothing
 * is sold in it any more then, and what was promised stays promised.
 *
 * @throws fulfillment.window_not_found, fulfillment.below_taken, fulfillment.reason_required, access.wrong_site
 */
export async function changeWindow(ctx: Ctx, tx: Tx, windowId: string, change: Change): Promise<DatedWindow> {
  const found = await selectWindow(tx, windowId)
  if (!found) throw refuse('fulfillment.window_not_found')
  const site = await siteOfPlace(tx, found.place_id)
  if (site) requireSite(ctx.actor, site.site_id)
  // Read again under the lock: what is taken decides.
  await lockPools(tx, [windowId])
  const row = (await selectWindow(tx, windowId)) ?? found
  await fit(tx, row, change)
  await updateWindows(tx, [
    {
      ...row,
      closed: change.closed ?? row.closed,
      reason: change.reason || (change.closed === false ? null : row.reason),
      by_hand: true,
    },
  ])
  const [after] = await selectCalendar(tx, {
    from: row.date,
    until: row.date,
    zone: undefined,
    siteIds: null,
    windowId,
  })
  if (!after) throw refuse('fulfillment.window_not_found')
  return after
}

async function fit(tx: Tx, row: WindowRow, { capacity, overbook, reason }: Change): Promise<void> {
  if (capacity === undefined || BigInt(capacity) === row.capacity) return
  if (BigInt(capacity) < row.taken) {
    if (!overbook) throw refuse('fulfillment.below_taken', { taken: Number(row.taken) })
    if (!reason) throw refuse('fulfillment.reason_required')
  }
  await changeCapacity(tx, [{ poolId: row.id, delta: BigInt(capacity) - row.capacity }])
}
