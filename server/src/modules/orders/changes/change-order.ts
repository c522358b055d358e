import type { z } from 'zod'
import type { OrderChangeSums, orderChangeEndpoints } from '@ecluse/contracts/order-changes.ts'
import { assert } from '../../../kernel/assert.ts'
import { command, replayIfAnswered } from '../../../kernel/command.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { PaymentProvider } from '../../payments/public.ts'
import { takePromises } from '../../promises/public.ts'
import { keptOf } from '../draft-order.ts'
import { lockOrder } from '../queries/locks.ts'
import { waitingChangeOf } from '../queries/order-changes.ts'
import { carriagesOf } from '../queries/order-groups.ts'
import { insertOrderPromises } from '../queries/order-promises.ts'
import { selectOrderLines, type OrderRow } from '../queries/orders.ts'
import { revisionOf } from '../queries/revisions.ts'
import { readOrder } from '../read-order.ts'
import { usualWeightGrams } from '../sell-in-window.ts'
import { askForChange } from './ask-for-change.ts'
import { changeableOf, notChangeable, type Changeable } from './changeable.ts'
import { makeChange, type Made } from './make-change.ts'
import { planChange, type Planned } from './plan-change.ts'
import { sumsOfChange, type ChangeDeps, type ChangeInput, type ChangePlan } from './plan.ts'
import { dropWaiting } from './drop-waiting.ts'
import { viewWaiting } from './view-waiting.ts'

export type Outcome = z.output<typeof orderChangeEndpoints.changeOrder.response>
export type ChangingDeps = ChangeDeps & { readonly provider: PaymentProvider }

/** How long a change is kept for its buyer to pay: who asks for it pays at once, who is asked by us finds it in a message. */
const holdMs = { customer: 30 * 60_000, staff: 48 * 3_600_000 } as const

/**
 * What a change would come to; nothing is taken.
 * @throws as `planChange`
 */
export async function priceChange(
  deps: ChangeDeps,
  ctx: Ctx,
  orderId: string,
  input: ChangeInput,
): Promise<OrderChangeSums> {
  const { order, lines, carriages, plan } = await planChange(deps, ctx, orderId, input)
  const sums = sumsOfChange(order, lines, carriages, plan)
  const money = (minor: bigint) => toMoney(minor, order.currency)
  return {
    changes: [...plan.told],
    added: plan.added.map(({ variantId, name, variantLabel, quantity, unitMinor }) => ({
      variantId,
      name,
      variantLabel,
      quantity,
      lineTotal: money(BigInt(unitMinor * quantity)),
    })),
    subtotal: money(sums.subtotalMinor - sums.goneMinor - (order.credited_minor ?? 0n)),
    fee: money(sums.feeMinor),
    total: money(sums.totalMinor),
    difference: money(sums.differenceMinor),
  }
}

/**
 * Changes an order that is not prepared yet: its articles, its address, how and when it reaches its buyer. What it takes is taken and
 * what it gives up is free in one transaction. Cheaper, or the same: it is made at once and the rest given back. Dearer: what it takes
 * is held, and it is made when the difference is authorised. Whoever changes what somebody else has just changed is told so.
 * @throws as `planChange`; orders.price_changed, orders.promise_full, fulfillment.window_out_of_reach
 */
export async function changeOrder(
  deps: ChangingDeps,
  ctx: Ctx,
  orderId: string,
  input: ChangeInput & { expectedDifferenceMinor?: number | undefined },
): Promise<Outcome> {
  // What was done already is answered as it was: the order is another one since.
  await replayIfAnswered(ctx)
  const planned = await planChange(deps, ctx, orderId, input)
  const { differenceMinor } = sumsOfChange(planned.order, planned.lines, planned.carriages, planned.plan)
  if (input.expectedDifferenceMinor !== undefined && BigInt(input.expectedDifferenceMinor) !== differenceMinor)
    throw refuse('orders.price_changed', { totalMinor: Number(differenceMinor) })
  const { plan, stopId } = await withStop(deps, ctx, planned)
  let after = untouched
  try {
    return await command(ctx, async (tx) => {
      after = untouched
      after = await write(deps, ctx, tx, { ...planned, plan }, input)
      return outcomeOf(ctx, tx, orderId, input.token)
    })
  } catch (error) {
    after = { voidPaymentIds: [], freedStops: stopId === null ? [] : [stopId] }
    throw error
  } finally {
    await tidyUp(deps, ctx, after)
  }
}

/** The order as it is, and the change of it that waits. */
export async function outcomeOf(ctx: Ctx, tx: Tx, orderId: string, token: string | undefined): Promise<Outcome> {
  const order = await readOrder(ctx, tx, orderId, token)
  const waiting = await waitingChangeOf(tx, orderId)
  return { order, waiting: waiting ? await viewWaiting(tx, waiting, order.total.currency) : null }
}

/** What is let go outside of the transaction: payments at the bank, deliveries in the day's routes. What fails is swept later. */
export async function tidyUp({ provider, windows }: ChangingDeps, ctx: Ctx, made: Made): Promise<void> {
  const gone = [
    ...made.voidPaymentIds.map((id) => () => provider.void(id)),
    ...made.freedStops.map((id) => () => windows.release(ctx, id)),
  ]
  for (const work of gone)
    await work().catch((error: unknown) => ctx.log.error({ err: error }, 'what a change gave up could not be let go'))
}

/** Writes the delivery into its day when a window was chosen, before anything is taken. @throws fulfillment.window_out_of_reach */
async function withStop(
  { windows, model }: ChangeDeps,
  ctx: Ctx,
  { plan, window, lines, channel }: Planned,
): Promise<{ plan: ChangePlan; stopId: string | null }> {
  const { delivery } = plan
  if (!window || !delivery?.address) return { plan, stopId: null }
  const now = ctx.clock.now()
  const left = lines.filter(({ id, exception }) => exception !== 'cancelled' && !plan.gone.includes(id))
  const units = [
    ...left.map((line) => ({
      variantId: line.variant_id,
      quantity: plan.lowered.find(({ lineId }) => lineId === line.id)?.quantity ?? line.quantity,
    })),
    ...plan.added,
  ]
  const weightOf = (variantId: string): number =>
    model.sellable(channel.code, variantId, now)?.weightGrams ?? usualWeightGrams
  const stopId = await windows.reserve(ctx, window, {
    address: delivery.address,
    coordinates: undefined,
    weightGrams: units.reduce((sum, { variantId, quantity }) => sum + weightOf(variantId) * quantity, 0),
    pieces: units.reduce((sum, { quantity }) => sum + quantity, 0),
  })
  return { plan: { ...plan, delivery: { ...delivery, window: { poolId: window.id, promiseId: stopId } } }, stopId }
}

/** Under the lock: looks again, takes what is needed, and makes the change or keeps it until it is paid. */
async function write(deps: ChangingDeps, ctx: Ctx, tx: Tx, planned: Planned, input: ChangeInput): Promise<Made> {
  const { plan, changer } = planned
  const order = await lockOrder(tx, planned.order.id)
  assert(order !== undefined, 'an order is never deleted')
  if ((await revisionOf(tx, order.id)) !== input.revision) throw notChangeable('meanwhile')
  await stillChangeable(deps, tx, order, plan)
  if (plan.told.length === 0) return untouched
  const dropped = await dropBefore(ctx, tx, order)
  const lines = await selectOrderLines(tx, [order.id])
  const { differenceMinor } = sumsOfChange(order, lines, await carriagesOf(tx, order, lines), plan)
  const held = differenceMinor > 0n
  const expiresAt = held ? new Date(ctx.clock.now().getTime() + holdMs[changer]) : null
  await take(ctx, tx, deps, planned, expiresAt)
  const who = { by: changer, actor: actorLabel(ctx.actor) }
  if (expiresAt === null) {
    const made = await makeChange(ctx, tx, deps.desk, order, lines, {
      plan,
      revision: input.revision + 1,
      changer: who,
    })
    return { ...made, freedStops: [...made.freedStops, ...dropped] }
  }
  const { revision } = input
  await askForChange(ctx, tx, order, { plan, revision, dueMinor: differenceMinor, changer: who, expiresAt })
  return { voidPaymentIds: [], freedStops: dropped }
}

const untouched: Made = { voidPaymentIds: [], freedStops: [] }

/** A change that waits gives way to another one, unless its payment is under way. @throws orders.not_changeable */
async function dropBefore(ctx: Ctx, tx: Tx, order: OrderRow): Promise<readonly string[]> {
  const before = await waitingChangeOf(tx, order.id)
  if (!before) return []
  // An exchange is of what came back, and a substitute of what is missing: they are their customer's to pay or to give up.
  if (before.payment_id !== null || before.plan.exchange || before.plan.substitute) throw notChangeable('unpaid_change')
  return dropWaiting(ctx, tx, order, before, 'withdrawn')
}

/**
 * What was possible when it was planned, or asked for, still is.
 * @throws orders.not_changeable
 */
export async function stillChangeable(
  { desk }: Pick<ChangeDeps, 'desk'>,
  tx: Tx,
  order: OrderRow,
  plan: ChangePlan,
): Promise<void> {
  if (order.document_state !== 'confirmed') throw notChangeable('ended')
  // What comes for a return is independent of what was ordered.
  if (plan.exchange) return
  const changeable = await changeableOf(tx, desk, order)
  if (plan.substitute) return stillMissing(plan, changeable, await desk.started(tx, order.id))
  const touched = new Set([
    ...plan.gone,
    ...[...plan.lowered, ...plan.moved].map(({ lineId }) => lineId),
    ...plan.added.flatMap(({ into }) => into ?? []),
  ])
  const refusals = [
    plan.address && changeable.address,
    plan.delivery && changeable.delivery,
    plan.added.length > 0 && changeable.add,
    ...changeable.lines.filter(({ id }) => touched.has(id)).map((line) => changeable.lineRefusal(line)),
  ]
  for (const refusal of refusals) if (refusal) throw notChangeable(refusal)
}

/** What is missing was not settled otherwise, and its preparation is not finished. @throws orders.not_changeable */
function stillMissing({ substitute, lowered }: ChangePlan, { lines }: Changeable, started: ReadonlySet<string>): void {
  const line = lines.find(({ id }) => id === substitute?.lineId)
  const left = lowered[0]?.quantity ?? 0
  if (!line || line.exception !== null || line.quantity !== left + (substitute?.units ?? 0))
    throw notChangeable('ended')
  if (started.has(line.id)) throw notChangeable('started')
}

/** Goods and the place in a window, in one statement: all, or nothing. @throws orders.out_of_stock, orders.promise_full */
async function take(
  ctx: Ctx,
  tx: Tx,
  { model }: ChangeDeps,
  { order, plan, channel }: Planned,
  expiresAt: Date | null,
): Promise<void> {
  const window = plan.delivery?.window
  const goods = [...plan.added, ...plan.moved]
  const asked = goods.map(({ variantId, quantity, poolId, promiseId }) => ({
    promiseId,
    poolId,
    quantity: BigInt(quantity),
    kept: keptOf(model, channel, variantId),
  }))
  const lines = window ? [...asked, { ...window, quantity: 1n }] : asked
  if (lines.length === 0) return
  const as = expiresAt === null ? 'committed' : 'held'
  const { refusals } = await takePromises(ctx, tx, [{ referenceId: order.id, as, expiresAt, lines }])
  const short = refusals[0]
  if (short) {
    const missing = goods.find(({ poolId }) => poolId === short.poolId)
    if (!missing) throw refuse('orders.promise_full', { kind: 'window' })
    throw refuse('orders.out_of_stock', { variantId: missing.variantId, available: Number(short.forAsker) })
  }
  if (window) {
    const row = { order_id: order.id, promise_id: window.promiseId, pool_id: window.poolId, kind: 'window' as const }
    await insertOrderPromises(tx, [{ ...row, quantity: 1 }])
  }
}
