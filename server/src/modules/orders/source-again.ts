import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import {
  poolIdOf,
  readAvailability,
  sourceLines,
  type RecordedSourcing,
  type RefusedLine,
} from '../inventory/public.ts'
import type { ReadModel } from '../offers/public.ts'
import { takePromises } from '../promises/public.ts'
import { channelCodeOf } from './queries/list.ts'
import { groupOfLine, postponeGroup } from './queries/order-groups.ts'
import { postponePromise, promisedInWindow, updateLine, type OrderLineRow, type OrderRow } from './queries/orders.ts'
import { deliveryAddress, linesFor, shelvesOf } from './source-purchase.ts'

export type SourcedAgain = {
  /** Where the line is taken from now; null: nobody has it. */
  readonly placeId: string | null
  readonly recorded: RecordedSourcing | null
  /** The date promised moved to this. */
  readonly postponedTo: Date | null
}

/** How often another place is tried when one turns out empty. */
const mostAttempts = 12

/**
 * Finds another place for a line that is promised nowhere any more, by the rules in force, and takes it there: under the
 * order's lock, with the stock as it is now, so that nothing is promised twice.
 * @param refusals what places have said no to; they are not asked again
 */
export async function sourceLineAgain(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  order: OrderRow,
  line: OrderLineRow,
  refusals: readonly RefusedLine[],
): Promise<SourcedAgain> {
  const units = new Map((await readAvailability(tx, [line.variant_id])).map((row) => [row.placeId, row.available]))
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const chosen = await choose(ctx, tx, model, order, line, units, refusals)
    if (!chosen.placeId) return { ...chosen, postponedTo: null }
    const { placeId } = chosen
    const poolId = poolIdOf(line.variant_id, placeId)
    const promiseId = ctx.ids.next()
    const quantity = BigInt(line.quantity - line.fulfilled_quantity)
    const taken = await takePromises(ctx, tx, [
      { referenceId: order.id, as: 'committed', expiresAt: null, lines: [{ promiseId, poolId, quantity }] },
    ])
    const short = taken.refusals[0]
    if (short) {
      // Somebody was faster: what is left there is known now.
      units.set(placeId, Number(short.available))
      continue
    }
    await updateLine(tx, { ...line, place_id: placeId, pool_id: poolId, promise_id: promiseId, exception: null })
    const { promiseAt } = chosen
    const postponed = promiseAt !== null && (await postpone(tx, order, line, promiseAt))
    return { placeId, recorded: chosen.recorded, postponedTo: postponed ? promiseAt : null }
  }
  return { placeId: null, recorded: null, postponedTo: null }
}

/** Moves the date of the part of the order the line is in. */
function postpone(tx: Tx, order: OrderRow, { group_no: no }: OrderLineRow, to: Date): Promise<boolean> {
  return typeof no === 'number' ? postponeGroup(tx, order.id, no, to) : postponePromise(tx, order.id, to)
}

/** The site a window is driven from: what is promised in it cannot come from elsewhere. */
async function drivenFrom(tx: Tx, model: ReadModel, order: OrderRow, line: OrderLineRow): Promise<string | null> {
  return (await promisedInWindow(tx, order.id)) ? (model.place(line.place_id)?.siteId ?? null) : null
}

async function choose(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  order: OrderRow,
  line: OrderLineRow,
  units: ReadonlyMap<string, number>,
  refusals: readonly RefusedLine[],
): Promise<{ placeId: string | null; recorded: RecordedSourcing | null; promiseAt: Date | null }> {
  const available = (_variantId: string, placeId: string): number => units.get(placeId) ?? 0
  // What has left is not looked for again.
  const quantity = line.quantity - line.fulfilled_quantity
  const group = await groupOfLine(tx, line)
  const siteId = group ? group.site_id : (order.site_id ?? (await drivenFrom(tx, model, order, line)))
  if (siteId !== null || !order.address) {
    const refused = new Set(refusals.map(({ placeId }) => placeId))
    const shelves = shelvesOf(model, siteId ?? '').filter(({ id }) => !refused.has(id))
    const sourced = sourceLines([{ variantId: line.variant_id, quantity }], shelves, available)
    const placeId = 'placeIds' in sourced ? (sourced.placeIds[0] ?? null) : null
    return { placeId, recorded: null, promiseAt: null }
  }
  const desk = model.sourcing()
  const now = ctx.clock.now().getTime()
  const channel = model.channel(await channelCodeOf(tx, order.channel_id))
  const address = deliveryAddress(channel ?? { medium: 'web', siteIds: new Set() }, order.address)
  const asked = linesFor(desk, [
    {
      variantId: line.variant_id,
      quantity,
      unitPriceMinor: line.unit_price_minor,
      vatBasisPoints: line.vat_basis_points,
    },
  ])
  const found = desk.choose(asked, address, available, now, refusals)
  if (!found) return { placeId: null, recorded: desk.record(asked, available, now), promiseAt: null }
  return {
    placeId: found.placeIds[0] ?? null,
    recorded: { ...found.recorded, at: now },
    promiseAt: new Date(found.promiseAtMs),
  }
}
