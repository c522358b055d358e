import type { z } from 'zod'
import type { orderChangeEndpoints } from '@ecluse/contracts/order-changes.ts'
import { assert } from '../../../kernel/assert.ts'
import { command, replayIfAnswered } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { Refusal, refuse } from '../../../kernel/errors.ts'
import { insertPayments, movePayments, paymentsOf, type ProviderAnswer } from '../../payments/public.ts'
import { settlePromises } from '../../promises/public.ts'
import { lockOrder } from '../queries/locks.ts'
import { changesToKeep, selectChange, updateChange, type OrderChangeRow } from '../queries/order-changes.ts'
import { selectOrder, selectOrderLines, type OrderRow } from '../queries/orders.ts'
import { revisionOf } from '../queries/revisions.ts'
import { giveExchange } from '../returns/give-exchange.ts'
import { outcomeOf, stillChangeable, tidyUp, type ChangingDeps } from './change-order.ts'
import { holdsChangeToken } from './change-token.ts'
import { changerOf } from './changeable.ts'
import { dropWaiting } from './drop-waiting.ts'
import { makeChange, type Made } from './make-change.ts'
import { takesOf } from './plan.ts'
import { viewWaiting } from './view-waiting.ts'

type ChangeOutcome = z.output<typeof orderChangeEndpoints.payChange.response>
type Named = { readonly orderId: string; readonly changeId: string }
const untouched: Made = { voidPaymentIds: [], freedStops: [] }

/**
 * Pays the difference of a change by card. It is made at once when the bank agrees; a challenge, or silence, is waited for; who is
 * refused may try another card until its time is over.
 * @throws orders.not_found, orders.change_not_found, orders.change_over, orders.not_changeable, payments.declined,
 *   payments.unknown_token
 */
export async function payChange(
  deps: ChangingDeps,
  ctx: Ctx,
  named: Named,
  input: { token?: string | undefined; card: string; returnUrl?: string | undefined },
): Promise<ChangeOutcome> {
  const { provider } = deps
  await replayIfAnswered(ctx)
  if (!provider.accepts(input.card)) throw refuse('payments.unknown_token')
  const paymentId = ctx.ids.next()
  const asked = await inTransaction(ctx.db, async (tx) => {
    const { order, row } = await lockChange(ctx, tx, named, input.token)
    if (row.state !== 'waiting') throw refuse('orders.change_over', { state: row.state })
    if (row.payment_id !== null) throw refuse('orders.not_changeable', { reason: 'payment' })
    await updateChange(tx, { ...row, payment_id: paymentId })
    await insertPayments(tx, [paymentRow(ctx, order, row, paymentId, provider.name)])
    return { amountMinor: row.due_minor, currency: order.currency }
  })
  const answer = await provider.authorise({
    ...asked,
    paymentId,
    orderId: named.orderId,
    token: input.card,
    returnUrl: input.returnUrl ?? '/',
  })
  await settleChange(deps, ctx, named, paymentId, answer)
  if (answer.state === 'declined') throw refuse('payments.declined', { reason: answer.reason })
  return command(ctx, (tx) => outcomeFor(ctx, tx, named, input.token))
}

function paymentRow(ctx: Ctx, order: OrderRow, row: OrderChangeRow, id: string, provider: string) {
  return {
    order_id: order.id,
    id,
    method: 'online_card' as const,
    provider,
    provider_reference: null,
    state: 'pending' as const,
    amount_minor: row.due_minor,
    currency: order.currency,
    attempts: 1,
    created_at: ctx.clock.now(),
    settled_at: null,
  }
}

/**
 * Asks the provider how the payment of a change ended, and settles the change by it; asking again changes nothing.
 * @throws orders.not_found, orders.change_not_found
 */
export async function confirmChange(
  deps: ChangingDeps,
  ctx: Ctx,
  named: Named,
  token: string | undefined,
): Promise<ChangeOutcome> {
  payerOf(ctx, await selectOrder(ctx.db, named.orderId), named, token)
  const row = await selectChange(ctx.db, named.orderId, named.changeId)
  if (!row) throw refuse('orders.change_not_found')
  if (row.state === 'waiting' && row.payment_id !== null)
    await settleChange(deps, ctx, named, row.payment_id, await deps.provider.status(row.payment_id))
  return inTransaction(ctx.db, (tx) => outcomeFor(ctx, tx, named, token))
}

/**
 * Gives up a change that waits to be paid.
 * @throws orders.not_found, orders.change_not_found, orders.change_over, orders.not_changeable while its payment is under way
 */
export async function withdrawChange(
  deps: ChangingDeps,
  ctx: Ctx,
  named: Named,
  token: string | undefined,
): Promise<ChangeOutcome> {
  let after = untouched
  const answer = await command(ctx, async (tx) => {
    const { order, row } = await lockChange(ctx, tx, named, token)
    if (row.state !== 'waiting') throw refuse('orders.change_over', { state: row.state })
    if (row.payment_id !== null) throw refuse('orders.not_changeable', { reason: 'payment' })
    const freedStops = await dropWaiting(ctx, tx, order, row, 'withdrawn')
    // Staff who give it up decide otherwise about what is missing.
    const refused = payerOf(ctx, order, named, token) === 'customer'
    after = { voidPaymentIds: refused ? [...(await refundRefused(deps, ctx, tx, order, row))] : [], freedStops }
    return outcomeFor(ctx, tx, named, token)
  })
  await tidyUp(deps, ctx, after)
  return answer
}

/**
 * Nothing stands in for what is missing, as its buyer said no or nothing: it is given back, unless the whole order was.
 * @returns payments to void
 */
async function refundRefused(
  { desk }: ChangingDeps,
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  { plan }: OrderChangeRow,
): Promise<readonly string[]> {
  return plan.substitute && order.document_state === 'confirmed'
    ? desk.refundMissing(ctx, tx, order, plan.substitute)
    : []
}

/** Who pays for a change, or gives it up: who may change the order, or holds the link of this one change. @throws orders.not_found */
function payerOf(ctx: Ctx, order: OrderRow | undefined, { changeId }: Named, token: string | undefined) {
  return order && holdsChangeToken(order, changeId, token) ? ('customer' as const) : changerOf(ctx, order, token)
}

/** What became of a change: with its order for who sees that, alone for who holds its link. @throws orders.not_found */
async function outcomeFor(ctx: Ctx, tx: Tx, named: Named, token: string | undefined): Promise<ChangeOutcome> {
  const order = await selectOrder(tx, named.orderId)
  if (!order || !holdsChangeToken(order, named.changeId, token)) {
    const outcome = await outcomeOf(ctx, tx, named.orderId, token)
    return { ...outcome, number: outcome.order.number, state: await stateOf(tx, named) }
  }
  const row = await selectChange(tx, named.orderId, named.changeId)
  const waiting = row?.state === 'waiting' ? await viewWaiting(tx, row, order.currency) : null
  return { number: order.number, state: await stateOf(tx, named), order: null, waiting }
}

async function stateOf(tx: Tx, { orderId, changeId }: Named): Promise<ChangeOutcome['state']> {
  const row = await selectChange(tx, orderId, changeId)
  if (!row) throw refuse('orders.change_not_found')
  return row.state
}

/** @throws orders.not_found, orders.change_not_found */
async function lockChange(ctx: Ctx, tx: Tx, named: Named, token: string | undefined) {
  const { orderId, changeId } = named
  const order = await lockOrder(tx, orderId)
  payerOf(ctx, order, named, token)
  const row = await selectChange(tx, orderId, changeId)
  if (!order || !row) throw refuse('orders.change_not_found')
  return { order, row }
}

/** Makes a change whose payment was authorised, or says that it cannot be made any more and lets the money go. */
async function settleChange(
  deps: ChangingDeps,
  ctx: Ctx,
  { orderId, changeId }: Named,
  paymentId: string,
  answer: ProviderAnswer,
): Promise<void> {
  let after = untouched
  await inTransaction(ctx.db, async (tx) => {
    after = untouched
    const order = await lockOrder(tx, orderId)
    const row = await selectChange(tx, orderId, changeId)
    assert(order && row, 'a change is never deleted')
    after = await settleBy(deps, ctx, tx, order, row, paymentId, answer)
  })
  ctx.wakeRelay()
  await tidyUp(deps, ctx, after)
}

async function settleBy(
  deps: ChangingDeps,
  ctx: Ctx,
  tx: Tx,
  order: OrderRow,
  row: OrderChangeRow,
  paymentId: string,
  answer: ProviderAnswer,
): Promise<Made> {
  const payment = (await paymentsOf(tx, [order.id])).find(({ id }) => id === paymentId)
  const open = payment?.state === 'pending' || payment?.state === 'challenge'
  // Given up meanwhile: what the bank authorised since is let go.
  const late = answer.state === 'authorised' && (payment?.state === 'voided' || payment?.state === 'declined')
  if (row.state !== 'waiting' || row.payment_id !== paymentId || !open)
    return late ? { ...untouched, voidPaymentIds: [paymentId] } : untouched
  const move = (to: Parameters<typeof movePayments>[3], reference: string | null = null) =>
    movePayments(tx, [{ orderId: order.id, id: paymentId }], ['pending', 'challenge'], to, ctx.clock.now(), reference)
  switch (answer.state) {
    case 'pending':
      return untouched
    case 'challenge':
      await move('challenge', answer.challengeUrl)
      return untouched
    case 'declined':
      await move('declined')
      await updateChange(tx, { ...row, payment_id: null })
      return untouched
    case 'authorised':
      if (await canBeMade(deps, tx, order, row)) {
        await move('authorised', answer.reference)
        return make(deps, ctx, tx, order, row)
      }
      await move('voided', answer.reference)
      return { voidPaymentIds: [paymentId], freedStops: await dropWaiting(ctx, tx, order, row, 'overtaken') }
  }
}

/** Whether nothing came before: another change, a preparation that began, the end of the order. */
async function canBeMade(deps: ChangingDeps, tx: Tx, order: OrderRow, row: OrderChangeRow): Promise<boolean> {
  // What came back, and what is missing, is independent of other changes.
  const apart = row.plan.exchange ?? row.plan.substitute
  if (!apart && (await revisionOf(tx, order.id)) !== row.revision) return false
  try {
    await stillChangeable(deps, tx, order, row.plan)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function make(deps: ChangingDeps, ctx: Ctx, tx: Tx, order: OrderRow, row: OrderChangeRow): Promise<Made> {
  const takes = takesOf(row.plan)
  const committed = await settlePromises(ctx, tx, 'commit', takes)
  assert(committed.length === takes.length, 'a change that waits holds all it needs')
  await updateChange(tx, { ...row, state: 'made', ended_at: ctx.clock.now() })
  const lines = await selectOrderLines(tx, [order.id])
  if (row.plan.exchange) {
    await giveExchange(ctx, tx, deps.desk, order, lines, row.plan)
    return untouched
  }
  return makeChange(ctx, tx, deps.desk, order, lines, {
    plan: row.plan,
    revision: (await revisionOf(tx, order.id)) + 1,
    changer: { by: row.asked_by, actor: row.actor },
  })
}

/** Asks how payments of changes ended that were not answered, and gives up the changes whose time is over. */
export async function keepChanges(deps: ChangingDeps, ctx: Ctx): Promise<void> {
  for (const { order_id: orderId, id: changeId, payment_id: paymentId } of await changesToKeep(
    ctx.db,
    ctx.clock.now(),
    200,
  )) {
    const named = { orderId, changeId }
    if (paymentId !== null) await settleChange(deps, ctx, named, paymentId, await deps.provider.status(paymentId))
    let after = untouched
    await inTransaction(ctx.db, async (tx) => {
      after = untouched
      const order = await lockOrder(tx, orderId)
      const row = await selectChange(tx, orderId, changeId)
      if (!order || row?.state !== 'waiting') return
      const ended = order.document_state !== 'confirmed'
      if (!ended && row.expires_at > ctx.clock.now()) return
      const voided = row.payment_id
        ? await movePayments(tx, [{ orderId, id: row.payment_id }], ['pending', 'challenge'], 'voided', ctx.clock.now())
        : []
      const freedStops = await dropWaiting(ctx, tx, order, row, ended ? 'overtaken' : 'expired')
      const ids = voided.map(({ id }) => id)
      after = { voidPaymentIds: [...ids, ...(ended ? [] : await refundRefused(deps, ctx, tx, order, row))], freedStops }
    })
    ctx.wakeRelay()
    await tidyUp(deps, ctx, after)
  }
}
