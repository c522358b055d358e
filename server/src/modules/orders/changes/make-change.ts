import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import { publish } from '../../../kernel/outbox.ts'
import { requestRefund } from '../../payments/public.ts'
import { absorbPromises, lowerPromises, settlePromises } from '../../promises/public.ts'
import { isGone } from '../domain/refund.ts'
import { endOrder } from '../end-order.ts'
import { endEmptiedParts } from '../groups/end-emptied-parts.ts'
import { channelCodeOf } from '../queries/list.ts'
import { deleteWindowPromises, dropLinesOf, updateDelivery, updateSums } from '../queries/order-changes.ts'
import { carriagesOf, dropCarriage } from '../queries/order-groups.ts'
import { insertOrderLines, updateLine, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { insertRevision, updateAddress, updateQuantities } from '../queries/revisions.ts'
import type { ChangeDesk } from './change-desk.ts'
import { sumsOfChange, wordsOfChange, type AddedUnits, type ChangePlan, type ChangeSums } from './plan.ts'

/** Who asked for a change, for the history of the order. */
export type Changer = { readonly by: 'customer' | 'staff'; readonly actor: string | null }

export type Made = {
  readonly voidPaymentIds: string[]
  /** Deliveries in windows that the order does not need any more. */
  readonly freedStops: readonly string[]
}

/**
 * Makes a planned change, under the order's lock, once what it takes is committed and what it costs is authorised: lines, promises,
 * delivery, preparations, sums, the money that goes back, the revision and its event, together.
 */
export async function makeChange(
  ctx: Ctx,
  tx: Tx,
  desk: ChangeDesk,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  of: { plan: ChangePlan; revision: number; changer: Changer },
): Promise<Made> {
  const { plan, revision, changer } = of
  const sums = sumsOfChange(order, lines, await carriagesOf(tx, order, lines), plan)
  const nothingLeft = plan.added.length === 0 && lines.every((line) => isGone(line) || plan.gone.includes(line.id))
  const chargeMinor = sums.differenceMinor > 0n ? sums.differenceMinor : 0n
  const refundMinor = nothingLeft ? goneOf(sums) : sums.differenceMinor < 0n ? -sums.differenceMinor : 0n
  const row = {
    order_id: order.id,
    revision,
    changed_at: ctx.clock.now(),
    changed_by: changer.by,
    actor: changer.actor,
  }
  await insertRevision(tx, { ...row, changes: [...plan.told], refund_minor: refundMinor, charge_minor: chargeMinor })
  if (nothingLeft) {
    await announce(ctx, tx, order, lines, of, { sums: nothing, refundMinor: 0n, refundState: null })
    return { ...(await endOrder(ctx, tx, order, lines, 'cancelled', reasonOf(changer))), freedStops: [] }
  }
  await movePromises(ctx, tx, lines, plan)
  const touched = await writeLines(tx, order, lines, plan)
  await updateSums(tx, order.id, { ...sums, creditedByMinor: sums.goneMinor })
  if (plan.address) await updateAddress(tx, order.id, plan.address)
  await dropCarriage(tx, order.id, sums.carriage)
  const ended = await endEmptiedParts(ctx, tx, order, lines, plan.gone, reasonOf(changer))
  const freed = plan.delivery ? await goAnotherWay(ctx, tx, order.id, plan.delivery) : ended
  const all = plan.delivery ? [...lines.map(({ id }) => id), ...touched] : touched
  if (plan.substitute) await desk.standIn(ctx, tx, order, plan.substitute, plan.added[0]?.id ?? '')
  else await desk.follow(ctx, tx, order.id, [...new Set(all)])
  const refundState =
    refundMinor === 0n
      ? null
      : await requestRefund(ctx, tx, { orderId: order.id, returnId: null, amountMinor: refundMinor })
  await announce(ctx, tx, order, lines, of, { sums, refundMinor, refundState })
  return { voidPaymentIds: [], freedStops: freed }
}

const reasonOf = ({ by }: Changer): string => (by === 'customer' ? 'client' : 'modification')
const nothing = { differenceMinor: 0n, differenceVatMinor: 0n }
const goneOf = ({ goneMinor }: ChangeSums): bigint => goneMinor

/** What is not wanted any more can be promised to others; what came for a line that is there becomes a part of its promise. */
async function movePromises(ctx: Ctx, tx: Tx, lines: readonly OrderLineRow[], plan: ChangePlan): Promise<void> {
  const promiseOf = (id: string) => {
    const line = lines.find((candidate) => candidate.id === id)
    assert(line !== undefined, 'a change is of lines of its order')
    return { poolId: line.pool_id, id: line.promise_id }
  }
  const moved = new Map(plan.moved.map(({ lineId, promiseId }) => [lineId, promiseId]))
  const given = [...plan.gone, ...moved.keys()].map(promiseOf)
  await settlePromises(ctx, tx, 'cancel', given)
  await lowerPromises(
    tx,
    plan.lowered
      .filter(({ lineId }) => !moved.has(lineId))
      .map(({ lineId, quantity }) => ({ ...promiseOf(lineId), quantity: BigInt(quantity) })),
  )
  await absorbPromises(
    tx,
    plan.added.flatMap(({ into, poolId, promiseId }) =>
      into === null ? [] : [{ poolId, id: promiseId, intoId: moved.get(into) ?? promiseOf(into).id }],
    ),
  )
}

/** @returns the lines that are otherwise now */
async function writeLines(
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  { lowered, gone, added, moved, substitute }: ChangePlan,
): Promise<string[]> {
  const quantities = new Map(lowered.map(({ lineId, quantity }) => [lineId, quantity]))
  for (const { into, quantity } of added) {
    const line = lines.find(({ id }) => id === into)
    if (line) quantities.set(line.id, (quantities.get(line.id) ?? line.quantity) + quantity)
  }
  const rows = lines.flatMap((line) => {
    const quantity = quantities.get(line.id)
    if (quantity === undefined) return []
    const totalMinor = line.unit_price_minor * BigInt(quantity)
    return [{ lineId: line.id, quantity, totalMinor, vatMinor: vatIncludedIn(totalMinor, line.vat_basis_points) }]
  })
  await updateQuantities(tx, order.id, rows)
  if (gone.length > 0) await dropLinesOf(tx, order.id, gone)
  for (const { lineId: id, placeId, poolId, promiseId } of moved)
    await updateLine(tx, {
      order_id: order.id,
      id,
      place_id: placeId,
      pool_id: poolId,
      promise_id: promiseId,
      exception: null,
    })
  const stood = lines.find(({ id }) => id === substitute?.lineId)
  const fresh = addedLines(order.id, lines, added).map((line) =>
    stood ? { ...line, substitute_for: stood.id, group_no: stood.group_no ?? null } : line,
  )
  if (fresh.length > 0) await insertOrderLines(tx, fresh)
  return [...quantities.keys(), ...gone, ...moved.map(({ lineId }) => lineId), ...fresh.map(({ id }) => id)]
}

/** What comes to an order as lines of its own, after those it has. */
export function addedLines(
  orderId: string,
  lines: readonly OrderLineRow[],
  added: readonly AddedUnits[],
): OrderLineRow[] {
  const first = Math.max(-1, ...lines.map(({ position }) => position)) + 1
  return added.filter(({ into }) => into === null).map((one, index) => lineOf(orderId, one, first + index))
}

function lineOf(orderId: string, one: AddedUnits, position: number): OrderLineRow {
  const totalMinor = BigInt(one.unitMinor) * BigInt(one.quantity)
  return {
    order_id: orderId,
    id: one.id,
    position,
    variant_id: one.variantId,
    sku: one.sku,
    name: one.name,
    variant_label: one.variantLabel,
    image_url: one.imageUrl,
    quantity: one.quantity,
    unit_price_minor: BigInt(one.unitMinor),
    line_total_minor: totalMinor,
    vat_basis_points: one.vatBasisPoints,
    vat_minor: vatIncludedIn(totalMinor, one.vatBasisPoints),
    price_rule: one.priceRule,
    place_id: one.placeId,
    pool_id: one.poolId,
    promise_id: one.promiseId,
    fulfilled_quantity: 0,
    returned_quantity: 0,
    exception: null,
  }
}

/** The old window is free again in the moment the new one is the order's. @returns deliveries not needed any more */
async function goAnotherWay(
  ctx: Ctx,
  tx: Tx,
  orderId: string,
  to: NonNullable<ChangePlan['delivery']>,
): Promise<string[]> {
  const before = await deleteWindowPromises(tx, orderId, to.window?.promiseId ?? null)
  await settlePromises(ctx, tx, 'cancel', before)
  await updateDelivery(tx, orderId, to)
  return before.map(({ id }) => id)
}

async function announce(
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  { plan, revision, changer }: { plan: ChangePlan; revision: number; changer: Changer },
  money: {
    sums: Pick<ChangeSums, 'differenceMinor' | 'differenceVatMinor'>
    refundMinor: bigint
    refundState: string | null
  },
): Promise<void> {
  const { differenceMinor, differenceVatMinor } = money.sums
  const more = differenceMinor > 0n
  await publish(tx, ctx, [
    {
      type: 'orders.order_changed',
      version: 1,
      aggregateId: order.id,
      channelCode: await channelCodeOf(tx, order.channel_id),
      payload: {
        orderId: order.id,
        number: order.number,
        revision,
        changedBy: changer.by,
        destinationChanged: plan.address !== null || plan.delivery !== null,
        name: wordsOfChange(plan),
        // What the ledger books: what is sold more, or less.
        addedMinor: more ? Number(differenceMinor) : 0,
        addedVatMinor: more ? Number(differenceVatMinor) : 0,
        refundMinor: more ? 0 : Number(-differenceMinor),
        vatMinor: more ? 0 : Number(-differenceVatMinor),
        moneyMinor: Number(money.refundMinor),
        refundState: money.refundState,
        totalMinor: Number(order.total_minor + differenceMinor),
        currency: order.currency,
        lines: changedLines(lines, plan),
      },
    },
  ])
}

function changedLines(lines: readonly OrderLineRow[], plan: ChangePlan) {
  const fewer = [...plan.lowered, ...plan.gone.map((lineId) => ({ lineId, quantity: 0 }))].flatMap(
    ({ lineId, quantity }) => {
      const line = lines.find(({ id }) => id === lineId)
      return line ? [{ lineId, variantId: line.variant_id, from: line.quantity, quantity }] : []
    },
  )
  const more = plan.added.map((one) => {
    const from = lines.find(({ id }) => id === one.into)?.quantity ?? 0
    return { lineId: one.into ?? one.id, variantId: one.variantId, from, quantity: from + one.quantity }
  })
  const moved = plan.moved
    .filter(({ lineId }) => ![...fewer, ...more].some((one) => one.lineId === lineId))
    .map(({ lineId, variantId, quantity }) => ({ lineId, variantId, from: quantity, quantity }))
  return [...fewer, ...more, ...moved]
}
